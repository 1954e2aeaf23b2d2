"""The taxonomy's comings and goings: import, export, moving, merging. The records are in directory.models."""
