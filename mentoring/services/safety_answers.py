"""Taking back an answer that was given in trust."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.workflow.errors import TransitionError
from mentoring.models import MentoringRequest, MentorOffer
from mentoring.safety_answers import trusted_answers
from mentoring.services.requests import log_change


@transaction.atomic
def erase_answer(said: MentoringRequest | MentorOffer, question_id: str, *, by: User) -> None:
    """Erases one answer that only a safety team was meant to read, at any time, for good.

    Erasing twice is erasing once. Raises TransitionError for anybody but its writer, and for other answers.
    """
    rows: Any = type(said)._default_manager.select_for_update(of=("self",))
    locked = rows.select_related("person", "programme").get(pk=said.pk)
    if locked.person.user_id != by.pk:
        raise TransitionError(_("You may not do this."))
    if question_id not in locked.answers:
        return
    if question_id not in {answer.question_id for answer in trusted_answers(locked)}:
        raise TransitionError(_("This answer is changed in your request, not here."))
    answers = dict(locked.answers)
    del answers[question_id]
    locked.answers = said.answers = answers
    locked.save(update_fields=["answers"])
    if isinstance(locked, MentoringRequest):
        log_change(locked, by)
