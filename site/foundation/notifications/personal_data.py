"""What becomes of notifications when an account is deleted."""

from allauth.account.models import EmailAddress

from foundation.accounts.models import User
from foundation.accounts.personal_data import Fate, before_leaving, decide, describe
from foundation.notifications.models import Mail, Notification, Recipient

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
    reason="The mail itself is in their mailbox. The row holds no words once it is sent.",
)
decide(
    Fate.ANONYMISED,
    "notifications.Notification.mail",
    exported=False,
    reason="Which mail told of it, until the row of that mail is forgotten.",
)


describe(
    "notifications.Mail",
    facts="user address purpose important state attempts next_try until reason status returned created done_at",
    hidden="content mark claim claimed_at",
)


@before_leaving
def forget_addresses(user: User) -> None:
    """Takes out to which of their addresses what was mailed, and what came back."""
    own = {user.email.lower()}
    own |= {
        address.lower() for address in EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    }
    Recipient.objects.filter(address__in=own).delete()
    Mail.objects.filter(address__in=own | {user.email}).delete()


@before_leaving
def forget_name(user: User) -> None:
    """Takes the name out of what others were told. Mails that were sent cannot be called back."""
    for row in Notification.objects.filter(by=user).exclude(user=user).select_for_update():
        row.context = {**row.context, "name": ""}
        row.save(update_fields=["context"])
