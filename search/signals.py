"""What the index tells the rest of the house."""

from django.dispatch import Signal

# Sent after changes have become visible to readers, with `kinds`: those of which a document is now another one than
# before (all kinds after a rebuild). What was written again as it was is no change. `late` are those of them
# of which no signal of a model told when it was committed, or that waited so long that they had stopped counting as
# under way (`search.outbox.kinds_under_way`); None after a rebuild.
index_changed = Signal()
