"""Dates and times as people of every country read them (FORMAT_MODULE_PATH). Other languages keep Django's."""
