"""What pages ask for: answers to a need, who can help, what to learn, what is for you."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.bandwidth import hours_free
from directory.kinds import PERSON
from directory.matching.reasons import reason
from directory.matching.retrieval import groups_by_words, matching, matching_groups
from directory.matching.scoring import Match, diversify
from directory.matching.seekers import Seeker, seeker_for, seeker_of_need, seeker_of_person, slugs_of
from directory.models import Listing, Person, PersonCapacity
from directory.taxonomy.labels import known_labels
from foundation.design.cards import Card
from foundation.kinds import registry
from foundation.kinds.constants import Answer, Family
from foundation.l10n.times import clock
from search.api import find
from search.cards import card_from_hit
from search.types import Hit, Query

if TYPE_CHECKING:
    from django.utils.functional import Promise

    Label = str | Promise

LATELY_DAYS = 30
MOST_OF_A_KIND = 3  # in what is shown for one person, where what is new fills the rest


@dataclass(frozen=True)
class AnswerGroup:
    """Answers that help equally soon: a heading, a hint, the side of the house it belongs to, cards."""

    key: str
    heading: str
    hint: str
    side: str
    cards: tuple[Card, ...]


# (group, heading, hint, side, how many); which kinds are in it, each kind says.
GROUPS: tuple[tuple[Answer, Label, Label, str, int], ...] = (
    (Answer.READ, gettext_lazy("Read now"), gettext_lazy("Starts in a minute"), "learning", 2),
    (Answer.WATCH, gettext_lazy("Watch now"), gettext_lazy("Whenever it suits you"), "learning", 2),
    (
        Answer.ASK,
        gettext_lazy("Ask someone"),
        gettext_lazy("People who have said they can help"),
        "people",
        5,
    ),
    (Answer.JOIN, gettext_lazy("Join a course"), gettext_lazy("With a group, on set dates"), "learning", 2),
    (Answer.FUND, gettext_lazy("Get funded"), gettext_lazy("Money for this"), "money", 2),
)


def answers_for_need(listing: Listing, *, viewer: Any, language: str) -> list[AnswerGroup]:
    """The one mixed list that answers a need, grouped by how soon each part helps. Empty groups are left out.

    What only shares words with the need is shown where nothing fits by capacity in any group.
    """
    seeker = seeker_of_need(listing, viewer=viewer, labels=known_labels())
    kinds = [registry.answering(answer) for answer, *_shown in GROUPS]
    matches = matching_groups(seeker, kinds, language=language)
    if not any(matches):
        matches = groups_by_words(seeker, kinds, language=language)
    return _answers(matches, seeker, language)


def _answers(found: Sequence[Sequence[Match]], seeker: Seeker, language: str) -> list[AnswerGroup]:
    groups = []
    for (answer, heading, hint, side, limit), matches in zip(GROUPS, found, strict=True):
        chosen = diversify(matches, limit, per_kind=3 if answer == Answer.ASK else limit, fill=True)
        if not chosen:
            continue
        if any(match.hit.passage for match in chosen):
            hint = _("Jump to the part that fits")
        cards = [to_card(match, seeker, language) for match in chosen]
        if answer == Answer.ASK:
            # One thing on the page stands out: the person or offer that fits best.
            cards[0] = replace(cards[0], primary=True)
        groups.append(AnswerGroup(answer, str(heading), str(hint), side, tuple(cards)))
    return groups


def helpers_for(
    capacity_slugs: Iterable[str],
    *,
    viewer: Any,
    language: str,
    exclude: Iterable[tuple[str, str]] = (),
    limit: int = 4,
) -> list[Card]:
    """People, organisations and mentors who can help with some capacities."""
    return _about(registry.names_of(Family.PEOPLE), capacity_slugs, viewer, language, exclude, limit)


def to_learn(
    capacity_slugs: Iterable[str],
    *,
    viewer: Any,
    language: str,
    exclude: Iterable[tuple[str, str]] = (),
    limit: int = 4,
) -> list[Card]:
    """Lessons, recordings and courses that teach some capacities."""
    return _about(registry.names_of(Family.LEARNING), capacity_slugs, viewer, language, exclude, limit)


def around(
    capacity_slugs: Iterable[str],
    *,
    viewer: Any,
    language: str,
    exclude: Iterable[tuple[str, str]] = (),
    reader: Person | None = None,
    helpers: int = 3,
    lessons: int = 2,
) -> tuple[list[Card], list[Card]]:
    """Both `helpers_for` and `to_learn`, with what they need read only once.

    `reader` is the viewer's person where the page has it already (from `seekers.reader_of`).
    """
    wanted = tuple(capacity_slugs)
    if not wanted:
        return [], []
    labels = known_labels()
    if reader is not None:
        seeker = seeker_of_person(reader, wanted, language=language, labels=labels, exclude=exclude)
    else:
        seeker = seeker_for(wanted, viewer=viewer, language=language, labels=labels, exclude=exclude)
    helping, learning = registry.names_of(Family.PEOPLE), registry.names_of(Family.LEARNING)
    return _cards(seeker, helping, language, helpers), _cards(seeker, learning, language, lessons)


def _about(
    kinds: tuple[str, ...],
    slugs: Iterable[str],
    viewer: Any,
    language: str,
    exclude: Iterable[tuple[str, str]],
    limit: int,
) -> list[Card]:
    """Cards of some kinds about some capacities; nothing for no capacities."""
    wanted = tuple(slugs)
    if not wanted:
        return []
    seeker = seeker_for(wanted, viewer=viewer, language=language, labels=known_labels(), exclude=exclude)
    return _cards(seeker, kinds, language, limit)


def _cards(seeker: Seeker, kinds: tuple[str, ...], language: str, limit: int) -> list[Card]:
    chosen = diversify(
        matching(seeker, kinds, language=language), limit, per_kind=max(2, limit - 1), fill=True
    )
    return [to_card(match, seeker, language) for match in chosen]


def for_you(person: Person, *, language: str, limit: int = 6, free: float | None = None) -> list[Card]:
    """What a person may want to see now: what teaches or helps with what they want to learn, and needs that
    they can meet, if they have time. Who has said nothing yet is shown what is new, and told so.

    `free` is what `hours_free` answered for them, where that has been asked already."""
    prefetch_related_objects([person], "languages", "capacities")
    labels = known_labels()
    slugs = slugs_of(person, labels)
    learns, offers = slugs[PersonCapacity.Side.LEARNS], slugs[PersonCapacity.Side.OFFERS]
    mixed: list[Card] = []
    if learns:
        seeker = seeker_of_person(person, learns, language=language, labels=labels)
        kinds = registry.names_of(Family.LEARNING, Family.PEOPLE, Family.OFFERS)
        wanted = matching(seeker, kinds, language=language)
        mixed += [to_card(match, seeker, language) for match in diversify(wanted, limit, per_kind=2)]
    if offers and _may_be_asked(person, free):
        seeker = seeker_of_person(person, offers, language=language, labels=labels)
        needs = diversify(matching(seeker, registry.names_of(Family.NEEDS), language=language), 2)
        # After the best two: helping is half of the exchange, and easily overlooked at the end.
        mixed[2:2] = [to_card(match, seeker, language) for match in needs]
    if len(mixed) < limit:
        seen, kinds_there = {card.url for card in mixed}, Counter(card.kind for card in mixed)
        for card in _new_here(person, language):
            if card.url not in seen and kinds_there[card.kind] < MOST_OF_A_KIND:
                mixed.append(card)
                kinds_there[card.kind] += 1
    return mixed[:limit]


def _may_be_asked(person: Person, free: float | None) -> bool:
    """Whether to show somebody what others need: not to those who rest or have given all their hours."""
    if person.leave_alone or person.is_paused:
        return False
    return (hours_free([person])[person.pk] if free is None else free) > 0


def to_card(match: Match, seeker: Seeker, language: str) -> Card:
    """The card of a match, with its reason and what one can do."""
    hit = match.hit
    card = card_from_hit(hit, reason=reason(match, seeker, language), language=language)
    kind = registry.get(hit.kind)
    label = str(kind.action)
    if kind.action_at and hit.passage is not None:
        label = str(kind.action_at) % {"time": clock(hit.passage[0])}
    return replace(card, action_label=label, action_url=card.url)


def _new_here(person: Person, language: str) -> list[Card]:
    """What was added or changed last, with an honest reason; two of a kind, one of an owner, nothing own."""
    query = Query(
        language=language,
        kinds=registry.names_of(Family.LEARNING, Family.OFFERS),
        sort="recent",
        exclude=frozenset({(PERSON.name, str(person.pk))}),
    )
    own = f"person:{person.pk}"
    found = [Match(hit, {}) for hit in find(query).hits if hit.available and hit.card.get("owner") != own]
    since = timezone.now() - timedelta(days=LATELY_DAYS)
    cards = []
    for match in diversify(found, 12, per_kind=2):
        hit = match.hit
        why = (
            _("Because it is new here.") if _is_new(hit, since) else _("Because it is among the newest here.")
        )
        card = card_from_hit(hit, reason=why, language=language)
        cards.append(replace(card, action_label=str(registry.get(hit.kind).action), action_url=card.url))
    return cards


def _is_new(hit: Hit, since: datetime) -> bool:
    return hit.updated is not None and hit.updated >= since
