"""A request, from the first screen to its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from directory.models import Capacity, Person
from foundation.accounts.models import User
from foundation.workflow.errors import StaleState, TransitionError
from foundation.workflow.models import LogEntry
from foundation.workflow.services import start as start_log
from foundation.workflow.services import transition as move_on
from foundation.workflow.services import transition_locked
from mentoring.flows import REQUEST
from mentoring.form_schema import Question, missing, pack
from mentoring.models import MentoringProgrammePage, MentoringRequest
from mentoring.notify import coordinators_for, coordinators_of

CORE_FIELDS = ("goal", "languages", "formats", "timezone", "contact")


def start_request(person: Person, programme: MentoringProgrammePage) -> MentoringRequest:
    """The person's open request in a programme, or a new draft. Pressing twice starts once.

    Raises TransitionError where the programme takes no requests now.
    """
    programme = programme.canonical
    mine = MentoringRequest.objects.filter(person=person, programme=programme).open()
    found = mine.first()
    if found is not None:
        return found
    if not programme.is_open:
        raise TransitionError(_("This programme takes no requests at the moment."))
    try:
        with transaction.atomic():
            request = MentoringRequest.objects.create(
                person=person,
                programme=programme,
                state=REQUEST.initial,
                timezone=person.user.timezone,
                languages=list(person.languages.values_list("language", flat=True)),
                formats=person.clean_formats(),
            )
            start_log(request, by=person.user, role="mentee")
    except IntegrityError:
        return mine.get()
    return request


def _editable(request: MentoringRequest, by: User) -> MentoringRequest:
    """The locked row, where this user may change what it says. Raises TransitionError or StaleState."""
    rows = MentoringRequest.objects.select_for_update(of=("self",)).select_related("person", "programme")
    locked = rows.get(pk=request.pk)
    if locked.person is None or locked.person.user_id != by.pk:
        raise TransitionError(_("You may not do this."))
    if not locked.is_editable:
        raise StaleState(_("This request can no longer be changed. Nothing else was lost."))
    return locked


@transaction.atomic
def save_core(
    request: MentoringRequest, *, by: User, capacities: Iterable[Capacity] | None = None, **fields: Any
) -> None:
    """Saves part of what every programme asks: goal, languages, formats, timezone, contact, capacities."""
    locked = _editable(request, by)
    for name, value in fields.items():
        if name not in CORE_FIELDS:
            raise ValueError(f"A request has no field {name!r} to save.")
        setattr(locked, name, value)
    locked.save(update_fields=[*fields, "saved_at"])
    if capacities is not None:
        locked.capacities.set(capacities)
    log_change(locked, by)


@transaction.atomic
def save_answers(
    request: MentoringRequest, *, by: User, questions: Iterable[Question], values: Mapping[str, Any]
) -> None:
    """Saves answers to questions of the programme, each with what was promised about who reads it."""
    locked = _editable(request, by)
    answers = dict(locked.answers)
    for question in questions:
        if question.id in values:
            answers[question.id] = pack(question, values[question.id])
    locked.answers = answers
    locked.save(update_fields=["answers", "saved_at"])
    log_change(locked, by)


def log_change(request: MentoringRequest, by: User) -> None:
    """A change of what coordinators can read already belongs in the log; a draft's does not."""
    if request.state != "draft":
        entry = LogEntry.objects.of(request).last()
        if entry is None or entry.name != "amend":
            LogEntry.objects.create(
                flow=REQUEST.name,
                content_type=request_type(request),
                object_id=str(request.pk),
                name="amend",
                source=request.state,
                target=request.state,
                by=by,
                role="mentee",
            )


def request_type(request: MentoringRequest) -> Any:
    """The content type under which a request's log is kept."""
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(request)


def missing_parts(request: MentoringRequest) -> list[str]:
    """What must still be answered before the request can be sent: `need`, `way`, or ids of questions."""
    parts = []
    if not request.goal.strip() or not request.capacities.exists():
        parts.append("need")
    if not (request.languages and request.formats and request.contact.strip()):
        parts.append("way")
    questions = request.programme.mentee_questions()
    return [*parts, *(question.id for question in missing(questions, request.answers))]


def _nobody_would_read(request: MentoringRequest) -> bool:
    """Whether the writer keeps away all who could read it."""
    keeps = request.not_with_words or request.not_with.exists()
    return bool(keeps) and bool(coordinators_of(request.programme)) and not coordinators_for(request)


@transaction.atomic
def submit(request: MentoringRequest, *, by: User, expect: str = "") -> LogEntry:
    """Sends a draft, or sends again after a question. Raises TransitionError where something is missing."""
    if REQUEST.waits_for(request.state, {"mentee"}) and missing_parts(request):
        raise TransitionError(_("Some questions still need an answer before this can be sent."))
    if request.state == "draft" and not request.programme.is_open:
        raise TransitionError(_("This programme takes no requests at the moment. What you wrote is kept."))
    if REQUEST.waits_for(request.state, {"mentee"}) and _nobody_would_read(request):
        raise TransitionError(
            _(
                "Everybody who coordinates this programme is among the people you do not want to meet, so nobody "
                "could read your request. Leave one of them out, or ask in another programme."
            )
        )
    return move_on(request, "resubmit" if request.state == "needs_info" else "submit", by=by, expect=expect)


def withdraw(request: MentoringRequest, *, by: User, expect: str = "") -> LogEntry | None:
    """Takes a request back, at any time and without a reason. Withdrawing twice is withdrawing once.

    `expect` is not asked for: whatever happened meanwhile, the person wants out.
    """
    with transaction.atomic():
        locked = MentoringRequest.objects.select_for_update().get(pk=request.pk)
        if locked.state == "withdrawn" and "mentee" in locked.roles_of(by):
            request.follow(locked)
            return None
        entry = transition_locked(locked, "withdraw", by=by, expect=expect)
    request.follow(locked)
    return entry


def reopen(request: MentoringRequest, *, by: User) -> LogEntry:
    """Makes a withdrawn or expired request a draft again, with everything that was written."""
    return _bring_back(
        request, "reopen", by=by, clash=_("You already have an open request in this programme.")
    )


def requeue(request: MentoringRequest, *, by: User) -> LogEntry:
    """Back to the head of the line after a pair has ended, in one step and without a reason."""
    if request.pairings.open().exists():
        raise TransitionError(_("End your present pair first."))
    return _bring_back(
        request, "requeue", by=by, clash=_("You already have an open request in this programme.")
    )


def _bring_back(request: MentoringRequest, name: str, *, by: User, clash: str) -> LogEntry:
    try:
        with transaction.atomic():
            return move_on(request, name, by=by)
    except IntegrityError:
        raise TransitionError(clash) from None


# What coordinators do ------------------------------------------------------------------------------------


def mark_ready(request: MentoringRequest, *, by: User, expect: str = "") -> LogEntry:
    """A coordinator has read it: ready to match."""
    return move_on(request, "queue", by=by, expect=expect)


def ask_for_details(request: MentoringRequest, question: str, *, by: User, expect: str = "") -> LogEntry:
    """Sends the request back to the person with a question."""
    if not question.strip():
        raise TransitionError(_("Write what you would like to know."))
    return move_on(request, "ask_info", by=by, reason=question, expect=expect)


def decline_request(
    request: MentoringRequest, *, by: User, reason_code: str, next_step: str, expect: str = ""
) -> LogEntry:
    """Says no for the programme, with a reason and what the person could do next."""
    if not next_step.strip():
        raise TransitionError(_("Write what the person could do next."))
    return move_on(request, "decline", by=by, reason_code=reason_code, reason=next_step, expect=expect)


def answer_without_pair(request: MentoringRequest, answer: str, *, by: User, expect: str = "") -> LogEntry:
    """Answers at once: a lesson, a page or a few sentences were enough."""
    if not answer.strip():
        raise TransitionError(_("Write the answer."))
    return move_on(request, "answer", by=by, reason=answer, expect=expect)
