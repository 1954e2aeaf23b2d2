"""What becomes of the log of moves when an account is deleted."""

from foundation.accounts.personal_data import Fate, decide

decide(
    Fate.ANONYMISED,
    "workflow.LogEntry.by",
    exported=True,
    reason="That something moved belongs to what was moved; who moved it and what they wrote is forgotten.",
)
