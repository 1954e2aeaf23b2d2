"""Verbs of learning."""
