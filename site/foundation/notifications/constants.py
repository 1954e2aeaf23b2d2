"""Words of mail: how far one is, why a server did not take it, and how long each is tried."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

# Longer than any job may take, so that a claim lapses only when its process is gone.
CLAIM_LASTS = timedelta(minutes=10)


class MailState(models.TextChoices):
    """How far a mail is."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    # Its text is on the way to the server, which has not yet said that it keeps it.
    HANDED = "handed", _("Being handed over")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused")
    UNSURE = "unsure", _("Perhaps sent")
    DROPPED = "dropped", _("Not sent, no longer wanted")


DONE = (MailState.SENT, MailState.REFUSED, MailState.UNSURE, MailState.DROPPED)
NOT_DONE = (MailState.WAITING, MailState.SENDING, MailState.HANDED)


class Reason(models.TextChoices):
    """Why a mail was not taken, or came back."""

    ADDRESS = "address", _("There is no such mailbox.")
    FULL = "full", _("The mailbox is full.")
    POLICY = "policy", _("The receiving server takes no such mail from us.")
    SENDER = "sender", _("The mail server refuses us as the sender.")
    LATER = "later", _("The receiving server asks to try again later.")
    UNREACHABLE = "unreachable", _("The receiving server could not be reached.")
    UNCLEAR = "unclear", _("The receiving server refused it without a clear reason.")
    UNSURE = "unsure", _("The connection broke before the server said that it keeps the mail.")
    TOO_LATE = "too_late", _("It would have come too late to be of use.")
    UNWRITTEN = "unwritten", _("The mail could not be put together.")
    COMPLAINT = "complaint", _("Somebody reported a mail as unwanted.")


# After which waits a mail is tried again, the last one over and over; and for how long. A server that does not answer
# at all is no refusal: what waits for it waits on (models.MailServer).
WAITS = {
    Reason.FULL: (timedelta(hours=6), timedelta(days=1)),
    Reason.POLICY: (timedelta(minutes=15), timedelta(hours=2), timedelta(hours=12)),
}
USUAL_WAITS = (*(timedelta(minutes=minutes) for minutes in (2, 10, 30, 60, 180)), timedelta(hours=6))
TRIED_FOR = {Reason.POLICY: timedelta(days=1)}
USUALLY_TRIED_FOR = timedelta(days=5)

# How often, and over how long, an address must come back until no more notifications are sent to it. What is not named
# never stops an address.
STOPS_AFTER = {
    Reason.ADDRESS: (1, timedelta(0)),
    Reason.UNCLEAR: (3, timedelta(days=7)),
    Reason.FULL: (5, timedelta(days=21)),
    Reason.UNREACHABLE: (5, timedelta(days=21)),
}
# What came back so long before is another story.
FORGOTTEN_AFTER = timedelta(days=60)

# How long rows without words are kept: enough for a bounce to come in.
SENT_KEPT = timedelta(days=30)
REFUSED_KEPT = timedelta(days=90)
