"""What becomes of notifications when an account is deleted."""

from foundation.accounts.models import User
from foundation.accounts.personal_data import Fate, before_leaving, decide, describe
from foundation.notifications.models import Notification

decide(
    Fate.ERASED,
    "notifications.Notification.user",
    "notifications.Preference.user",
    exported=True,
    reason="What somebody was told, and how they want to be told.",
)
decide(
    Fate.ANONYMISED,
    "notifications.Notification.by",
    exported=False,
    reason="What others were told stays with them; the name is taken out of its sentences.",
)
describe(
    "notifications.Notification",
    words="context",
    facts="user kind by url created read_at mail_due mailed_at claimed_at",
    hidden="key mail_claim",
)
describe("notifications.Preference", facts="user group delivery", hidden="token")


@before_leaving
def forget_name(user: User) -> None:
    """Takes the name out of what others were told. Mails that were sent cannot be called back."""
    for row in Notification.objects.filter(by=user).exclude(user=user).select_for_update():
        row.context = {**row.context, "name": ""}
        row.save(update_fields=["context"])
