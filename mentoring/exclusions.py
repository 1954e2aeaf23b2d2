"""The hard rule that two people are not brought together: whoever of the two said so, and after a pair was
closed for safety. Ranking, proposals and the answer to a proposal all ask here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from directory.models import Person
from mentoring.models import MentoringRequest, MentorOffer, Pairing
from mentoring.models.exclusion import is_named, names_of


@dataclass(frozen=True)
class PairBefore:
    """An earlier pair of a request, or one of the same person that was closed for safety."""

    request_id: UUID
    state: str
    mentee_id: UUID
    mentor_id: UUID | None


def pairs_before(request: MentoringRequest) -> list[PairBefore]:
    """All of them, in one query."""
    closed = Q(state="closed_by_safety")
    me = Q(mentee=request.person_id) | Q(mentor=request.person_id)
    rows = Pairing.objects.filter(Q(request=request) | (closed & me)).order_by()
    return [PairBefore(*row) for row in rows.values_list("request_id", "state", "mentee_id", "mentor_id")]


def kept_apart(
    request: MentoringRequest, offers: Iterable[MentorOffer], before: Iterable[PairBefore] | None = None
) -> set[UUID]:
    """Keys of the offers whose mentors must not meet this mentee. At most three queries; accounts must be loaded.

    `before` is what `pairs_before` answered, from somebody who has asked already.
    """
    listed = list(offers)
    ids = [offer.pk for offer in listed]
    named = {person.pk for person in request.not_with.all()}
    naming = set(
        MentorOffer.not_with.through._default_manager.filter(
            mentoroffer_id__in=ids, person_id=request.person_id
        ).values_list("mentoroffer_id", flat=True)
        if request.person_id is not None
        else ()
    )
    pairs = pairs_before(request) if before is None else before
    unsafe = {
        key for pair in pairs if pair.state == "closed_by_safety" for key in (pair.mentee_id, pair.mentor_id)
    }
    mentee = names_of(request.person) if request.person is not None else ()
    return {
        offer.pk
        for offer in listed
        if offer.pk in naming
        or offer.person_id in named
        or (offer.person_id in unsafe and offer.person_id != request.person_id)
        or is_named(request.not_with_words, names_of(offer.person))
        or is_named(offer.not_with_words, mentee)
    }


def are_apart(request: MentoringRequest, offer: MentorOffer) -> bool:
    """The same for one mentor."""
    return bool(kept_apart(request, [offer]))


def hidden_from(user: Any, model: type[MentoringRequest | MentorOffer] = MentoringRequest) -> set[UUID]:
    """Keys of the requests (or offers) whose writers do not want this account near: not even as a coordinator does
    it learn of them. One query."""
    manager: Any = model._default_manager
    named = model.not_with.through._default_manager.filter(
        **{f"{model._meta.model_name}_id": OuterRef("pk"), "person__user": user}
    )
    own_name = Person.objects.filter(user=user).values("name")[:1]
    rows = (
        manager.annotate(is_named=Exists(named), own_name=Subquery(own_name))
        .filter(Q(is_named=True) | ~Q(not_with_words=""))
        .order_by()
        .values_list("pk", "is_named", "not_with_words", "own_name")
    )
    return {
        pk
        for pk, by_key, words, name in rows
        if by_key or is_named(words, (name or "", user.name, user.wikimedia_name))
    }
