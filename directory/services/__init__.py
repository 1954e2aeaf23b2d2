"""Verbs of the directory: what changes people, organisations, listings and exchanges.

Forms check what was typed and views decide where to go next; whatever must hold is held here."""
