"""Learning in the editors' admin."""
