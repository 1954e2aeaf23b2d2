"""What pages ask for: answers to a need, who can help, what to learn, what is for you."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from search.cards import card_from_hit

from directory.capacities.labels import Labels, all_labels
from directory.matching.reasons import reason
from directory.matching.scoring import Match, diversify, rescore
from directory.matching.seekers import Seeker, seeker_for, seeker_of_need, slugs_of
from directory.models import Listing, Person, PersonCapacity
from exchange.design.cards import Card
from search.port import Hit, Query
from search.services import find

if TYPE_CHECKING:
    from django.utils.functional import Promise

    Label = str | Promise

RETRIEVED = 60
HELPING = ("person", "organisation", "mentor")
LEARNING = ("lesson", "recording", "course")
ACTIONS: dict[str, Label] = {
    "lesson": gettext_lazy("Open the lesson"),
    "recording": gettext_lazy("Watch"),
    "course": gettext_lazy("See the course"),
    "person": gettext_lazy("Ask"),
    "organisation": gettext_lazy("See what they offer"),
    "offer": gettext_lazy("Ask for this"),
    "mentor": gettext_lazy("Request a mentor"),
    "grant": gettext_lazy("See how to apply"),
    "need": gettext_lazy("I can help"),
}


@dataclass(frozen=True)
class AnswerGroup:
    """Answers that help equally soon: a heading, a hint, the side of the house it belongs to, cards."""

    key: str
    heading: str
    hint: str
    side: str
    cards: tuple[Card, ...]


# (key, heading, hint, side, kinds, how many)
GROUPS: tuple[tuple[str, Label, Label, str, tuple[str, ...], int], ...] = (
    ("read", gettext_lazy("Read now"), gettext_lazy("Starts in a minute"), "learning", ("lesson",), 2),
    (
        "watch",
        gettext_lazy("Watch now"),
        gettext_lazy("Jump to the part that fits"),
        "learning",
        ("recording",),
        2,
    ),
    (
        "ask",
        gettext_lazy("Ask someone"),
        gettext_lazy("People who have said they can help"),
        "people",
        ("person", "offer", "mentor", "organisation"),
        5,
    ),
    (
        "join",
        gettext_lazy("Join a course"),
        gettext_lazy("With a group, on set dates"),
        "learning",
        ("course",),
        2,
    ),
    ("fund", gettext_lazy("Get funded"), gettext_lazy("Money for this"), "money", ("grant",), 2),
)


def answers_for_need(listing: Listing, *, viewer: Any, language: str) -> list[AnswerGroup]:
    """The one mixed list that answers a need, grouped by how soon each part helps. Empty groups are left out."""
    labels = all_labels()
    seeker = seeker_of_need(listing, viewer=viewer, labels=labels)
    groups = []
    for key, heading, hint, side, kinds, limit in GROUPS:
        matches = matching(seeker, kinds, language=language)
        chosen = diversify(matches, limit, per_kind=3 if key == "ask" else limit)
        if chosen:
            cards = tuple(to_card(match, seeker, language) for match in chosen)
            groups.append(AnswerGroup(key, str(heading), str(hint), side, cards))
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
    seeker = seeker_for(
        capacity_slugs, viewer=viewer, language=language, labels=all_labels(), exclude=exclude
    )
    chosen = diversify(matching(seeker, HELPING, language=language), limit, per_kind=max(2, limit - 1))
    return [to_card(match, seeker, language) for match in chosen]


def to_learn(
    capacity_slugs: Iterable[str],
    *,
    viewer: Any,
    language: str,
    exclude: Iterable[tuple[str, str]] = (),
    limit: int = 4,
) -> list[Card]:
    """Lessons, recordings and courses that teach some capacities."""
    seeker = seeker_for(
        capacity_slugs, viewer=viewer, language=language, labels=all_labels(), exclude=exclude
    )
    chosen = diversify(matching(seeker, LEARNING, language=language), limit, per_kind=max(2, limit - 1))
    return [to_card(match, seeker, language) for match in chosen]


def for_you(person: Person, *, language: str, limit: int = 6) -> list[Card]:
    """What a person may want to see now: what teaches or helps with what they want to learn, and needs that
    they can meet. Who has said nothing yet is shown what is new, and told so."""
    labels = all_labels()
    slugs = slugs_of(person, labels)
    learns, offers = slugs[PersonCapacity.Side.LEARNS], slugs[PersonCapacity.Side.OFFERS]
    mixed: list[Card] = []
    if learns:
        seeker = seeker_for(learns, viewer=person.user, language=language, labels=labels)
        wanted = matching(seeker, (*LEARNING, *HELPING, "offer"), language=language)
        mixed += [to_card(match, seeker, language) for match in diversify(wanted, limit, per_kind=2)]
    if offers and not person.leave_alone:
        seeker = seeker_for(offers, viewer=person.user, language=language, labels=labels)
        needs = [match for match in matching(seeker, ("need",), language=language) if not _own(match, seeker)]
        cards = [to_card(match, seeker, language) for match in diversify(needs, 2)]
        mixed[2:2] = cards
    seen = {card.url for card in mixed}
    if len(mixed) < limit:
        mixed += [card for card in _new_here(labels, language, person) if card.url not in seen]
    return mixed[:limit]


def matching(seeker: Seeker, kinds: Sequence[str], *, language: str) -> list[Match]:
    """Retrieved and rescored, best first, without what belongs to the seeker and without people who are full."""
    weights = {**dict.fromkeys(seeker.near, 0.5), **dict.fromkeys(seeker.wanted, 3.0)}
    hits: list[Hit] = []
    if weights:
        should: dict[str, dict[str, float]] = {"capacity": weights}
        if seeker.languages:
            should["language"] = dict.fromkeys(seeker.languages, 0.3)
        query = Query(
            language=language,
            kinds=tuple(kinds),
            should=should,
            exclude=seeker.exclude,
            limit=RETRIEVED,
        )
        hits = [hit for hit in find(query).hits if _fits(hit, seeker)]
    if seeker.text and len(hits) < 3:
        words = Query(
            text=seeker.text,
            language=language,
            kinds=tuple(kinds),
            exclude=seeker.exclude,
            limit=5,
            match="best",
        )
        known = {(hit.kind, hit.id) for hit in hits}
        hits += [hit for hit in find(words).hits if (hit.kind, hit.id) not in known]
    people_have_time = [hit for hit in hits if hit.available or hit.kind not in (*HELPING, "offer")]
    matches = rescore(people_have_time, seeker)
    return [match for match in matches if match.score > 0 and not _own(match, seeker)]


def _fits(hit: Hit, seeker: Seeker) -> bool:
    """Whether it is about what is wanted at all: a shared language alone is no answer."""
    return bool({*hit.capacities, *hit.broader} & {*seeker.wanted, *seeker.near})


def _own(match: Match, seeker: Seeker) -> bool:
    return bool(seeker.owner) and match.hit.card.get("owner") == seeker.owner


def to_card(match: Match, seeker: Seeker, language: str) -> Card:
    """The card of a match, with its reason and what one can do."""
    hit = match.hit
    card = card_from_hit(hit, reason=reason(match, seeker, language), language=language)
    label, url = ACTIONS.get(hit.kind, gettext_lazy("Open")), card.url
    if hit.kind == "recording" and hit.passage is not None:
        seconds = int(hit.passage[0])
        label = _("Watch from %(time)s") % {"time": f"{seconds // 60}:{seconds % 60:02d}"}
        url = f"{card.url}?t={seconds}"
    return replace(card, action_label=str(label), action_url=url)


def _new_here(labels: Labels, language: str, person: Person) -> list[Card]:
    """What was added lately, with an honest reason."""
    own = frozenset({("person", str(person.pk))})
    found = find(
        Query(language=language, kinds=("lesson", "recording", "course", "offer"), sort="recent", exclude=own)
    )
    cards = []
    for hit in found.hits:
        if hit.card.get("owner") == f"person:{person.pk}":
            continue
        card = card_from_hit(hit, reason=_("Because it is new here."), language=language)
        cards.append(replace(card, action_label=str(ACTIONS.get(hit.kind, _("Open"))), action_url=card.url))
    return cards

