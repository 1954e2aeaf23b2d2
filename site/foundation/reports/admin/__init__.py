"""Reports in the editors' admin."""
