"""What the directory tells people. These sentences also go out by e-mail: they name who it is about and what it
is about, both of which the receiver sees on the page, and nothing of what was written."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.notifications.registry import Kind, register, register_group

register_group("exchanges", _("What you ask and are asked"))
register_group("listings", _("Your offers and needs"))
register_group("moderation", _("What waits for you as a moderator"))
register_group("organisations", _("Your organisations"))

OPEN = _("See what was written")
register(
    Kind(
        "exchange_asked",
        "exchanges",
        _("%(name)s asks you: “%(title)s”"),
        _("You can say yes, or “not now”. Nobody else sees your answer, and you need not give a reason."),
        _("Read and answer"),
        needs_answer=True,
    ),
    Kind(
        "exchange_asked_for_need",
        "exchanges",
        _("%(name)s asks you for “%(title)s”: “%(need)s”"),
        _("You can say yes, or “not now”. Nobody else sees your answer, and you need not give a reason."),
        _("Read and answer"),
        needs_answer=True,
    ),
    Kind(
        "exchange_offered",
        "exchanges",
        _("%(name)s can help with “%(title)s”"),
        _("Read what they write, and say yes or “not now”."),
        _("Read and answer"),
        needs_answer=True,
    ),
    Kind(
        "exchange_reminder",
        "exchanges",
        _("%(name)s still waits for your answer: “%(title)s”"),
        _("If now is a bad time, “not now” is a good answer too. Without one it closes on %(date)s."),
        _("Read and answer"),
        needs_answer=True,
    ),
    Kind(
        "exchange_accepted",
        "exchanges",
        _("%(name)s said yes: “%(title)s”"),
        _("You now see how to reach each other."),
        OPEN,
    ),
    Kind(
        "exchange_declined",
        "exchanges",
        _("Not now: “%(title)s”"),
        _("%(name)s cannot at the moment. We show you where else to look."),
        _("See where else to look"),
    ),
    Kind(
        "exchange_help_declined",
        "exchanges",
        _("Not now: “%(title)s”"),
        _("%(name)s says “not now”. Thank you for offering your help."),
        OPEN,
    ),
    Kind(
        "exchange_withdrawn",
        "exchanges",
        _("%(name)s took it back: “%(title)s”"),
        _("There is nothing for you to do."),
        OPEN,
    ),
    Kind(
        "exchange_lapsed",
        "exchanges",
        _("No answer came: “%(title)s”"),
        _("%(name)s did not answer in time, so the question is closed. We show you where else to look."),
        _("See where else to look"),
    ),
    Kind(
        "exchange_help_lapsed",
        "exchanges",
        _("No answer came: “%(title)s”"),
        _("%(name)s did not answer in time, so it is closed. Thank you for offering your help."),
        OPEN,
    ),
    Kind(
        "exchange_still_on",
        "exchanges",
        _("Does this go on: “%(title)s”?"),
        _(
            "You and %(name)s said yes to it a while ago. Say that it goes on, or that you are done. Without a "
            "word from either of you it closes by itself on %(date)s, and the hours are free again."
        ),
        _("Say how it stands"),
        needs_answer=True,
    ),
    Kind(
        "exchange_released",
        "exchanges",
        _("Closed by itself: “%(title)s”"),
        _("Neither you nor %(name)s said that it goes on. What was written stays; you can ask again."),
        OPEN,
    ),
    Kind(
        "exchange_left",
        "exchanges",
        _("Closed: “%(title)s”"),
        _("The other side has deleted their account. What was written stays with you, without their name."),
        OPEN,
    ),
    Kind(
        "exchange_done",
        "exchanges",
        _("Done: “%(title)s”"),
        _("%(name)s says that you are done."),
        OPEN,
    ),
    Kind(
        "exchange_ended",
        "exchanges",
        _("Ended early: “%(title)s”"),
        _("%(name)s ended this before it was finished. You need not do anything."),
        OPEN,
    ),
    Kind(
        "exchange_thanked",
        "exchanges",
        _("%(name)s thanks you for “%(title)s”"),
        _("They wrote you a few words of thanks."),
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
        "listing_held",
        "moderation",
        _("Something that %(name)s posted waits for a moderator"),
        _("Others do not see it yet. Read it, and show it or take it back; its writer is told."),
        _("Read it"),
        needs_answer=True,
    ),
    Kind(
        "listing_let_through",
        "listings",
        _("It is shown now: “%(title)s”"),
        _("A moderator has looked at it. Thank you for your patience."),
        _("See your offers and needs"),
    ),
    Kind(
        "listing_not_shown",
        "listings",
        _("Not shown: “%(title)s”"),
        _("A moderator has looked at it and does not show it as it is. You can change it and show it again."),
        _("See your offers and needs"),
    ),
    Kind(
        "organisation_invited",
        "organisations",
        _("%(organisation)s would like to show you as one of its people"),
        _("%(name)s invites you. Nothing is shown before you say yes."),
        _("Answer the invitation"),
        needs_answer=True,
    ),
    Kind(
        "organisation_invited_manager",
        "organisations",
        _("%(organisation)s would like you to be one of its managers"),
        _(
            "%(name)s agreed to it. You would act for the organisation and read what people write to it. Nothing "
            "happens before you say yes."
        ),
        _("Answer the invitation"),
        needs_answer=True,
    ),
    Kind(
        "organisation_manager_wanted",
        "organisations",
        _("%(name)s is proposed as a manager of %(organisation)s"),
        _("Managers act for it and read what people write to it. Nothing happens without a yes."),
        _("See who it is, and answer"),
        needs_answer=True,
    ),
    Kind(
        "organisation_manager_new",
        "organisations",
        _("%(name)s is now a manager of %(organisation)s"),
        _("They act for it and read what people write to it, as you do."),
        _("See its people"),
    ),
    Kind(
        "organisation_without_manager",
        "organisations",
        _("%(organisation)s has no manager any more"),
        _(
            "Nobody answers for it. On the page of its people somebody can be proposed as a manager, and an "
            "administrator says yes."
        ),
        _("See the organisation"),
    ),
)
