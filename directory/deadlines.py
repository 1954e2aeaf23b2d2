"""How long things last in the directory. Sentences are told the numbers; those that are not
yet stand in tests/house/test_spans_in_sentences.py, which holds them to these."""

from datetime import timedelta

# A question is remembered after a week and closes after three.
REMIND_AFTER = timedelta(days=7)
LAPSE_AFTER = timedelta(days=21)
# What was accepted holds hours. Both are asked after a while whether it goes on, and without a word from either
# of them it is released some time later.
STILL_ON_AFTER = timedelta(days=30)
RELEASE_AFTER = timedelta(days=14)
# An offer or need is asked about after half a year, and hidden a month later.
CONFIRM_AFTER = timedelta(days=180)
HIDE_AFTER = timedelta(days=210)
# A need outlives its date by two weeks: help that comes late may still help.
AFTER_DEADLINE = timedelta(days=14)
# What an account posts in its first days may wait for a moderator; alike is what was posted within a day.
NEWCOMER_FOR = timedelta(days=7)
ALIKE_WITHIN = timedelta(days=1)
# The longest rest that one can take at once.
LONGEST_PAUSE = timedelta(days=365)
