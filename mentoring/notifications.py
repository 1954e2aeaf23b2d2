"""What people are told about mentoring. The sentences also go out by e-mail: they name who the receiver's own page
names already (the other one of a pair, the coordinator who asks) and nobody else, and hold no text of a request.
Coordinators are told that a request came, not whose: who asked is read on the board alone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from foundation.notifications.registry import Kind, register, register_group

GROUP = "mentoring"
register_group(GROUP, _("Mentoring"))

SEE_REQUEST = _("See your request")
OPEN_BOARD = _("Open the board")
SEE_PAIR = _("Open your page")


def _kind(name: str, subject: object, body: object, action: object, needs_answer: bool = False) -> Kind:
    return Kind(f"mentoring.{name}", GROUP, subject, body, action, needs_answer)  # type: ignore[arg-type]


register(
    # To the mentee
    _kind(
        "request_sent",
        _("Your request for a mentor has arrived"),
        ngettext_lazy(
            "The coordinators of %(programme)s have your request. They answer within %(days)s day.",
            "The coordinators of %(programme)s have your request. They answer within %(days)s days.",
            "days",
        ),
        SEE_REQUEST,
    ),
    _kind(
        "details_wanted",
        _("A coordinator has a question about your request"),
        _("Before the coordinators of %(programme)s can look for a mentor, they would like to know more."),
        _("Answer the question"),
        needs_answer=True,
    ),
    _kind(
        "looking",
        _("We are looking for a mentor for you"),
        _("A coordinator of %(programme)s has read your request and is looking for somebody who fits."),
        SEE_REQUEST,
    ),
    _kind(
        "request_declined",
        _("An answer to your request for a mentor"),
        _("%(programme)s cannot take your request. The coordinators wrote why, and what you could do next."),
        SEE_REQUEST,
    ),
    _kind(
        "request_answered",
        _("Your request was answered"),
        _("The coordinators of %(programme)s have written an answer that may help you at once."),
        _("Read the answer"),
    ),
    _kind(
        "request_expired",
        _("We did not find a mentor in time"),
        _(
            "Your request to %(programme)s has waited as long as requests can. "
            "Your text is kept, and there are other ways."
        ),
        SEE_REQUEST,
    ),
    _kind(
        "answer_late",
        _("The answer to your request is late"),
        _("The coordinators of %(programme)s promised an answer by now. We have reminded them."),
        SEE_REQUEST,
    ),
    _kind(
        "paired",
        _("You have a mentor: %(name)s"),
        _("%(name)s of %(programme)s has said yes. You now see how to reach each other."),
        SEE_PAIR,
        needs_answer=True,
    ),
    _kind(
        "looking_again",
        _("We are looking for another mentor for you"),
        _(
            "Your mentor in %(programme)s has to stop. You are first in line for another one, and your notes are kept."
        ),
        SEE_REQUEST,
    ),
    # To coordinators
    _kind(
        "request_arrived",
        _("A new request waits in %(programme)s"),
        ngettext_lazy(
            "Somebody asks for a mentor. They have been promised an answer within %(days)s day.",
            "Somebody asks for a mentor. They have been promised an answer within %(days)s days.",
            "days",
        ),
        OPEN_BOARD,
        needs_answer=True,
    ),
    _kind(
        "details_given",
        _("A question was answered"),
        _("A request in %(programme)s is ready to be read again."),
        OPEN_BOARD,
    ),
    _kind(
        "request_withdrawn",
        _("A request was withdrawn"),
        _("One request less waits in %(programme)s."),
        OPEN_BOARD,
    ),
    _kind(
        "request_returned",
        _("A request is back in line"),
        _("A request in %(programme)s needs another mentor."),
        OPEN_BOARD,
    ),
    _kind("said_yes", _("A mentor said yes"), _("A new pair has begun in %(programme)s."), OPEN_BOARD),
    _kind(
        "said_not_now",
        _("A mentor said not now"),
        _("A request in %(programme)s needs another mentor."),
        OPEN_BOARD,
        needs_answer=True,
    ),
    _kind(
        "no_answer",
        _("A mentor did not answer in time"),
        _("A request in %(programme)s needs another mentor."),
        OPEN_BOARD,
        needs_answer=True,
    ),
    _kind(
        "requests_late",
        _("A request has waited too long in %(programme)s"),
        _("The promised time for an answer is over. The person who waits has been told that you are late."),
        OPEN_BOARD,
        needs_answer=True,
    ),
    _kind(
        "pair_asks",
        _("Somebody of a pair writes to you"),
        _("One of a pair in %(programme)s has a question for the coordinators. The other one does not know."),
        OPEN_BOARD,
        needs_answer=True,
    ),
    _kind(
        "coordinator_wrote",
        _("A coordinator has answered you"),
        _("The coordinators of %(programme)s have answered what you wrote."),
        _("Read the answer"),
    ),
    # To mentors
    _kind(
        "asked",
        _("%(name)s asks whether you would mentor somebody"),
        _(
            "The coordinators of %(programme)s think of you for a request. You have until %(until)s. "
            "Not now is a fine answer, and the person who asks never learns that you were asked."
        ),
        _("Read the request"),
        needs_answer=True,
    ),
    _kind(
        "asked_reminder",
        _("%(name)s still waits for your answer"),
        _(
            "The coordinators of %(programme)s asked you about a request. You have until %(until)s. "
            "Not now is a fine answer."
        ),
        _("Read the request"),
        needs_answer=True,
    ),
    _kind(
        "too_late",
        _("The time to answer is over"),
        _("The coordinators of %(programme)s will ask somebody else. You have nothing to do."),
        "",
    ),
    _kind(
        "resting",
        _("We have given you a rest"),
        _(
            "Two questions from %(programme)s ran out of time, so we ask you nothing for a month. "
            "You can end the rest any time."
        ),
        _("See your offer"),
    ),
    _kind(
        "superseded",
        _("Another mentor said yes first"),
        _("Somebody else helps with the request in %(programme)s. Thank you for being there."),
        "",
    ),
    _kind(
        "taken_back",
        _("A question to you was taken back"),
        _("The request in %(programme)s does not need you any more. You have nothing to do."),
        "",
    ),
    _kind(
        "paired_mentor",
        _("You mentor %(name)s now"),
        _("Thank you for saying yes in %(programme)s. You now see how to reach each other."),
        SEE_PAIR,
    ),
    # To one of a pair
    _kind(
        "agreement_changed",
        _("Your plan was changed"),
        _("%(name)s has written down goals and dates for your pair in %(programme)s. Say whether you agree."),
        SEE_PAIR,
        needs_answer=True,
    ),
    _kind(
        "begun",
        _("You have begun"),
        _("You and %(name)s both agree on your plan in %(programme)s."),
        SEE_PAIR,
    ),
    _kind(
        "pair_paused", _("A break"), _("Your pair with %(name)s in %(programme)s takes a break."), SEE_PAIR
    ),
    _kind(
        "pair_resumed",
        _("The break is over"),
        _("Your pair with %(name)s in %(programme)s goes on."),
        SEE_PAIR,
    ),
    _kind(
        "completed",
        _("You have finished"),
        _("Your pair with %(name)s in %(programme)s is complete. A word of thanks is one step away."),
        _("Say thanks"),
    ),
    _kind(
        "pair_ended",
        _("Your pair has ended"),
        _(
            "Your pair with %(name)s in %(programme)s has ended. That is nobody's fault, and no reason is owed."
        ),
        SEE_PAIR,
    ),
    _kind(
        "still_on",
        _("Do you go on?"),
        _(
            "Your pair with %(name)s in %(programme)s has been silent for a while. Say that you go on, or end it. "
            "Without a word from either of you it ends by itself on %(date)s, and the mentor's hours are free again."
        ),
        _("Say how it stands"),
        needs_answer=True,
    ),
    _kind(
        "pair_released",
        _("Your pair has ended by itself"),
        _(
            "Neither you nor %(name)s said that your pair in %(programme)s goes on. Your plan, your hours and "
            "your words of thanks stay."
        ),
        SEE_PAIR,
    ),
    _kind(
        "pair_left",
        _("Your pair has ended"),
        _(
            "The other one in your pair in %(programme)s has deleted their account. Your plan, your hours and "
            "your words of thanks stay with you."
        ),
        SEE_PAIR,
    ),
    _kind(
        "thanked",
        _("%(name)s thanks you"),
        _("There are words of thanks for you in %(programme)s."),
        _("Read them"),
    ),
)
