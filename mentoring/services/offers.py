"""Becoming a mentor, resting, stopping."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Capacity, Person
from foundation.accounts.models import User
from foundation.workflow.errors import TransitionError
from foundation.workflow.services import start, transition_locked
from mentoring.flows import OFFER
from mentoring.form_schema import Question, pack
from mentoring.models import MentoringProgrammePage, MentorOffer
from mentoring.services.exclusions import keep_apart

LONGEST_REST = datetime.timedelta(days=365)


@transaction.atomic
def save_offer(
    person: Person,
    programme: MentoringProgrammePage,
    *,
    capacities: Iterable[Capacity],
    questions: Iterable[Question] = (),
    values: Mapping[str, Any] | None = None,
    not_with: Iterable[Person] | None = None,
    not_with_words: str = "",
    **fields: Any,
) -> MentorOffer:
    """Makes or changes a person's offer in a programme; an ended one is taken up again.

    `fields`: languages, formats, hours_a_month, max_pairs, contact. `not_with`: whom they do not want to meet, where
    that is said at the same time, and `not_with_words` those who are in no list. Hours beyond what the profile says
    raise the profile, or the offer would promise what the rest of the site denies.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    offers = MentorOffer.objects.select_for_update().filter(person=locked, programme=programme.canonical)
    offer = offers.first() or MentorOffer(person=locked, programme=programme.canonical, state=OFFER.initial)
    for name, value in fields.items():
        setattr(offer, name, value)
    offer.answers = dict(offer.answers)
    for question in questions:
        if values is not None and question.id in values:
            offer.answers[question.id] = pack(question, values[question.id])
    if offer._state.adding:
        offer.save()
        start(offer, by=person.user, role="mentor")
    elif offer.is_active:
        offer.save()
    else:
        transition_locked(offer, "take_up", by=person.user, also_save=(*fields, "answers", "updated"))
    offer.capacities.set(capacities)
    if locked.hours_a_month < offer.hours_a_month:
        locked.hours_a_month = offer.hours_a_month
        locked.save(update_fields=["hours_a_month", "updated"])
    if not_with is not None:
        keep_apart(offer, not_with, not_with_words, by=person.user)
    return offer


def _own(offer: MentorOffer, by: User) -> None:
    if not offer.is_of(by):
        raise TransitionError(_("You may not do this."))


def pause_offer(offer: MentorOffer, until: datetime.date, *, by: User) -> None:
    """Rests until a day, at most a year ahead. Open pairs go on; nothing new is asked."""
    _own(offer, by)
    today = timezone.localdate()
    if until < today or until > today + LONGEST_REST:
        raise TransitionError(_("Choose a day between today and a year from now."))
    offer.pause_until = until
    offer.save(update_fields=["pause_until", "updated"])


def resume_offer(offer: MentorOffer, *, by: User) -> None:
    """Ends the rest."""
    _own(offer, by)
    offer.pause_until = None
    offer.save(update_fields=["pause_until", "updated"])


@transaction.atomic
def end_offer(offer: MentorOffer, *, by: User) -> None:
    """Stops mentoring in this programme. Open pairs go on. Stopping twice is stopping once."""
    row = MentorOffer.objects.select_for_update().get(pk=offer.pk)
    _own(row, by)
    if row.is_active:
        transition_locked(row, "end", by=by, also_save=("updated",))
    offer.follow(row)
