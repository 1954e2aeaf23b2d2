"""Bringing records in from files. Each importer can be run again: it finds what it made before."""
