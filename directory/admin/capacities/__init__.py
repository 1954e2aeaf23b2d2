"""The taxonomy in the editors' admin."""
