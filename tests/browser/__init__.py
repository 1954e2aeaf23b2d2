"""Tests in a real browser, on the demonstration site.

The site is prepared once (database, index, media) and put back before each test, see house.py; watch.py fails a
test whose pages complain. What one page or service does on its own is tested beside its room, not here.
"""
