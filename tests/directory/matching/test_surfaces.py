"""What pages get: mixed, ranked, explained lists out of a real index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from directory.matching import answers_for_need, around, for_you, helpers_for, to_learn
from directory.models import Capacity, Person, PersonCapacity
from foundation.design.cards import Card
from foundation.kinds import registry
from tests.factories.directory import (
    ExchangeFactory,
    ListingFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db
Tree = dict[str, Capacity]
Put = Callable[..., None]
NOBODY = AnonymousUser()


def titles(cards: list[Card] | tuple[Card, ...]) -> list[str]:
    return [card.title for card in cards]


def helpers(*slugs: str, viewer: Any = NOBODY, **more: Any) -> list[str]:
    return titles(helpers_for(slugs, viewer=viewer, language="en", **more))


def test_who_can_help_stands_in_the_order_of_fit(tree: Tree, index: Index) -> None:
    for name, slug in (
        ("Neighbour", "donors"),
        ("Exact", "grants"),
        ("Broader", "fundraising"),
        ("Other", "gdpr"),
    ):
        PersonFactory(name=name, offers=[tree[slug]])
    index.drain()
    assert helpers("grants", limit=5) == ["Exact", "Broader"]
    assert helpers("fundraising", limit=5)[0] == "Broader"
    assert set(helpers("fundraising", limit=5)) == {"Broader", "Exact", "Neighbour"}


def test_a_shared_rare_language_lifts(tree: Tree, index: Index) -> None:
    for name, codes in (
        ("English", {"en": "native"}),
        ("Swahili", {"sw": "native"}),
        ("Japanese", {"ja": "native"}),
    ):
        PersonFactory(name=name, offers=[tree["grants"]], speaks=codes)
    reader = PersonFactory(speaks={"en": "fluent", "sw": "fluent"})
    index.drain()
    cards = helpers_for(["grants"], viewer=reader.user, language="en")
    assert titles(cards) == ["Swahili", "English"]
    assert cards[0].reason == "Because they can help with Grant writing and you both work in Swahili."
    # A stranger may know more languages than the page's.
    cards = helpers_for(["grants"], viewer=NOBODY, language="en")
    assert titles(cards)[0] == "English"
    assert len(cards) == 3


def test_nobody_is_suggested_who_rests_is_full_or_left_alone(tree: Tree, index: Index) -> None:
    grants = [tree["grants"]]
    PersonFactory(offers=grants, paused=True)
    PersonFactory(offers=grants, left_alone=True)
    PersonFactory(offers=grants, unlisted=True)
    full = PersonFactory(offers=grants, hours_a_month=1)
    ExchangeFactory(listing=None, asked_person=full, accepted=True)
    ListingFactory(person=full, capacities=grants)
    PersonFactory(name="Free", offers=grants)
    index.drain()
    assert helpers("grants") == ["Free"]
    need = ListingFactory(need=True, capacities=grants)
    (group,) = answers_for_need(need, viewer=NOBODY, language="en")
    assert titles(group.cards) == ["Free"]


def test_ones_own_things_are_never_suggested(tree: Tree, index: Index) -> None:
    me = PersonFactory(offers=[tree["grants"]], learns=[tree["grants"]])
    ListingFactory(person=me, capacities=[tree["grants"]])
    need = ListingFactory(person=me, need=True, capacities=[tree["grants"]])
    index.drain()
    assert helpers("grants", viewer=me.user) == []
    assert answers_for_need(need, viewer=me.user, language="en") == []
    assert for_you(me, language="en") == []
    # Nor to the owner of a need what they offer themself, whoever reads it.
    assert answers_for_need(need, viewer=NOBODY, language="en") == []


def test_who_looks_at_a_need_is_not_told_to_ask_themself(tree: Tree, index: Index) -> None:
    reader = PersonFactory(name="Reader", offers=[tree["grants"]])
    ListingFactory(person=reader, capacities=[tree["grants"]])
    need = ListingFactory(need=True, capacities=[tree["grants"]])
    index.drain()
    assert answers_for_need(need, viewer=reader.user, language="en") == []
    assert len(answers_for_need(need, viewer=NOBODY, language="en")) == 1


def test_the_load_is_spread(tree: Tree, index: Index) -> None:
    people = [PersonFactory(name=name, offers=[tree["grants"]], hours_a_month=20) for name in ("A", "B")]
    first = helpers("grants") if index.drain() else []
    popular = next(person for person in people if person.name == first[0])
    for _ in range(3):
        ExchangeFactory(listing=None, asked_person=popular)
    index.drain()
    assert helpers("grants") == first[::-1]


def test_answers_to_a_need_are_grouped_by_how_soon_they_help(tree: Tree, index: Index, learning: Put) -> None:
    organisation = OrganisationFactory(name="Sahel Circle", languages=["en"])
    ListingFactory(title="Reading of drafts", capacities=[tree["grants"]])
    ListingFactory(person=None, organisation=organisation, title="A template", capacities=[tree["grants"]])
    ListingFactory(grant=True, title="Small fund", capacities=[tree["grants"]])
    PersonFactory(name="Samira", offers=[tree["grants"]])
    index.drain()
    learning("lesson", "lesson-1", "grants")
    learning("recording", "recording-1", "grants")
    learning("course", "course-1", "grants")
    learning("mentor", "mentor-1", "grants", card={"owner": "person:somebody"})
    need = ListingFactory(need=True, title="Our first application", capacities=[tree["grants"]])
    groups = answers_for_need(need, viewer=NOBODY, language="en")
    assert [group.key for group in groups] == ["read", "watch", "ask", "join", "fund"]
    assert [group.side for group in groups] == ["learning", "learning", "people", "learning", "money"]
    asked = groups[2].cards
    assert {card.kind for card in asked} == {"person", "offer", "mentor"}
    assert [card.primary for card in asked] == [True, *[False] * (len(asked) - 1)]
    for group in groups:
        assert group.heading
        for card in group.cards:
            assert card.reason.startswith("Because")
            assert card.reason.endswith(".")
            assert card.action_label == str(registry.get(card.kind).action)
            assert card.action_url == card.url


def test_a_recording_opens_where_it_speaks_of_the_need(tree: Tree, index: Index, learning: Put) -> None:
    learning(
        "recording",
        "talk",
        "grants",
        passages=(
            (12, "Welcome to all of you."),
            (860, "Then the library had no internet, and the edit-a-thon went on."),
            (1400, "The library was kind."),
        ),
    )
    learning("recording", "other", "grants", passages=((30, "A library is a house."),))
    need = ListingFactory(
        need=True, title="Run an edit-a-thon in a library without internet", capacities=[tree["grants"]]
    )
    (group,) = answers_for_need(need, viewer=NOBODY, language="en")
    talk, other = group.cards
    assert (talk.action_label, talk.action_url) == ("Watch from 14:20", "/en/talk/?t=860")
    assert talk.reason == "Because it teaches Grant writing and speaks of this very thing."
    assert (other.action_label, other.action_url) == ("Watch", "/en/other/")
    assert group.hint == "Jump to the part that fits"


def test_the_moment_is_found_in_the_language_of_the_need_and_shown_in_the_readers(
    tree: Tree, index: Index, learning: Put
) -> None:
    learning(
        "recording", "talk", "grants", title="In English", passages=((860, "No internet in the library."),)
    )
    need = ListingFactory(
        need=True, title="A library without internet", language="en", capacities=[tree["grants"]]
    )
    (group,) = answers_for_need(need, viewer=NOBODY, language="es")
    # The moment is in English; whoever reads Spanish stays in their interface there.
    assert group.cards[0].action_url == "/es/talk/?t=860"


def test_words_help_where_capacities_find_little(tree: Tree, index: Index, learning: Put) -> None:
    learning("lesson", "press", "law", title="Writing a press release")
    learning("lesson", "novel", "law", title="Writing a novel")
    need = ListingFactory(need=True, title="Writing a press release", capacities=[tree["grants"]])
    (group,) = answers_for_need(need, viewer=NOBODY, language="en")
    assert titles(group.cards) == ["Writing a press release"]
    assert group.cards[0].reason == "Because its words fit what is asked."


def test_words_alone_answer_only_where_nothing_fits_in_any_group(
    tree: Tree, index: Index, learning: Put
) -> None:
    learning("recording", "recording-1", "gdpr", title="Grant writing for cats")
    samira = PersonFactory(name="Samira", offers=[tree["grants"]])
    need = ListingFactory(need=True, title="Grant writing for cats", capacities=[tree["grants"]])
    index.drain()
    groups = answers_for_need(need, viewer=NOBODY, language="en")
    assert [group.key for group in groups] == ["ask"]
    samira.listed = False
    samira.save()
    index.drain()
    groups = answers_for_need(need, viewer=NOBODY, language="en")
    assert [(group.key, titles(group.cards)) for group in groups] == [("watch", ["Grant writing for cats"])]


def test_who_only_pays_is_not_said_to_help(tree: Tree, index: Index) -> None:
    funder = OrganisationFactory(name="Funder", languages=["en"])
    ListingFactory(
        grant=True, person=None, organisation=funder, title="Small fund", capacities=[tree["grants"]]
    )
    helper = OrganisationFactory(name="Helper", languages=["en"])
    ListingFactory(person=None, organisation=helper, title="A template", capacities=[tree["grants"]])
    need = ListingFactory(need=True, capacities=[tree["grants"]])
    index.drain()
    assert helpers("grants") == ["Helper"]
    groups = {
        group.key: titles(group.cards) for group in answers_for_need(need, viewer=NOBODY, language="en")
    }
    assert groups == {"ask": ["A template"], "fund": ["Small fund"]}


def test_nobody_is_suggested_without_a_shared_language(tree: Tree, index: Index) -> None:
    PersonFactory(name="Lusophone", offers=[tree["grants"]], speaks={"pt": "native", "sw": "basic"})
    PersonFactory(name="Swahili", offers=[tree["grants"]], speaks={"sw": "fluent"})
    reader = PersonFactory(speaks={"sw": "native", "pt": "basic"})
    need = ListingFactory(need=True, person=reader, capacities=[tree["grants"]], languages=["sw"])
    index.drain()
    assert helpers("grants", viewer=reader.user) == ["Swahili"]
    (group,) = answers_for_need(need, viewer=NOBODY, language="en")
    assert titles(group.cards) == ["Swahili"]


def test_a_need_without_an_answer_has_no_groups(tree: Tree, index: Index) -> None:
    need = ListingFactory(need=True, title="?", capacities=[tree["gdpr"]])
    assert answers_for_need(need, viewer=NOBODY, language="en") == []
    assert answers_for_need(ListingFactory(need=True, title="Zz"), viewer=NOBODY, language="en") == []


def test_what_to_learn_mixes_kinds_and_leaves_out_what_is_shown(
    tree: Tree, index: Index, learning: Put
) -> None:
    for number in range(5):
        learning("lesson", f"lesson-{number}", "grants")
    learning("course", "course-1", "grants")
    cards = to_learn(["grants"], viewer=NOBODY, language="en", exclude=[("lesson", "lesson-0")])
    assert [card.kind for card in cards].count("course") == 1
    assert len(cards) == 4
    assert "A lesson called lesson-0" not in titles(cards)
    assert to_learn([], viewer=NOBODY, language="en") == []


def test_where_there_are_only_people_they_fill_the_list(tree: Tree, index: Index) -> None:
    PersonFactory.create_batch(6, offers=[tree["grants"]])
    index.drain()
    assert len(helpers("grants", limit=4)) == 4


def test_one_owner_appears_once(tree: Tree, index: Index, learning: Put) -> None:
    person = PersonFactory(name="Samira", offers=[tree["grants"]])
    index.drain()
    learning("mentor", "mentor-1", "grants", title="Samira", card={"owner": f"person:{person.pk}"})
    assert helpers("grants") == ["Samira"]


def test_around_is_both_lists_at_once(
    tree: Tree, index: Index, learning: Put, django_assert_max_num_queries: Any
) -> None:
    PersonFactory(name="Samira", offers=[tree["grants"]])
    index.drain()
    learning("lesson", "lesson-1", "grants")
    # Two for the taxonomy, one for how often people were asked, and for each list one for what waits for the index.
    with django_assert_max_num_queries(5):
        people, lessons = around(["grants"], viewer=NOBODY, language="en")
    assert (titles(people), titles(lessons)) == (["Samira"], ["A lesson called lesson-1"])
    assert around([], viewer=NOBODY, language="en") == ([], [])


def test_for_you_mixes_learning_people_and_needs(tree: Tree, index: Index, learning: Put) -> None:
    me = PersonFactory(learns=[tree["grants"]], offers=[tree["gdpr"]])
    PersonFactory(name="Samira", offers=[tree["grants"]])
    ListingFactory(need=True, title="GDPR for a small group", capacities=[tree["gdpr"]])
    index.drain()
    for number in range(4):
        # The newest fit less well, so that they only fill the rest.
        slug = "grants" if number < 2 else "donors"
        learning("lesson", f"lesson-{number}", slug, updated=timezone.now() - timedelta(hours=9 - number))
    cards = for_you(me, language="en")
    assert {card.kind for card in cards} >= {"lesson", "person", "need"}
    assert [card.kind for card in cards].count("lesson") <= 3
    assert len(cards) <= 6
    assert len({card.url for card in cards}) == len(cards)
    need = next(card for card in cards if card.kind == "need")
    assert (need.reason, need.action_label) == ("Because you can help with GDPR.", "I can help")


@pytest.mark.parametrize(
    "change", [{"leave_alone": True}, {"hours_a_month": 0}, {"paused_until": "2099-01-01"}]
)
def test_who_rests_or_is_full_is_shown_nobodys_need(tree: Tree, index: Index, change: dict[str, Any]) -> None:
    me = PersonFactory(offers=[tree["gdpr"]], **change)
    me.refresh_from_db()
    ListingFactory(need=True, capacities=[tree["gdpr"]])
    index.drain()
    assert [card for card in for_you(me, language="en") if card.kind == "need"] == []


def test_who_has_said_nothing_yet_is_shown_what_is_new_and_told_so(
    tree: Tree, index: Index, learning: Put
) -> None:
    newcomer = PersonFactory()
    assert for_you(newcomer, language="en") == []
    learning("lesson", "fresh", "grants")
    learning("lesson", "old", "law", updated=timezone.now() - timedelta(days=400))
    ListingFactory(title="An offer", capacities=[tree["grants"]])
    index.drain()
    cards = {card.title: card.reason for card in for_you(newcomer, language="en")}
    assert cards == {
        "An offer": "Because it is new here.",
        "A lesson called fresh": "Because it is new here.",
        "A lesson called old": "Because it is among the newest here.",
    }


def test_reasons_never_tell_what_somebody_hides(tree: Tree, index: Index) -> None:
    hidden = dict.fromkeys(Person.CHOOSABLE, "hidden")
    other = PersonFactory(
        name="Quiet",
        offers=[tree["grants"]],
        learns=[tree["gdpr"]],
        speaks={"en": "fluent", "sw": "native"},
        country="KE",
        visibility=hidden,
    )
    reader = PersonFactory(offers=[tree["gdpr"]], speaks={"sw": "native"}, country="KE")
    index.drain()
    (card,) = helpers_for(["grants"], viewer=reader.user, language="en")
    assert card.reason == "Because they can help with Grant writing."
    other.visibility = {}
    other.save()
    index.drain()
    (card,) = helpers_for(["grants"], viewer=reader.user, language="en")
    assert card.reason == ("Because you can help each other: they know Grant writing and want to learn GDPR.")


def test_evidence_is_quoted(tree: Tree, index: Index) -> None:
    PersonFactory(offers=[tree["grants"]])
    PersonCapacity.objects.get().person.save()
    PersonCapacity.objects.update(evidence="Won four grants.")
    index.rebuild()
    (card,) = helpers_for(["grants"], viewer=NOBODY, language="en")
    assert card.reason == "Because they can help with Grant writing: “Won four grants.”"


def test_sentences_and_names_follow_the_readers_language(tree: Tree, index: Index) -> None:
    PersonFactory(offers=[tree["fundraising"]], speaks={"es": "native"})
    index.drain()
    (card,) = helpers_for(["fundraising"], viewer=NOBODY, language="es")
    assert "Recaudación" in card.reason


def test_money_that_is_for_other_regions_is_left_out(tree: Tree, index: Index) -> None:
    ListingFactory(grant=True, title="Here", capacities=[tree["grants"]], regions=["SSA"])
    ListingFactory(grant=True, title="There", capacities=[tree["grants"]], regions=["LAC"])
    ListingFactory(grant=True, title="Anywhere", capacities=[tree["grants"]], country="DE")
    need = ListingFactory(need=True, capacities=[tree["grants"]], country="GH")
    index.drain()
    (group,) = answers_for_need(need, viewer=NOBODY, language="en")
    assert titles(group.cards) == ["Here", "Anywhere"]
    assert group.cards[0].reason == "Because it pays for Grant writing in this region: Sub-Saharan Africa."


def test_a_manager_reads_the_answers_as_the_one_who_seeks(tree: Tree, index: Index) -> None:
    organisation = OrganisationFactory()
    manager = MembershipFactory(organisation=organisation, manager=True).person
    need = ListingFactory(
        need=True, person=None, organisation=organisation, languages=["ar"], capacities=[tree["grants"]]
    )
    PersonFactory(offers=[tree["grants"]], speaks={"ar": "native"})
    index.drain()
    (group,) = answers_for_need(need, viewer=manager.user, language="en")
    assert group.cards[0].reason == "Because they can help with Grant writing and you both work in Arabic."
    (group,) = answers_for_need(need, viewer=NOBODY, language="en")
    assert group.cards[0].reason == "Because they can help with Grant writing and work in Arabic."


def test_without_an_index_there_is_nothing_and_no_error(tree: Tree, settings: Any, tmp_path: Any) -> None:
    settings.SEARCH_URL = "tantivy://"
    settings.INDEX_DIR = tmp_path / "none"
    person = PersonFactory(learns=[tree["grants"]], offers=[tree["gdpr"]])
    need = ListingFactory(need=True, capacities=[tree["grants"]])
    assert helpers("grants") == []
    assert to_learn(["grants"], viewer=person.user, language="en") == []
    assert answers_for_need(need, viewer=person.user, language="en") == []
    assert for_you(person, language="en") == []


def test_lists_cost_the_same_for_many(tree: Tree, index: Index, django_assert_max_num_queries: Any) -> None:
    me = PersonFactory(learns=[tree["grants"]], offers=[tree["gdpr"]])
    for _ in range(12):
        person = PersonFactory(offers=[tree["grants"]])
        ListingFactory(person=person, capacities=[tree["grants"]])
        ListingFactory(need=True, capacities=[tree["gdpr"]])
    need = ListingFactory(need=True, capacities=[tree["grants"]])
    index.drain()
    need = type(need).objects.with_all().get(pk=need.pk)
    with django_assert_max_num_queries(5):
        # Two for the taxonomy, the reader's person, how often people were asked, what waits for the index.
        assert answers_for_need(need, viewer=me.user, language="en")
    with django_assert_max_num_queries(7):
        # The same, with what the reader speaks and can do.
        assert helpers_for(["grants"], viewer=me.user, language="en")
    person = Person.objects.select_related("user").get(pk=me.pk)
    with django_assert_max_num_queries(9):
        # And the hours that are taken, for each source of them.
        assert for_you(person, language="en")
