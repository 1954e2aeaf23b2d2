"""What the index tells the rest of the house."""

from django.dispatch import Signal

# Sent after changes have become visible to readers, with `kinds`: those of which a document is now another one than
# before (all kinds after a rebuild). What was written again as it was is no change.
index_changed = Signal()
