"""The flow of an exchange: asked, accepted or declined (privately), done, thanked; and that of a listing: who shows
it and who takes it out of sight."""

from django.utils.translation import gettext_lazy as _

from directory.constants import HoldReason, ListingState
from foundation.workflow.flows import TIME, Flow, State, Transition

DECLINE_REASONS = (
    ("no_time", _("No time at the moment")),
    ("not_my_topic", _("Not my topic")),
    ("language", _("No common language")),
    ("know_each_other", _("We know each other already")),
    ("other", _("I would rather not say")),
)

EXCHANGE = Flow(
    name="exchange",
    states=(
        State("asked", _("Asked"), _("Waiting for an answer"), turn=("owner",)),
        State("accepted", _("Accepted"), _("They said yes"), turn=("owner", "starter")),
        State("declined", _("Declined"), _("Not now"), final=True),
        State("withdrawn", _("Withdrawn"), final=True),
        State("lapsed", _("No answer"), _("No answer came"), final=True),
        State("done", _("Done"), turn=("receiver",)),
        State("thanked", _("Done and thanked"), final=True),
        State("ended", _("Ended early"), final=True),
        # The other side has deleted their account: before it was done, and after.
        State("left", _("The other account was deleted"), final=True),
        State("settled", _("Done"), final=True),
        State("released", _("Closed, as nobody said that it goes on"), final=True),
    ),
    transitions=(
        Transition("accept", ("asked",), "accepted", ("owner",), _("Say yes")),
        Transition("decline", ("asked",), "declined", ("owner",), _("Not now"), reasons=DECLINE_REASONS),
        Transition("withdraw", ("asked",), "withdrawn", ("starter",), _("Withdraw")),
        Transition("lapse", ("asked",), "lapsed", ("system",), _("Close without an answer")),
        Transition("finish", ("accepted",), "done", ("owner", "starter"), _("We are done")),
        Transition("end", ("accepted",), "ended", ("owner", "starter"), _("End without finishing")),
        Transition("thank", ("done",), "thanked", ("receiver",), _("Say thanks")),
        # It lasts: asked about after a while, it is kept by either side, or released.
        Transition("keep", ("accepted",), "accepted", ("owner", "starter"), _("It goes on")),
        Transition("release", ("accepted",), "released", ("system",), _("Release")),
        Transition("leave", ("asked", "accepted"), "left", ("system",), _("Close with the account")),
        Transition("settle", ("done",), "settled", ("system",), _("Close with the account")),
    ),
    initial="asked",
)

DRAFT, ACTIVE, PAUSED = ListingState.DRAFT.value, ListingState.ACTIVE.value, ListingState.PAUSED.value
MET, WITHDRAWN, EXPIRED = ListingState.MET.value, ListingState.WITHDRAWN.value, ListingState.EXPIRED.value
NOT_SHOWN = (PAUSED, EXPIRED, MET, WITHDRAWN)
HELD = ListingState.HELD.value

LISTING = Flow(
    name="listing",
    states=(
        State(DRAFT, ListingState.DRAFT.label, turn=("owner",)),
        # Shown until its day is over, or until nobody has confirmed it for long.
        State(ACTIVE, ListingState.ACTIVE.label, turn=(TIME,)),
        State(PAUSED, ListingState.PAUSED.label, turn=("owner",)),
        State(MET, ListingState.MET.label, final=True),
        State(WITHDRAWN, ListingState.WITHDRAWN.label, final=True),
        State(EXPIRED, ListingState.EXPIRED.label, turn=("owner",)),
        State(HELD, ListingState.HELD.label, turn=("moderator",)),
    ),
    transitions=(
        Transition("publish", (DRAFT,), ACTIVE, ("owner",), _("Publish")),
        Transition("confirm", (ACTIVE,), ACTIVE, ("owner",), _("Still true")),
        Transition("pause", (ACTIVE,), PAUSED, ("owner",), _("Pause")),
        Transition("resume", NOT_SHOWN, ACTIVE, ("owner",), _("Show again")),
        Transition("met", (ACTIVE, PAUSED, EXPIRED), MET, ("owner",), _("This need is met")),
        Transition("withdraw", (DRAFT, ACTIVE, PAUSED, EXPIRED, HELD), WITHDRAWN, ("owner",), _("Withdraw")),
        Transition("expire", (ACTIVE,), EXPIRED, ("system",), ListingState.EXPIRED.label),
        # In place of being shown, where a newcomer's posting should be looked at first; see directory/spam.py.
        Transition(
            "hold",
            (DRAFT, ACTIVE, *NOT_SHOWN),
            HELD,
            ("system",),
            ListingState.HELD.label,
            reasons=tuple(HoldReason.choices),
        ),
        # Moderators put it into the state that they choose, but open no draft.
        *(
            Transition(
                f"set_{target}",
                tuple(state for state in (ACTIVE, *NOT_SHOWN, HELD) if state != target),
                target,
                ("moderator",),
                ListingState(target).label,
            )
            for target in ListingState.values
        ),
    ),
    initial=DRAFT,
)
