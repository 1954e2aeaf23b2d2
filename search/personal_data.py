"""What becomes of saved searches when an account is deleted."""

from foundation.accounts.personal_data import Fate, decide

decide(
    Fate.ERASED, "search.SavedSearch.user", exported=True, reason="What somebody looks for is theirs alone."
)
decide(
    Fate.ERASED,
    "search.KnownAnswers.search",
    exported=False,
    reason="Which answers were known at the last look: marks of a machine, rebuilt at any time.",
)
