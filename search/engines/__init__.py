"""The engines behind the port: each stores words that `search.analysis` made and ranks them the same way.

Here lives what differs between engines and the table of weights they share.
What a word is (`search.analysis`) and when to write (`search.api`) is decided elsewhere.
"""
