"""The directory in the editors' admin, one file for each kind of record."""
