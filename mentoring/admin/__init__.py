"""Mentoring in the editors' admin."""
