"""How long pairs may be silent. Sentences are told the numbers; those that are not
yet stand in tests/house/test_spans_in_sentences.py, which holds them to these.

What a programme promises (days to answer, weeks to wait) stands on its page."""

from datetime import timedelta

# A pair holds its mentor's hours. Both are asked after a while without a sign of life whether they go on: sooner where
# they have not agreed on a plan. Without a word from either of them the pair is released some time later.
STILL_ON_AFTER = {"intro": timedelta(days=30), "active": timedelta(days=60)}
RELEASE_AFTER = timedelta(days=14)
