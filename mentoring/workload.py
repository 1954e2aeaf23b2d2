"""How much of their time mentors have given away, and whether there is room for one more."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory import bandwidth
from mentoring.flows import PAIRING
from mentoring.models import MentorOffer, Pairing, Proposal

# A mentor answers at most so many questions at a time.
MOST_LIVE_PROPOSALS = 2


@dataclass(frozen=True)
class Load:
    """What one offer carries: open pairs, their hours a month, questions that wait for an answer, the hours
    a month that the person has left over everything they do, and when the last pair ended."""

    pairs: int = 0
    hours: int = 0
    asked: int = 0
    free: float = 0.0
    last_end: datetime.datetime | None = None


def register() -> None:
    """Counts mentoring among what takes people's hours."""
    bandwidth.register_provider(hours_in_pairs)
    bandwidth.follow(Pairing, lambda row: [row.mentor_id])


def hours_in_pairs(person_ids: Iterable[UUID]) -> dict[UUID, float]:
    """Hours a month that each of these people gives to open pairs, over all programmes. One query."""
    rows = (
        Pairing.objects.open()
        .filter(mentor_id__in=list(person_ids))
        .order_by()
        .values_list("mentor_id")
        .annotate(total=Sum("hours_a_month"))
    )
    return {mentor_id: float(total or 0) for mentor_id, total in rows}


def loads(offers: Iterable[MentorOffer], asked: Mapping[UUID, int] | None = None) -> dict[UUID, Load]:
    """What each of these offers carries, in a fixed number of queries. Persons must be loaded.

    `asked` is how many questions wait for each, from somebody who has counted them already.
    """
    listed = list(offers)
    ids = [offer.pk for offer in listed]
    standing = Q(state__in=PAIRING.open_states())
    pairs = {
        offer_id: (count, total or 0, last)
        for offer_id, count, total, last in Pairing.objects.filter(offer_id__in=ids)
        .order_by()
        .values_list("offer_id")
        .annotate(
            count=Count("id", filter=standing),
            total=Sum("hours_a_month", filter=standing),
            last=Max("ended_at"),
        )
    }
    if asked is None:
        asked = dict(
            Proposal.objects.live()
            .filter(offer_id__in=ids)
            .order_by()
            .values_list("offer_id")
            .annotate(count=Count("id"))
        )
    free = bandwidth.hours_free({offer.person_id: offer.person for offer in listed}.values())
    found = {}
    for offer in listed:
        count, total, last = pairs.get(offer.pk, (0, 0, None))
        found[offer.pk] = Load(count, total, asked.get(offer.pk, 0), free[offer.person_id], last)
    return found


def has_no_room(offer: MentorOffer, load: Load, needed: int) -> bool:
    """Whether this offer cannot take one more pair of `needed` hours a month."""
    return load.pairs >= offer.max_pairs or load.hours + needed > offer.hours_a_month or load.free < needed


def lack_of_room(offer: MentorOffer, load: Load, needed: int) -> str:
    """Why this offer cannot take one more pair of `needed` hours a month; nothing where it can."""
    if load.pairs >= offer.max_pairs:
        return _("Has as many people as they wish (%(pairs)s of %(most)s).") % {
            "pairs": load.pairs,
            "most": offer.max_pairs,
        }
    if load.hours + needed > offer.hours_a_month:
        sentence = ngettext(
            "Has %(left)s of %(total)s hour a month left, and a pair takes %(needed)s.",
            "Has %(left)s of %(total)s hours a month left, and a pair takes %(needed)s.",
            offer.hours_a_month,
        )
        return sentence % {
            "left": max(offer.hours_a_month - load.hours, 0),
            "total": offer.hours_a_month,
            "needed": needed,
        }
    if load.free < needed:
        return _("Has no hours left beside what they do elsewhere.")
    return ""
