"""What the directory tells people. Nothing private stands in these sentences: they also go out by e-mail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from exchange.notifications.kinds import Kind, register, register_group

register_group("exchanges", _("What you ask and are asked"))
register_group("listings", _("Your offers and needs"))
register_group("organisations", _("Your organisations"))

OPEN = _("See what was written")
register(
    Kind(
        "exchange_asked",
        "exchanges",
        _("Somebody asks you: “%(title)s”"),
        _("You can say yes, or “not now”. Nobody else sees your answer, and you need not give a reason."),
        _("Read and answer"),
        needs_answer=True,
    ),
    Kind(
        "exchange_offered",
        "exchanges",
        _("Somebody can help with “%(title)s”"),
        _("Read what they write, and say yes or “not now”."),
        _("Read and answer"),
        needs_answer=True,
    ),
    Kind(
        "exchange_reminder",
        "exchanges",
        _("A question still waits for you: “%(title)s”"),
        _("If now is a bad time, “not now” is a good answer too. Without one it closes on %(date)s."),
        _("Read and answer"),
        needs_answer=True,
    ),
    Kind(
        "exchange_accepted",
        "exchanges",
        _("They said yes: “%(title)s”"),
        _("You now see how to reach each other."),
        OPEN,
    ),
    Kind(
        "exchange_declined",
        "exchanges",
        _("Not now: “%(title)s”"),
        _("They cannot at the moment. We show you who else can help."),
        _("See who else can help"),
    ),
    Kind(
        "exchange_withdrawn",
        "exchanges",
        _("The question “%(title)s” was withdrawn"),
        _("There is nothing for you to do."),
        OPEN,
    ),
    Kind(
        "exchange_lapsed",
        "exchanges",
        _("No answer came: “%(title)s”"),
        _("The question is closed. We show you who else can help."),
        _("See who else can help"),
    ),
    Kind(
        "exchange_done",
        "exchanges",
        _("Done: “%(title)s”"),
        _("The other side says that you are done."),
        OPEN,
    ),
    Kind(
        "exchange_ended",
        "exchanges",
        _("Ended early: “%(title)s”"),
        _("The other side ended this before it was finished. You need not do anything."),
        OPEN,
    ),
    Kind(
        "exchange_thanked",
        "exchanges",
        _("You were thanked for “%(title)s”"),
        _("Somebody wrote you a few words of thanks."),
        _("Read the thanks"),
    ),
    Kind(
        "listing_still_true",
        "listings",
        _("Is this still true: “%(title)s”?"),
        _("You last confirmed it half a year ago. One click keeps it; otherwise it is hidden on %(date)s."),
        _("Confirm or change it"),
        needs_answer=True,
    ),
    Kind(
        "listing_expired",
        "listings",
        _("Not shown any more: “%(title)s”"),
        _("Its time was over. You can show it again at any moment."),
        _("See your offers and needs"),
    ),
    Kind(
        "organisation_invited",
        "organisations",
        _("%(organisation)s would like to show you as one of its people"),
        _("Nothing is shown before you say yes."),
        _("Answer the invitation"),
        needs_answer=True,
    ),
)
