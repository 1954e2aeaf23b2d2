"""Mentoring: programmes, mentors' offers, requests, proposals, pairings, check-ins.

Imports directory, never learning: it meets lessons through the index, by capacity."""
