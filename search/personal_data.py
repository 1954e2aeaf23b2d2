"""What becomes of saved searches when an account is deleted."""

from foundation.accounts.personal_data import Fate, decide, describe

decide(
    Fate.ERASED, "search.SavedSearch.user", exported=True, reason="What somebody looks for is theirs alone."
)
decide(
    Fate.ERASED,
    "search.KnownAnswers.search",
    exported=False,
    reason="Which answers were known at the last look: marks of a machine, rebuilt at any time.",
)
describe(
    "search.SavedSearch",
    words="name query",
    facts="user language alerts created looked looks told told_count",
)
decide(
    Fate.ERASED,
    "search.OutboxEntry.object_id",
    "search_semantic.Meaning.object_id",
    exported=False,
    reason="What the index knows of somebody goes when it next looks, and it looks because they went.",
)
