"""Keeping the index: announcing, draining, rebuilding, comparing."""
