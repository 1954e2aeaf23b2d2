"""What becomes of reports when an account is deleted."""

from foundation.accounts.personal_data import Fate, decide

decide(
    Fate.ANONYMISED,
    "reports.Report.reporter",
    "reports.Message.by",
    exported=True,
    reason="What was reported still has to be looked at; who wrote it is forgotten.",
)
decide(
    Fate.ERASED,
    "reports.LeftOut.user",
    exported=False,
    reason="That somebody may not read a report is never told them, and means nothing once they are gone.",
)
