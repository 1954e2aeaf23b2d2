"""Views of the mentoring room: thin, one file for each side of it."""
