"""What becomes of notifications when an account is deleted."""

from foundation.accounts.models import User
from foundation.accounts.personal_data import Fate, before_leaving, decide, describe, without_people
from foundation.notifications.constants import NOT_DONE
from foundation.notifications.models import Mail, Notification, Recipient
from foundation.notifications.recipients import addresses_of

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
    facts="user kind by url created read_at mail_due mailed_at",
    hidden="key mail",
)
describe("notifications.Preference", facts="user group delivery", hidden="token")

decide(
    Fate.ERASED,
    "notifications.Mail.user",
    exported=False,
    reason="The mail itself is in their mailbox. A last one to them that waits is sent still.",
)
decide(
    Fate.ANONYMISED,
    "notifications.Notification.mail",
    exported=False,
    reason="Which mail told of it, until the row of that mail is forgotten.",
)


without_people(
    "notifications.Recipient",
    reason="Addresses that mails came back from, without an account; those of an account go with it.",
)
without_people("notifications.MailServer", reason="Whether the mail server answers.")


@before_leaving
def forget_addresses(user: User) -> None:
    """Takes out to which of their addresses what was mailed, and what came back. What they are owed still is sent."""
    own = addresses_of(user)
    Recipient.objects.filter(address__in=own).delete()
    waiting = Mail.objects.filter(state__in=NOT_DONE, important=True)
    waiting.filter(user=user).update(user=None)
    Mail.objects.filter(address__in=own | {user.email}).exclude(pk__in=waiting.values("pk")).delete()


@before_leaving
def forget_name(user: User) -> None:
    """Takes the name out of what others were told. Mails that were sent cannot be called back."""
    for row in Notification.objects.filter(by=user).exclude(user=user).select_for_update():
        row.context = {**row.context, "name": ""}
        row.save(update_fields=["context"])
