"""What becomes of the log of moves when an account is deleted."""

from foundation.accounts.personal_data import Fate, decide, describe

decide(
    Fate.ANONYMISED,
    "workflow.LogEntry.by",
    exported=True,
    reason="That something moved belongs to what was moved; who moved it and what they wrote is forgotten.",
)
decide(
    Fate.KEPT,
    "workflow.LogEntry.object_id",
    exported=False,
    reason="That something moved stays in the log with a number; where the thing is gone, it leads to nobody.",
)
describe(
    "workflow.LogEntry",
    words="reason",
    facts="flow content_type object_id name source target by role reason_code at",
)
