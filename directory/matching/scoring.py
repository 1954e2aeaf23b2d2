"""How well something answers a seeker: named parts, each with its weight and the reason for it."""

from __future__ import annotations

import zoneinfo
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from directory.matching.seekers import Seeker
from directory.models import Exchange
from search.port import Hit

# One table. A part counts once, with this weight.
WEIGHTS = {
    "exact": 3.0,  # it names the very capacity that is wanted
    "narrower": 2.2,  # it names a part of what is wanted
    "near": 1.0,  # it belongs to the same larger capacity
    "evidence": 0.8,  # somebody said what shows it
    "mutual": 1.0,  # learning is a two-way street
    "language": 1.2,  # a shared language other than English is rarer and worth more
    "english": 0.7,
    "country": 0.6,
    "region": 0.4,
    "near_zone": 0.4,  # at most two hours apart
    "format": 0.3,
    "fresh": 0.4,  # confirmed in the last 90 days
    "asked_often": -0.35,  # each time asked in the last 30 days, at most four: spread the load
    "no_language": -2.0,  # people who share no language cannot help each other
    "words": 0.5,  # the words fit, in the order the index gave
}
PEOPLE = {"person", "mentor"}
TALKING = {"person", "mentor", "organisation", "offer"}
FRESH_DAYS = 90
BUSY_DAYS = 30


@dataclass(frozen=True)
class Match:
    """One hit with the parts that speak for it. `fits` are the capacities that fit best."""

    hit: Hit
    parts: Mapping[str, float]
    fits: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    mutual: tuple[str, ...] = field(default=())

    @property
    def score(self) -> float:
        """The sum of the parts. Never shown to anybody."""
        return sum(self.parts.values())


def rescore(hits: Sequence[Hit], seeker: Seeker) -> list[Match]:
    """All hits with their parts, best first. One query, for how often people were asked lately."""
    busy = asked_lately(hits)
    matches = [_match(hit, seeker, busy, place / max(1, len(hits))) for place, hit in enumerate(hits)]
    return sorted(matches, key=lambda match: (-match.score, match.hit.kind, match.hit.id))


def asked_lately(hits: Iterable[Hit]) -> Counter[str]:
    """How often each owner ("person:<id>") was asked in the last 30 days."""
    owners = {str(hit.card.get("owner", "")) for hit in hits if hit.kind in TALKING}
    ids = [owner.partition(":")[2] for owner in owners if owner.startswith("person:")]
    if not ids:
        return Counter()
    rows = Exchange.objects.filter(created__gte=timezone.now() - timedelta(days=BUSY_DAYS)).filter(
        Q(asked_person__in=ids) | Q(listing__person__in=ids, listing__direction="offer")
    )
    return Counter(
        f"person:{asked or owner}"
        for asked, owner in rows.values_list("asked_person_id", "listing__person_id")
    )


def _match(hit: Hit, seeker: Seeker, busy: Counter[str], place: float) -> Match:
    parts: dict[str, float] = {"words": WEIGHTS["words"] * (1 - place)}
    fits = _capacity_parts(hit, seeker, parts)
    shared = _language_parts(hit, seeker, parts)
    _place_parts(hit, seeker, parts)
    mutual = tuple(slug for slug in _strings(hit.card.get("learns")) if slug in seeker.gives)
    if mutual:
        parts["mutual"] = WEIGHTS["mutual"]
    evidence = hit.card.get("evidence") or {}
    if any(slug in evidence for slug in fits):
        parts["evidence"] = WEIGHTS["evidence"]
    if seeker.formats and set(seeker.formats) & set(hit.facets.get("format", ())):
        parts["format"] = WEIGHTS["format"]
    if hit.confirmed and (timezone.localdate() - hit.confirmed).days <= FRESH_DAYS:
        parts["fresh"] = WEIGHTS["fresh"]
    times = min(4, busy[str(hit.card.get("owner", ""))])
    if times:
        parts["asked_often"] = WEIGHTS["asked_often"] * times
    return Match(hit, parts, fits, shared, mutual)


def _capacity_parts(hit: Hit, seeker: Seeker, parts: dict[str, float]) -> tuple[str, ...]:
    exact = tuple(slug for slug in seeker.wanted if slug in hit.capacities)
    if exact:
        parts["exact"] = WEIGHTS["exact"] * (1 + 0.2 * (len(exact) - 1))
        return exact
    inside = tuple(
        slug
        for slug in hit.capacities
        if any(wanted in seeker.labels.above(slug) for wanted in seeker.wanted)
    )
    if inside:
        parts["narrower"] = WEIGHTS["narrower"]
        return inside
    beside = tuple(
        slug for slug in hit.capacities if {slug, *seeker.labels.above(slug)} & {*seeker.near, *seeker.wanted}
    )
    if beside:
        parts["near"] = WEIGHTS["near"]
    return beside


def _language_parts(hit: Hit, seeker: Seeker, parts: dict[str, float]) -> tuple[str, ...]:
    theirs = hit.facets.get("language", ())
    shared = tuple(code for code in seeker.languages if code in theirs)
    if any(code != "en" for code in shared):
        parts["language"] = WEIGHTS["language"]
    elif shared:
        parts["english"] = WEIGHTS["english"]
    elif theirs and seeker.languages and hit.kind in TALKING:
        parts["no_language"] = WEIGHTS["no_language"]
    return shared


def _place_parts(hit: Hit, seeker: Seeker, parts: dict[str, float]) -> None:
    if seeker.country and seeker.country in hit.facets.get("country", ()):
        parts["country"] = WEIGHTS["country"]
    elif seeker.region and seeker.region in hit.facets.get("region", ()):
        parts["region"] = WEIGHTS["region"]
    theirs = str(hit.card.get("timezone") or "")
    if hit.kind in PEOPLE and seeker.timezone and theirs and abs(hours_apart(seeker.timezone, theirs)) <= 2:
        parts["near_zone"] = WEIGHTS["near_zone"]


def hours_apart(one: str, other: str) -> float:
    """Hours between two IANA time zones now; 24 where one is unknown."""
    now = datetime.now(tz=timezone.get_fixed_timezone(0))
    try:
        first = now.astimezone(zoneinfo.ZoneInfo(one)).utcoffset()
        second = now.astimezone(zoneinfo.ZoneInfo(other)).utcoffset()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return 24.0
    if first is None or second is None:
        return 24.0
    apart = abs((first - second).total_seconds()) / 3600
    return min(apart, 24 - apart)


def diversify(matches: Sequence[Match], limit: int, *, per_owner: int = 1, per_kind: int = 99) -> list[Match]:
    """The best, but not always the same: at most so many of one owner and of one kind."""
    owners: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    chosen: list[Match] = []
    for match in matches:
        owner = str(match.hit.card.get("owner") or f"{match.hit.kind}:{match.hit.id}")
        if owners[owner] >= per_owner or kinds[match.hit.kind] >= per_kind:
            continue
        owners[owner] += 1
        kinds[match.hit.kind] += 1
        chosen.append(match)
        if len(chosen) == limit:
            break
    return chosen


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()
