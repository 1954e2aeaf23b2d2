"""Answers that were promised to "the safety team only".

Such questions are not asked any more. What was answered is read by administrators whom it does not concern, and by
nobody else; whoever wrote it is told who that is, and may erase it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.accounts.constants import Role
from foundation.accounts.models import User
from foundation.l10n.names import said
from foundation.reports.permissions import administrators
from mentoring.constants import AnswerVisibility, Audience
from mentoring.exclusions import hidden_from
from mentoring.flows import SEEN_BY_COORDINATORS
from mentoring.form_schema import Answer, Question, read_answers
from mentoring.models import MentoringRequest, MentorOffer, ProgrammeCoordinator

Said = MentoringRequest | MentorOffer


def questions_of(said: Said, language: str = "") -> list[Question]:
    """The questions that the request or the offer answers."""
    if isinstance(said, MentoringRequest):
        return said.programme.mentee_questions(language)
    return said.programme.mentor_questions(language)


def trusted_answers(said: Said, language: str = "") -> list[Answer]:
    """The answers that not even coordinators may read."""
    questions = questions_of(said, language)
    open_to = {row.question_id for row in read_answers(questions, said.answers, Audience.COORDINATOR)}
    every = read_answers(questions, said.answers, Audience.SAFETY)
    return [answer for answer in every if answer.question_id not in open_to]


@dataclass(frozen=True)
class Ties:
    """Where an account has a part in mentoring, so that what is written there may be about it."""

    user_id: int
    coordinates_all: bool
    coordinates: frozenset[int]
    mentors_in: frozenset[int]
    asked_in: frozenset[int]
    # Requests and offers whose writers do not want this account near.
    kept_from: frozenset[UUID]

    def touch(self, said: Said) -> bool:
        """Whether what is said may concern this account. Persons must be loaded."""
        own = said.person is not None and said.person.user_id == self.user_id
        if self.coordinates_all or own or said.pk in self.kept_from:
            return True
        others = self.mentors_in if isinstance(said, MentoringRequest) else self.asked_in
        return said.programme_id in self.coordinates or said.programme_id in others


def ties_of(user: User) -> Ties:
    """The ties of one account, in a fixed number of queries. A superuser is no coordinator by that alone."""
    named = ProgrammeCoordinator.objects.filter(person__user=user).values_list("page_id", flat=True)
    offers = MentorOffer.objects.filter(person__user=user).values_list("programme_id", flat=True)
    requests = MentoringRequest.objects.of(user).values_list("programme_id", flat=True)
    return Ties(
        user_id=user.pk,
        coordinates_all=user.groups.filter(name=Role.COORDINATOR.value).exists(),
        coordinates=frozenset(named),
        mentors_in=frozenset(offers),
        asked_in=frozenset(requests),
        kept_from=frozenset(hidden_from(user) | hidden_from(user, MentorOffer)),
    )


def is_handed_on(said: Said) -> bool:
    """Whether anybody but its writer may see anything of it: not a draft, not what was withdrawn."""
    return not isinstance(said, MentoringRequest) or said.state in SEEN_BY_COORDINATORS


def readers_of(said: Said) -> list[User]:
    """The administrators who may read what was written in trust; nobody while it is the writer's alone."""
    if not is_handed_on(said):
        return []
    return [user for user in administrators() if not ties_of(user).touch(said)]


def who_reads_it(written: Said) -> str:
    """One sentence for the person who wrote it."""
    if not is_handed_on(written):
        return _("Nobody but you reads this now.")
    names = [str(user) for user in readers_of(written)]
    if not names:
        return _("Nobody reads this at the moment: there is no administrator whom it does not concern.")
    return said(
        ngettext(
            "Read by %(names)s alone, an administrator whom it does not concern.",
            "Read by these administrators alone, whom it does not concern: %(names)s.",
            len(names),
        ),
        names=get_text_list(names, _("and")),
    )


@dataclass(frozen=True)
class Kept:
    """One person's answers in trust, for an administrator."""

    said: Said
    answers: list[Answer]


def kept_for(user: User, language: str = "") -> list[Kept]:
    """All that an administrator may read; nothing for anybody else."""
    if not user.is_active or not user.has_role(Role.ADMINISTRATOR):
        return []
    ties, found = ties_of(user), []
    for written in _candidates():
        if is_handed_on(written) and not ties.touch(written):
            answers = trusted_answers(written, language)
            if answers:
                found.append(Kept(written, answers))
    return found


def _candidates() -> Iterable[Said]:
    """What can hold such answers: promised so then, or asked so by the form now."""
    word = f'"{AnswerVisibility.SAFETY.value}"'
    for model, form in ((MentoringRequest, "mentee_form"), (MentorOffer, "mentor_form")):
        rows: Any = model._default_manager.annotate(
            written=Cast("answers", TextField()), form=Cast(f"programme__{form}", TextField())
        )
        yield from (
            rows.filter(Q(written__contains=word) | Q(form__contains=word))
            .exclude(written="{}")
            .select_related("person__user", "programme__locale")
            .order_by("-created", "pk")
        )


def find_kept(user: User, pk: UUID) -> Said | None:
    """One's own request or offer that holds such answers, or None."""
    request = MentoringRequest.objects.of(user).select_related("person", "programme").filter(pk=pk).first()
    if request is not None:
        return request
    return MentorOffer.objects.filter(person__user=user, pk=pk).select_related("person", "programme").first()
