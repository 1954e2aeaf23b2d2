"""What the engines cost in time, disk and memory, beside plain SQLite FTS5 and Wagtail's own back end.

`python -m tests.bench.search --documents 1000000`; see `__main__` for how to read and repeat it.
"""
