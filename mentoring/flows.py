"""The life of a mentor's offer, of a request, of a proposal to one mentor, and of a pairing, as data.

Public labels are what the mentee reads. A proposal is never shown to the mentee before the mentor says yes,
so `queued` and `proposed` read the same to them.
"""

from django.utils.translation import gettext_lazy as _

from foundation.workflow.flows import TIME, Flow, State, Transition
from mentoring.constants import OfferState

MENTOR_DECLINE_REASONS = (
    ("no_time", _("No time at the moment")),
    ("not_my_topic", _("Not my topic")),
    ("language", _("No common language")),
    ("know_the_person", _("I may know the person")),
    ("prefer_not_to_say", _("I would rather not say")),
)

PROGRAMME_DECLINE_REASONS = (
    ("not_our_topic", _("Not what this programme is about")),
    ("other_programme", _("Another programme fits better")),
    ("course_first", _("A course or a lesson should come first")),
    ("no_capacity", _("The programme is full for a long time")),
    ("conduct", _("It does not keep to the code of conduct")),
)

BEFORE_LEAVING = (
    "draft",
    "submitted",
    "needs_info",
    "queued",
    "proposed",
    "paired",
    "withdrawn",
    "declined_by_programme",
    "expired",
    "answered_without_pairing",
)

OFFER = Flow(
    name="mentor's offer",
    states=(
        State(OfferState.ACTIVE.value, OfferState.ACTIVE.label, turn=("coordinator",)),
        State(OfferState.ENDED.value, OfferState.ENDED.label, final=True),
    ),
    transitions=(
        Transition("end", ("active",), "ended", ("mentor",), _("Stop mentoring here")),
        Transition("take_up", ("ended",), "active", ("mentor",), _("Take it up again")),
    ),
    initial="active",
    # Who coordinates asks the mentor, in a proposal. To rest is no state: see `pause_until`.
    elsewhere=("coordinator",),
)

REQUEST = Flow(
    name="mentoring request",
    states=(
        State("draft", _("Draft"), _("You have not sent this yet"), turn=("mentee",)),
        State("submitted", _("New"), _("A coordinator is reading your request"), turn=("coordinator",)),
        State("needs_info", _("Needs details"), _("A coordinator has a question for you"), turn=("mentee",)),
        State("queued", _("Ready to match"), _("We are looking for a mentor"), turn=("coordinator",)),
        State("proposed", _("Asked a mentor"), _("We are looking for a mentor"), turn=("mentor",)),
        State("paired", _("Paired"), _("You have a mentor"), final=True),
        State("withdrawn", _("Withdrawn"), _("You withdrew this request"), final=True),
        State(
            "declined_by_programme", _("Declined"), _("This programme cannot take your request"), final=True
        ),
        State("expired", _("Expired"), _("We did not find a mentor in time"), final=True),
        State("answered_without_pairing", _("Answered"), _("Your request was answered"), final=True),
        State("left", _("Account deleted"), final=True),
    ),
    transitions=(
        Transition("submit", ("draft",), "submitted", ("mentee",), _("Send")),
        Transition(
            "ask_info", ("submitted", "queued"), "needs_info", ("coordinator",), _("Ask for details"), True
        ),
        Transition("resubmit", ("needs_info",), "submitted", ("mentee",), _("Send again")),
        Transition("queue", ("submitted",), "queued", ("coordinator",), _("Ready to match")),
        Transition("propose", ("submitted", "queued"), "proposed", ("coordinator",), _("Ask a mentor")),
        Transition("release", ("proposed",), "queued", ("system",), _("Back to matching")),
        Transition("pair", ("proposed",), "paired", ("system",), _("Pair")),
        Transition(
            "withdraw",
            ("draft", "submitted", "needs_info", "queued", "proposed"),
            "withdrawn",
            ("mentee",),
            _("Withdraw my request"),
        ),
        Transition(
            "decline",
            ("submitted", "needs_info", "queued"),
            "declined_by_programme",
            ("coordinator",),
            _("Decline"),
            needs_reason=True,
            reasons=PROGRAMME_DECLINE_REASONS,
        ),
        Transition(
            "answer",
            ("submitted", "needs_info", "queued"),
            "answered_without_pairing",
            ("coordinator",),
            _("Answer without a pair"),
            needs_reason=True,
        ),
        Transition("expire", ("submitted", "needs_info", "queued"), "expired", ("system",), _("Expire")),
        # Nobody but the person brings a request back to life.
        Transition("reopen", ("withdrawn", "expired"), "draft", ("mentee",), _("Take it up again")),
        Transition("requeue", ("paired",), "queued", ("mentee",), _("Look for another mentor")),
        Transition("hand_back", ("paired",), "queued", ("system",), _("Look for another mentor")),
        Transition("leave", BEFORE_LEAVING, "left", ("system",), _("Close with the account")),
    ),
    initial="draft",
    # Who is asked answers in the proposal, and its effects move the request.
    elsewhere=("mentor",),
)

PROPOSAL = Flow(
    name="mentoring proposal",
    states=(
        State("offered", _("Asked"), turn=("mentor",)),
        State("accepted", _("Said yes"), final=True),
        State("declined", _("Not now"), final=True),
        State("lapsed", _("No answer in time"), final=True),
        State("superseded", _("Another mentor said yes first"), final=True),
        State("withdrawn", _("Taken back"), final=True),
    ),
    transitions=(
        Transition("accept", ("offered",), "accepted", ("mentor",), _("Say yes")),
        Transition(
            "decline",
            ("offered",),
            "declined",
            ("mentor",),
            _("Not now"),
            needs_reason=True,
            reasons=MENTOR_DECLINE_REASONS,
        ),
        Transition("lapse", ("offered",), "lapsed", ("system",), _("Lapse")),
        Transition("supersede", ("offered",), "superseded", ("system",), _("Supersede")),
        Transition(
            "withdraw", ("offered",), "withdrawn", ("coordinator", "system"), _("Take the question back")
        ),
        Transition("leave", ("offered",), "withdrawn", ("system",), _("Close with the account")),
    ),
    initial="offered",
)

PAIRING = Flow(
    name="mentoring pairing",
    states=(
        State("intro", _("Getting to know each other"), turn=("mentee", "mentor")),
        State("active", _("Meeting"), turn=("mentee", "mentor")),
        State("paused", _("Taking a break"), turn=(TIME,)),
        State("handover", _("Handed over"), final=True),
        State("completed", _("Completed"), final=True),
        State("closed_no_fault", _("Ended"), final=True),
        State("closed_by_safety", _("Closed by the coordinators"), _("Ended"), final=True),
    ),
    transitions=(
        Transition("begin", ("intro",), "active", ("mentee", "mentor"), _("Begin")),
        Transition("pause", ("active",), "paused", ("mentee", "mentor"), _("Take a break")),
        Transition("resume", ("paused",), "active", ("mentee", "mentor", "system"), _("Go on")),
        Transition(
            "complete", ("active", "paused"), "completed", ("mentee", "mentor"), _("We have finished")
        ),
        Transition(
            "close",
            ("intro", "active", "paused"),
            "closed_no_fault",
            ("mentee", "mentor"),
            _("End without giving a reason"),
        ),
        # The system does it for a mentor whose account is gone.
        Transition(
            "hand_over", ("intro", "active", "paused"), "handover", ("mentor", "system"), _("Hand over")
        ),
        Transition(
            "close_by_safety",
            ("intro", "active", "paused"),
            "closed_by_safety",
            ("coordinator",),
            _("Close for safety"),
            needs_reason=True,
        ),
        # Both were asked whether they go on, and neither said a word.
        Transition("release", ("intro", "active"), "closed_no_fault", ("system",), _("Release")),
        # The mentee's account is gone. A mentor's hands the mentee over.
        Transition(
            "leave",
            ("intro", "active", "paused"),
            "closed_no_fault",
            ("system",),
            _("Close with the account"),
        ),
    ),
    initial="intro",
)

# Named groups of states.
EDITABLE = ("draft", "submitted", "needs_info")
MATCHABLE = ("submitted", "queued", "proposed")
# A draft and what was withdrawn belong to the person alone, and what somebody left behind says nothing any more.
SEEN_BY_COORDINATORS = tuple(
    state.name for state in REQUEST.states if state.name not in ("draft", "withdrawn", "left")
)
