"""What the index tells the rest of the house."""

from django.dispatch import Signal

# Sent after changes have become visible to readers (a drain that changed something, a rebuild's swap).
index_changed = Signal()
