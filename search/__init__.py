"""One index over everything: the port the rooms speak to, the engines behind it, the outbox that feeds it.

Here live the analysis of words, the query and its results, the search page and the commands.
No model of the rooms is known here: each room declares its own documents in its `documents.py`.
"""
