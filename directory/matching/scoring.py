"""How well something answers a seeker: named parts, each with its weight and the reason for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from directory.constants import Direction, Format
from directory.matching import rules
from directory.matching.seekers import Seeker
from directory.models import Exchange
from foundation.kinds import registry
from foundation.kinds.constants import Family
from foundation.l10n.times import hours_apart
from search.types import Hit

# One table. A part counts once, with this weight.
WEIGHTS = {
    "exact": 3.0,  # it names the very capacity that is wanted
    "narrower": 2.2,  # it names a part of what is wanted
    "broader": 1.5,  # it names what the wanted one is a part of
    "evidence": 0.8,  # somebody said what shows it
    "mutual": 1.0,  # learning is a two-way street
    "language": 1.2,  # a shared language other than English is rarer and worth more
    "english": 0.7,
    "country": 0.6,
    "region": 0.4,
    "near_zone": 0.4,  # at most two hours apart
    "format": 0.3,
    "no_format": -0.4,  # they help in other ways than the one that is asked for
    "far": -1.5,  # only a visit would do, and they live in another region
    "not_open": -20.0,  # it is for other regions: nothing outweighs that
    "fresh": 0.4,  # confirmed in the last 90 days
    "asked_often": -0.35,  # each time asked in the last 30 days, at most four: spread the load
    "other_language": -2.0,  # not in the language of the page, and no more is known of the reader
    "words": 0.5,  # the words fit, in the order the index gave
    "passage": 0.6,  # the very words are said in it
}
HELPING = (Family.PEOPLE, Family.OFFERS)
# Where two people have to understand each other.
TALKING = (*HELPING, Family.NEEDS)
FITS = ("exact", "narrower", "broader")
FRESH_DAYS = 90
BUSY_DAYS = 30
MOST_BUSY = 4
NEAR_ZONE_HOURS = 2


@dataclass(frozen=True)
class Match:
    """One hit with the parts that speak for it. `fits` are the capacities that fit best."""

    hit: Hit
    parts: Mapping[str, float]
    fits: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    mutual: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """The sum of the parts. Never shown to anybody."""
        return sum(self.parts.values())

    @property
    def owner(self) -> str:
        """Who stands behind it, or the thing itself."""
        return str(self.hit.card.get("owner") or f"{self.hit.kind}:{self.hit.id}")


def family_of(hit: Hit) -> Family | None:
    """The family of a hit's kind, by which most rules go."""
    return registry.get(hit.kind).family


def rescore(hits: Sequence[Hit], seeker: Seeker) -> list[Match]:
    """All hits with their parts, best first. One query, for how often people were asked lately."""
    (matches,) = rescore_groups([hits], seeker)
    return matches


def rescore_groups(groups: Sequence[Sequence[Hit]], seeker: Seeker) -> list[list[Match]]:
    """The same for several groups of hits, each in the order of the index, with one query for all of them."""
    busy = asked_lately(hit for group in groups for hit in group)
    return [_rescored(group, seeker, busy) for group in groups]


def _rescored(hits: Sequence[Hit], seeker: Seeker, busy: Counter[str]) -> list[Match]:
    matches = [_match(hit, seeker, busy, place / len(hits)) for place, hit in enumerate(hits)]
    return sorted(matches, key=lambda match: (-match.score, match.hit.kind, match.hit.id))


def asked_lately(hits: Iterable[Hit]) -> Counter[str]:
    """How often each owner ("person:<id>", "organisation:<id>") was asked in the last 30 days."""
    owners = {str(hit.card.get("owner") or "").partition(":") for hit in hits if family_of(hit) in HELPING}
    people = [UUID(pk) for kind, _colon, pk in owners if kind == "person" and _is_uuid(pk)]
    organisations = [int(pk) for kind, _colon, pk in owners if kind == "organisation" and pk.isdecimal()]
    if not people and not organisations:
        return Counter()
    columns = ("pk", "asked_person_id", "listing__person_id", "listing__organisation_id")
    lately = Exchange.objects.filter(created__gte=timezone.now() - timedelta(days=BUSY_DAYS)).order_by()
    offers = lately.filter(listing__direction=Direction.OFFER)
    # One lookup by index for each kind of owner, in one statement; no exchange is in two of them.
    ways = [
        lately.filter(asked_person__in=people),
        offers.filter(listing__person__in=people),
        offers.filter(listing__organisation__in=organisations),
    ]
    first, *others = (way.values_list(*columns) for way in ways)
    return Counter(
        f"person:{asked or person}" if asked or person else f"organisation:{organisation}"
        for _pk, asked, person, organisation in first.union(*others, all=True)
    )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _match(hit: Hit, seeker: Seeker, busy: Counter[str], place: float) -> Match:
    parts: dict[str, float] = {"words": WEIGHTS["words"] * (1 - place)}
    fits = _capacity_parts(hit, seeker, parts)
    shared = _language_parts(hit, seeker, parts)
    _place_parts(hit, seeker, parts)
    _format_parts(hit, seeker, parts)
    mutual = tuple(slug for slug in _strings(hit.card.get("learns")) if slug in seeker.gives)
    if mutual:
        parts["mutual"] = WEIGHTS["mutual"]
    evidence = hit.card.get("evidence") or {}
    if any(slug in evidence for slug in fits):
        parts["evidence"] = WEIGHTS["evidence"]
    if hit.passage is not None:
        parts["passage"] = WEIGHTS["passage"]
    if hit.confirmed and (timezone.localdate() - hit.confirmed).days <= FRESH_DAYS:
        parts["fresh"] = WEIGHTS["fresh"]
    times = min(MOST_BUSY, busy[str(hit.card.get("owner") or "")])
    if times and family_of(hit) in HELPING:
        parts["asked_often"] = WEIGHTS["asked_often"] * times
    return Match(hit, parts, fits, shared, mutual)


def _capacity_parts(hit: Hit, seeker: Seeker, parts: dict[str, float]) -> tuple[str, ...]:
    """Only the best fit counts, so that many loose ones do not outweigh the right one.

    What merely stands beside the wanted one in the tree is no fit: who writes to donors cannot therefore keep
    books. Nor is what an organisation only pays for something it can help with.
    """
    above, wanted = seeker.labels.above, seeker.wanted
    pays = _strings(hit.card.get("pays"))
    theirs = tuple(slug for slug in hit.capacities if slug not in pays)
    fits: dict[str, tuple[str, ...]] = {
        "exact": rules.shared(theirs, wanted),
        "narrower": tuple(
            slug for slug in theirs if any(rules.relation(slug, want, above) == "narrower" for want in wanted)
        ),
        "broader": rules.shared(seeker.near, theirs),  # but for the roots of the tree, which say too little
    }
    for name in FITS:
        if fits[name]:
            # Two of the wanted ones are better than one, but not twice as good.
            more = 0.2 * (len(fits[name]) - 1) if name == "exact" else 0
            parts[name] = WEIGHTS[name] * (1 + more)
            return fits[name]
    return ()


def is_about(hit: Hit, seeker: Seeker) -> bool:
    """Whether something fits what is wanted by its capacities."""
    return bool(_capacity_parts(hit, seeker, {}))


def can_talk(hit: Hit, seeker: Seeker) -> bool:
    """Whether the two share a language to work in. Where one of them has said none, nothing speaks against it."""
    theirs = hit.facets.get("language", ())
    return family_of(hit) not in TALKING or rules.agree(theirs, seeker.speaks)


def _language_parts(hit: Hit, seeker: Seeker, parts: dict[str, float]) -> tuple[str, ...]:
    theirs = hit.facets.get("language", ())
    shared = rules.shared(theirs, seeker.languages_with(family_of(hit) in TALKING))
    if any(code != "en" for code in shared):
        parts["language"] = WEIGHTS["language"]
    elif shared:
        parts["english"] = WEIGHTS["english"]
    elif theirs and seeker.languages and family_of(hit) in TALKING:
        parts["other_language"] = WEIGHTS["other_language"]
    return shared


def _place_parts(hit: Hit, seeker: Seeker, parts: dict[str, float]) -> None:
    open_to = _strings(hit.card.get("open_to"))
    if seeker.country and seeker.country in hit.facets.get("country", ()):
        parts["country"] = WEIGHTS["country"]
    if not {*seeker.regions}.isdisjoint(open_to or hit.facets.get("region", ())):
        parts["region"] = WEIGHTS["region"]
    elif open_to and seeker.regions and family_of(hit) in (Family.OFFERS, Family.MONEY):
        parts["not_open"] = WEIGHTS["not_open"]
    is_person = registry.get(hit.kind).personal
    apart = hours_apart(seeker.timezone, str(hit.card.get("timezone") or "")) if is_person else None
    if apart is not None and apart <= NEAR_ZONE_HOURS:
        parts["near_zone"] = WEIGHTS["near_zone"]


def _format_parts(hit: Hit, seeker: Seeker, parts: dict[str, float]) -> None:
    """Whether they help in a way that is asked for; for a visit they must also be within reach."""
    theirs = hit.facets.get("format", ())
    if not seeker.formats or not theirs or family_of(hit) not in HELPING:
        return
    common = {*rules.shared(theirs, seeker.formats)}
    if not common:
        parts["no_format"] = WEIGHTS["no_format"]
        return
    parts["format"] = WEIGHTS["format"]
    home = {*hit.facets.get("region", ())}
    if common == {Format.VISIT.value} and home and seeker.regions and home.isdisjoint(seeker.regions):
        parts["far"] = WEIGHTS["far"]


def diversify(
    matches: Sequence[Match], limit: int, *, per_owner: int = 1, per_kind: int = 99, fill: bool = False
) -> list[Match]:
    """The best, but not always the same: at most so many of one owner and of one kind.

    `fill` takes more of a kind at the end where others leave places empty.
    """
    owners: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    chosen: list[Match] = []
    passed_over: list[Match] = []
    for match in matches:
        if len(chosen) >= limit:
            break
        if owners[match.owner] >= per_owner:
            continue
        if kinds[match.hit.kind] >= per_kind:
            passed_over.append(match)
            continue
        owners[match.owner] += 1
        kinds[match.hit.kind] += 1
        chosen.append(match)
    if fill and passed_over and len(chosen) < limit:
        left = [match for match in passed_over if owners[match.owner] < per_owner]
        chosen += diversify(left, limit - len(chosen), per_owner=per_owner)
    return chosen


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()
