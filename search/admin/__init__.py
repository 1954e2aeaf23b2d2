"""The index in the editors' admin."""
