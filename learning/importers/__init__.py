"""Readers of training content made elsewhere.

One package per source. A reader turns files into plain records and typed blocks without Django, and
its `load` module turns those into our pages. Nothing here knows views or templates.
"""
