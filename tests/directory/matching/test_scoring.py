"""What counts, how much, and that nobody is asked too often."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.matching.scoring import FITS, Match, can_talk, diversify, rescore
from directory.matching.seekers import Seeker, nearby, seeker_of_need
from directory.models import Capacity, Exchange
from directory.taxonomy.labels import all_labels
from foundation.kinds import registry
from search.types import Hit
from tests.factories.directory import (
    ExchangeFactory,
    ListingFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
Tree = dict[str, Capacity]


def hit(kind: str = "person", id: str = "1", *slugs: str, **fields: Any) -> Hit:
    facets = {"language": ("en",), **fields.pop("facets", {})}
    card = {"owner": f"person:{id}", **fields.pop("card", {})}
    return Hit(
        kind=kind, id=id, url="/", title=id, summary="", language="en", facets=facets, card=card,
        capacities=slugs, **fields,
    )  # fmt: skip


def seeker(*wanted: str, **fields: Any) -> Seeker:
    labels = all_labels()
    values = {"languages": ("en",), "near": nearby(wanted, labels), "labels": labels}
    return Seeker(wanted=wanted, **values | fields)


def parts(hit: Hit, who: Seeker) -> set[str]:
    return set(rescore([hit], who)[0].parts)


def order(hits: list[Hit], who: Seeker) -> list[str]:
    return [match.hit.id for match in rescore(hits, who)]


def owner(number: int) -> dict[str, str]:
    return {"owner": f"x:{number}"}


def test_the_very_thing_beats_a_part_beats_the_whole(tree: Tree) -> None:
    hits = [
        hit("lesson", "3-broader", "fundraising"),
        hit("lesson", "1-exact", "grants"),
    ]
    assert order(hits, seeker("grants")) == ["1-exact", "3-broader"]
    hits = [hit("lesson", "2-narrower", "grants"), hit("lesson", "1-exact", "fundraising")]
    assert order(hits, seeker("fundraising")) == ["1-exact", "2-narrower"]
    assert parts(hit("lesson", "5", "accounts"), seeker("grants")).isdisjoint(FITS)
    assert parts(hit("lesson", "6", "money"), seeker("grants")).isdisjoint(FITS)


def test_a_neighbour_in_the_tree_is_no_fit(tree: Tree) -> None:
    assert parts(hit("lesson", "7", "donors"), seeker("grants")).isdisjoint(FITS)


def test_an_organisation_does_not_help_with_what_it_only_pays_for(tree: Tree) -> None:
    card = {"pays": ["grants"]}
    assert parts(hit("organisation", "8", "grants", card=card), seeker("grants")).isdisjoint(FITS)
    assert "exact" in parts(hit("organisation", "9", "grants", "donors", card=card), seeker("donors"))


def test_a_shared_language_that_is_rare_lifts_and_without_one_nobody_is_suggested(tree: Tree) -> None:
    def speaking(id: str, *codes: str) -> Hit:
        return hit("person", id, "grants", facets={"language": codes})

    who = seeker("grants", languages=("en", "ar"), speaks=("en", "ar"))
    assert order([speaking("2", "en"), speaking("3", "pt"), speaking("1", "ar")], who) == ["1", "2", "3"]
    assert not can_talk(speaking("3", "pt"), who)
    assert can_talk(speaking("4"), who), "Who says nothing of languages is not left out."
    # What the page is written in is not what its reader works in.
    reader = seeker("grants", languages=("ar", "en"), speaks=("ar",))
    assert not can_talk(speaking("2", "en"), reader)
    assert rescore([speaking("2", "en")], reader)[0].shared == ()
    # A lesson is read, not talked with.
    assert can_talk(hit("lesson", "5", "grants", facets={"language": ("pt",)}), reader)
    # Of a stranger we know only the language of the page: that is no reason to hide somebody.
    assert rescore([speaking("3", "pt")], seeker("grants"))[0].score > 0


def test_who_was_asked_often_lately_comes_later(tree: Tree) -> None:
    asked, rested = PersonFactory(offers=[tree["grants"]]), PersonFactory(offers=[tree["grants"]])
    for _ in range(2):
        ExchangeFactory(listing=None, asked_person=asked)
    hits = [hit("person", str(asked.pk), "grants"), hit("person", str(rested.pk), "grants")]
    assert order(hits, seeker("grants")) == [str(rested.pk), str(asked.pk)]
    Exchange.objects.update(created=timezone.now() - timedelta(days=31))
    assert order(hits, seeker("grants")) == [str(asked.pk), str(rested.pk)]


def test_organisations_are_spared_as_well(tree: Tree) -> None:
    organisation = OrganisationFactory()
    offer = ListingFactory(person=None, organisation=organisation)
    ExchangeFactory(listing=offer)
    one = hit("offer", "1", "grants", card={"owner": f"organisation:{organisation.pk}"})
    assert "asked_often" in parts(one, seeker("grants"))


def test_saying_that_one_can_help_is_not_being_asked(tree: Tree) -> None:
    need = ListingFactory(need=True)
    ExchangeFactory(listing=need)
    assert "asked_often" not in parts(hit("person", str(need.person_id), "grants"), seeker("grants"))


def test_evidence_freshness_and_mutual_help_count(tree: Tree) -> None:
    today = timezone.localdate()
    found = hit(
        "person",
        "1",
        "grants",
        confirmed=today,
        card={"evidence": {"grants": "Won four."}, "learns": ["gdpr"]},
    )
    assert {"evidence", "fresh", "mutual"} <= parts(found, seeker("grants", gives=frozenset({"gdpr"})))
    stale = hit(
        "person", "1", "grants", confirmed=today - timedelta(days=91), card={"evidence": {"law": "Yes."}}
    )
    assert {"evidence", "fresh", "mutual"}.isdisjoint(parts(stale, seeker("grants")))


def test_places_count(tree: Tree) -> None:
    def living(country: str, region: str) -> Hit:
        return hit("person", country, "grants", facets={"country": (country,), "region": (region,)})

    who = seeker("grants", country="MA", regions=("MENA",))
    assert order([living("FR", "NWE"), living("EG", "MENA"), living("MA", "MENA")], who) == ["MA", "EG", "FR"]


def test_time_zones_count_where_both_are_known(tree: Tree) -> None:
    near = hit("person", "1", "grants", card={"timezone": "Europe/Berlin"})
    who = seeker("grants", timezone="Africa/Lagos")
    assert "near_zone" in parts(near, who)
    assert "near_zone" not in parts(hit("person", "1", "grants", card={"timezone": "Asia/Tokyo"}), who)
    assert "near_zone" not in parts(hit("person", "1", "grants", card={"timezone": ""}), who)
    assert "near_zone" not in parts(near, seeker("grants"))


def test_a_visit_must_be_within_reach(tree: Tree) -> None:
    def helping(region: str, *formats: str) -> Hit:
        return hit("offer", region, "grants", facets={"format": formats, "region": (region,)})

    who = seeker("grants", formats=("visit",), regions=("SSA",))
    assert "far" in parts(helping("NA", "visit", "live"), who)
    assert "format" in parts(helping("SSA", "visit"), who)
    assert "no_format" in parts(helping("SSA", "text"), who)
    assert "far" not in parts(
        helping("NA", "visit", "live"), seeker("grants", formats=("visit", "live"), regions=("SSA",))
    )
    assert order([helping("NA", "visit"), helping("SSA", "visit")], who) == ["SSA", "NA"]


def test_money_for_other_regions_is_no_answer(tree: Tree) -> None:
    who = seeker("grants", regions=("SSA",))
    elsewhere = hit("grant", "1", "grants", facets={"region": ("LAC",)}, card={"open_to": ["LAC"]})
    assert rescore([elsewhere], who)[0].score < 0
    # A grant without a region is for anywhere, wherever it comes from.
    anywhere = hit(
        "grant", "2", "grants", facets={"region": ("NWE",), "country": ("DE",)}, card={"open_to": []}
    )
    assert rescore([anywhere], who)[0].score > 0


def test_one_owner_appears_once_and_kinds_take_turns(tree: Tree) -> None:
    hits = [hit("person", "1", "grants"), hit("mentor", "2", "grants", card={"owner": "person:1"})]
    hits += [hit("offer", str(number), "grants", card=owner(number)) for number in range(5)]
    chosen = diversify(rescore(hits, seeker("grants")), 6, per_kind=3)
    owners = [match.owner for match in chosen]
    assert len(owners) == len(set(owners))
    assert [match.hit.kind for match in chosen].count("offer") == 3


def test_a_need_is_known_by_what_everybody_may_see(tree: Tree) -> None:
    person = PersonFactory(country="MA", visibility={"country": "hidden", "timezone": "members"})
    need = ListingFactory(need=True, person=person, languages=["ar"], capacities=[tree["grants"]])
    who = seeker_of_need(need, viewer=person.user, labels=all_labels())
    assert (who.country, who.regions, who.timezone) == ("", (), "")
    assert (who.is_reader, who.languages, who.wanted) == (True, ("ar",), ("grants",))
    person.visibility = {}
    who = seeker_of_need(need, viewer=None, labels=all_labels())
    assert (who.country, who.regions, who.timezone, who.is_reader) == ("MA", ("MENA",), "UTC", False)
    need.regions = ["SSA", "SA"]
    assert seeker_of_need(need, viewer=None, labels=all_labels()).regions == ("SSA", "SA")


def test_a_need_of_an_organisation_is_where_the_organisation_is(tree: Tree) -> None:
    organisation = OrganisationFactory(country="BR", region="LAC")
    need = ListingFactory(need=True, person=None, organisation=organisation)
    reader = PersonFactory()
    who = seeker_of_need(need, viewer=reader.user, labels=all_labels())
    assert (who.country, who.regions) == ("BR", ("LAC",))
    assert who.owners == {f"organisation:{organisation.pk}", f"person:{reader.pk}"}
    manager = MembershipFactory(organisation=organisation, manager=True).person
    assert seeker_of_need(need, viewer=manager.user, labels=all_labels()).is_reader


SLUGS = ("money", "fundraising", "grants", "donors", "law", "unknown")
CODES = ("en", "ar", "fr", "")


@st.composite
def any_hit(draw: Callable[..., Any]) -> Hit:
    some = st.lists(st.sampled_from(SLUGS), max_size=3).map(tuple)
    codes = st.lists(st.sampled_from(CODES), max_size=3).map(tuple)
    card = st.fixed_dictionaries(
        {},
        optional={
            "owner": st.sampled_from(["person:x", "organisation:", "", None, "odd"]),
            "learns": st.none() | st.lists(st.sampled_from(SLUGS)),
            "evidence": st.none() | st.just({"grants": "Yes."}),
            "timezone": st.sampled_from(["UTC", "Asia/Tokyo", "x", None]),
            "open_to": st.none() | st.lists(st.sampled_from(["SSA", "SA"])),
        },
    )
    return Hit(
        kind=draw(st.sampled_from(registry.names())), id=str(draw(st.integers(0, 9))), url="/", title="", summary="",
        language="en", capacities=draw(some), facets={"language": draw(codes), "format": draw(codes)},
        card={**draw(card), **({"owner": "none:1"} if draw(st.booleans()) else {})},
        confirmed=draw(st.none() | st.dates()), available=draw(st.booleans()),
    )  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(any_hit(), max_size=12),
    st.lists(st.sampled_from(SLUGS), max_size=3),
    st.integers(-1, 8),
    st.integers(0, 3),
)
def test_whatever_the_index_says_scores_are_numbers_and_choices_bounded(
    tree: Tree, hits: list[Hit], wanted: list[str], limit: int, per_kind: int
) -> None:
    who = seeker(
        *dict.fromkeys(wanted), languages=("en", "ar"), regions=("SSA",), timezone="UTC", formats=("en",)
    )
    matches = rescore(hits, who)
    assert len(matches) == len(hits)
    assert all(math.isfinite(match.score) for match in matches)
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)
    chosen: list[Match] = diversify(matches, limit, per_kind=per_kind)
    assert len(chosen) <= max(0, limit)
    assert len({match.owner for match in chosen}) == len(chosen)
    kinds = [match.hit.kind for match in chosen]
    assert all(kinds.count(kind) <= per_kind for kind in kinds)
