"""What becomes of reports when an account is deleted."""

from foundation.accounts.personal_data import Fate, decide, describe
from foundation.design.delete import goes_along

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
decide(
    Fate.KEPT,
    "reports.Report.subject_id",
    exported=False,
    reason="What a report is about it names by a number, which leads to nobody once the thing is gone.",
)
describe(
    "reports.Report",
    words="text",
    facts="state state_since receipt reporter subject_kind subject_id by_mail reminded_at created",
    hidden="token",
)
describe("reports.Message", words="text", facts="report by from_reporter created", hidden="token")
goes_along(
    "reports.LeftOut.report",
    "reports.Message.report",
    reason="What was written to a report is part of it, and nothing deletes a report.",
)
