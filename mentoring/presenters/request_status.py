"""Where a request is, who acts next, until when: as the person who asked sees it.

Nothing here tells that a mentor was asked before one has said yes.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.constants import Format
from foundation.l10n.languages import languages_text
from foundation.workflow.models import LogEntry
from mentoring.constants import Audience
from mentoring.flows import PROGRAMME_DECLINE_REASONS
from mentoring.form_schema import Answer, read_answers
from mentoring.models import MentoringRequest, MentorOffer, Pairing
from mentoring.presenters.programmes import usual_wait

DONE, NOW, AHEAD = "done", "now", ""
# Which of the four steps is the present one.
PRESENT = {"draft": 1, "submitted": 2, "needs_info": 2, "queued": 3, "proposed": 3, "paired": 4}

# What the person reads of the log; moves that are not here are not shown.
EVENTS = {
    "start": _("You started"),
    "submit": _("You sent it"),
    "amend": _("You changed what you wrote"),
    "ask_info": _("A coordinator asked you a question"),
    "resubmit": _("You answered the question"),
    "queue": _("A coordinator has read it"),
    "pair": _("A mentor said yes"),
    "withdraw": _("You withdrew it"),
    "decline": _("The programme said no"),
    "answer": _("A coordinator answered it"),
    "expire": _("The time to find a mentor was over"),
    "reopen": _("You took it up again"),
    "requeue": _("You asked for another mentor"),
    "hand_back": _("We look for another mentor"),
}


@dataclass(frozen=True)
class Event:
    """One line of what has happened."""

    at: datetime.datetime
    text: Any


@dataclass(frozen=True)
class Step:
    """One of the four steps; `note` is a date or a usual time."""

    title: Any
    state: str
    number: int
    date: datetime.datetime | None = None
    note: Any = ""


@dataclass
class Status:
    """All that the status page says."""

    request: MentoringRequest
    log: list[LogEntry]
    wait: str
    coordinators: list[str]
    pairing: Pairing | None

    @property
    def heading(self) -> Any:
        """The state as the person reads it; of a pair that is over, that it is."""
        if self.pairing is not None and not self.pairing.is_open:
            return _("Your pair has ended")
        return self.request.current.public_label

    @property
    def looks_until(self) -> datetime.datetime | None:
        """When the request ends by itself if nobody is found."""
        sent = self.request.submitted_at
        return sent + datetime.timedelta(weeks=self.request.programme.expires_after_weeks) if sent else None

    @property
    def steps(self) -> list[Step]:
        """The way from sending to meeting; empty for what has ended without a pair."""
        present = PRESENT.get(self.request.state)
        if present is None:
            return []
        ahead = [_("You send it"), _("A coordinator reads it"), _("A mentor says yes"), _("You meet")]
        behind = [_("You sent it"), _("A coordinator read it"), _("A mentor said yes"), _("You met")]
        steps = []
        for number in range(1, len(ahead) + 1):
            state = DONE if number < present else NOW if number == present else AHEAD
            date, note = self._when(number, state)
            title = (behind if state == DONE else ahead)[number - 1]
            steps.append(Step(title, state, number, date, note))
        return steps

    def _when(self, number: int, state: str) -> tuple[datetime.datetime | None, Any]:
        if number == 1 and state == DONE:
            return self.request.submitted_at, ""
        if number == 2 and state == NOW:
            return self.request.answer_due, "" if self.request.answer_due else _("Your answer is awaited")
        if number == 3 and state == DONE:
            return self.request.paired_at, ""
        if number == 3:
            return None, self.wait
        if number == 4:
            return None, _("At a time you both choose")
        return None, ""

    @property
    def events(self) -> list[Event]:
        """What has happened, the latest first. Asking mentors is not among it."""
        found, read = [], False
        for entry in self.log:
            name = entry.name
            if name == "propose" and entry.source == "submitted":
                name = "queue"
            if name == "queue" and read:
                continue
            read = name == "queue" or (read and name != "submit")
            if name in EVENTS:
                found.append(Event(entry.at, EVENTS[name]))
        if self.pairing is not None and self.pairing.ended_at is not None:
            found.append(Event(self.pairing.ended_at, _("Your pair has ended")))
        return sorted(found, key=lambda event: event.at, reverse=True)

    def _last(self, name: str) -> LogEntry | None:
        return next((entry for entry in reversed(self.log) if entry.name == name), None)

    @property
    def question(self) -> str:
        """What a coordinator wants to know, while they wait for it."""
        entry = self._last("ask_info") if self.request.state == "needs_info" else None
        return entry.reason if entry else ""

    @property
    def answer(self) -> str:
        """What a coordinator wrote in place of a pair, or as the next step."""
        name = {"answered_without_pairing": "answer", "declined_by_programme": "decline"}.get(
            self.request.state
        )
        entry = self._last(name) if name else None
        return entry.reason if entry else ""

    @property
    def decline_reason(self) -> Any:
        """The programme's reason in words."""
        entry = self._last("decline") if self.request.state == "declined_by_programme" else None
        return dict(PROGRAMME_DECLINE_REASONS).get(entry.reason_code, "") if entry else ""


def status_of(request: MentoringRequest) -> Status:
    """Everything the status page shows, in a fixed number of queries."""
    pairing = None
    if request.state == "paired":
        pairing = request.pairings.with_all().order_by("-created").first()
    return Status(
        request=request,
        log=list(LogEntry.objects.of(request)),
        wait=usual_wait(request.programme),
        coordinators=_coordinators(request),
        pairing=pairing,
    )


def _coordinators(request: MentoringRequest) -> list[str]:
    """Who reads it, by the names others know; nobody whom its writer keeps away."""
    people = request.programme.coordinating_people()
    if not (request.not_with_words or request.not_with.exists()):
        return [person.name for person in people]
    return [person.name for person in people if not request.keeps_from(person.user)]


def languages_of(said: MentoringRequest | MentorOffer) -> str:
    """The languages of a request or an offer, by name."""
    return languages_text(said.languages)


def ways_of(said: MentoringRequest | MentorOffer) -> list[str]:
    """How somebody likes to meet."""
    words = dict(Format.choices)
    return [str(words[value]) for value in said.clean_formats()]


def facts_of(said: MentoringRequest | MentorOffer) -> list[str]:
    """Languages and ways, as short facts."""
    return [languages_of(said), *ways_of(said)]


def answers_for(request: MentoringRequest, audience: str, language: str) -> list[Answer]:
    """The answers to the programme's questions that an audience may read."""
    return read_answers(request.programme.mentee_questions(language), request.answers, audience)


def own_answers(request: MentoringRequest, language: str) -> list[Answer]:
    """All of them, for the person who wrote them."""
    return answers_for(request, Audience.OWNER, language)
