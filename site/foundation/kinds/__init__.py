"""Kinds of things people meet here: one declaration each."""
