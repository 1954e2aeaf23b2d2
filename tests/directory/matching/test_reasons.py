"""Every suggestion says why, in one true sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation
from django.utils.safestring import mark_safe

from directory.matching.reasons import SENTENCES, reason
from directory.matching.scoring import rescore
from directory.matching.seekers import Seeker, nearby
from directory.models import Capacity
from directory.taxonomy.labels import all_labels
from search.types import Hit

pytestmark = pytest.mark.django_db
Tree = dict[str, Capacity]
KIND = {"people": "person", "learning": "recording", "offers": "offer", "money": "grant", "needs": "need"}
SPOKEN = mark_safe("A <mark>grant</mark>.")

# (family, situation) -> (what the hit has, what the seeker has, the sentence).
EXAMPLES: dict[tuple[str, str], tuple[dict[str, Any], dict[str, Any], str]] = {
    ("people", "mutual"): (
        {"capacities": ("grants",), "card": {"learns": ["gdpr"]}},
        {"wanted": ("grants",), "gives": frozenset({"gdpr"}), "is_reader": True},
        "Because you can help each other: they know Grant writing and want to learn GDPR.",
    ),
    ("people", "evidence"): (
        {"capacities": ("gdpr", "grants"), "card": {"evidence": {"grants": "Won four\ngrants."}}},
        {"wanted": ("gdpr", "grants")},
        "Because they can help with Grant writing: “Won four grants.”",
    ),
    ("people", "both_language"): (
        {"capacities": ("grants",), "facets": {"language": ("en", "ar")}},
        {"wanted": ("grants",), "languages": ("en", "fr", "ar"), "speaks": ("ar",), "is_reader": True},
        "Because they can help with Grant writing and you both work in Arabic.",
    ),
    ("people", "language"): (
        {"capacities": ("grants",), "facets": {"language": ("ar",)}},
        {"wanted": ("grants",), "languages": ("ar",), "speaks": ("ar",)},
        "Because they can help with Grant writing and work in Arabic.",
    ),
    ("people", "country"): (
        {"capacities": ("grants",), "facets": {"language": ("en",), "country": ("MA",)}},
        {"wanted": ("grants",), "country": "MA", "is_reader": True},
        "Because they can help with Grant writing and are in Morocco too.",
    ),
    ("people", "near_zone"): (
        {"capacities": ("grants",), "card": {"timezone": "UTC"}},
        {"wanted": ("grants",), "timezone": "UTC", "is_reader": True},
        "Because they can help with Grant writing and live in nearly the same time zone.",
    ),
    ("people", "exact"): (
        {"capacities": ("grants",)},
        {"wanted": ("grants",)},
        "Because they can help with Grant writing.",
    ),
    ("people", "narrower"): (
        {"capacities": ("grants",)},
        {"wanted": ("gdpr", "fundraising")},
        "Because they can help with Grant writing, a part of Fundraising.",
    ),
    ("people", "broader"): (
        {"capacities": ("fundraising",)},
        {"wanted": ("gdpr", "grants")},
        "Because they can help with Fundraising, to which Grant writing belongs.",
    ),
    ("learning", "passage"): (
        {"capacities": ("grants",), "passage": (860.0, SPOKEN)},
        {"wanted": ("grants",)},
        "Because it teaches Grant writing and speaks of this very thing.",
    ),
    ("learning", "both_language"): (
        {"capacities": ("grants",), "facets": {"language": ("fr",)}},
        {"wanted": ("grants",), "languages": ("fr",), "speaks": ("fr",), "is_reader": True},
        "Because it teaches Grant writing and you can take it in French.",
    ),
    ("learning", "language"): (
        {"capacities": ("grants",), "facets": {"language": ("fr",)}},
        {"wanted": ("grants",), "languages": ("fr",)},
        "Because it teaches Grant writing and exists in French.",
    ),
    ("learning", "exact"): (
        {"capacities": ("grants",)},
        {"wanted": ("grants",)},
        "Because it teaches Grant writing.",
    ),
    ("learning", "narrower"): (
        {"capacities": ("grants",)},
        {"wanted": ("fundraising",)},
        "Because it teaches Grant writing, a part of Fundraising.",
    ),
    ("learning", "broader"): (
        {"capacities": ("fundraising",)},
        {"wanted": ("grants",)},
        "Because it teaches Fundraising, to which Grant writing belongs.",
    ),
    ("offers", "both_language"): (
        {"capacities": ("grants",), "facets": {"language": ("sw",)}},
        {"wanted": ("grants",), "languages": ("sw",), "speaks": ("sw",), "is_reader": True},
        "Because it is about Grant writing and offered in Swahili, in which you work.",
    ),
    ("offers", "language"): (
        {"capacities": ("grants",), "facets": {"language": ("sw",)}},
        {"wanted": ("grants",), "languages": ("sw",)},
        "Because it is about Grant writing and offered in Swahili.",
    ),
    ("offers", "country"): (
        {"capacities": ("grants",), "facets": {"language": ("en",), "country": ("GH",)}},
        {"wanted": ("grants",), "country": "GH"},
        "Because it is about Grant writing and comes from Ghana.",
    ),
    ("offers", "exact"): (
        {"capacities": ("grants",)},
        {"wanted": ("grants",)},
        "Because it is about Grant writing.",
    ),
    ("offers", "narrower"): (
        {"capacities": ("grants",)},
        {"wanted": ("fundraising",)},
        "Because it is about Grant writing, a part of Fundraising.",
    ),
    ("offers", "broader"): (
        {"capacities": ("fundraising",)},
        {"wanted": ("grants",)},
        "Because it is about Fundraising, to which Grant writing belongs.",
    ),
    ("money", "region"): (
        {"capacities": ("grants",), "card": {"open_to": ["SSA"]}},
        {"wanted": ("grants",), "regions": ("SSA",)},
        "Because it pays for Grant writing in this region: Sub-Saharan Africa.",
    ),
    ("money", "exact"): (
        {"capacities": ("grants",)},
        {"wanted": ("grants",)},
        "Because it pays for Grant writing.",
    ),
    ("money", "narrower"): (
        {"capacities": ("grants",)},
        {"wanted": ("fundraising",)},
        "Because it pays for Grant writing, a part of Fundraising.",
    ),
    ("money", "broader"): (
        {"capacities": ("fundraising",)},
        {"wanted": ("grants",)},
        "Because it pays for Fundraising, to which Grant writing belongs.",
    ),
    ("needs", "both_language"): (
        {"capacities": ("grants",), "facets": {"language": ("ar",)}},
        {"wanted": ("grants",), "languages": ("ar",), "speaks": ("ar",), "is_reader": True},
        "Because you can help with Grant writing and they work in Arabic too.",
    ),
    ("needs", "exact"): (
        {"capacities": ("grants",)},
        {"wanted": ("grants",)},
        "Because you can help with Grant writing.",
    ),
    ("needs", "narrower"): (
        {"capacities": ("grants",)},
        {"wanted": ("fundraising",)},
        "Because you can help with Fundraising, and this is a part of it.",
    ),
    ("needs", "broader"): (
        {"capacities": ("fundraising",)},
        {"wanted": ("grants",)},
        "Because you can help with Grant writing, a part of what they need.",
    ),
}


def hit(kind: str, **fields: Any) -> Hit:
    fields = {"facets": {"language": ("en",)}, "card": {}} | fields
    return Hit(kind=kind, id="1", url="/", title="", summary="", language="en", **fields)


def seeker(**fields: Any) -> Seeker:
    labels = all_labels()
    return Seeker(
        **{"languages": ("en",), "near": nearby(fields["wanted"], labels), "labels": labels} | fields
    )


def why(found: Hit, who: Seeker, language: str = "en") -> str:
    with translation.override(language):
        return reason(rescore([found], who)[0], who, language)


@pytest.mark.parametrize("key", SENTENCES, ids=" ".join)
def test_each_sentence_is_said_where_it_is_true(tree: Tree, key: tuple[str, str]) -> None:
    has, wants, sentence = EXAMPLES[key]
    assert why(hit(KIND[key[0]], **has), seeker(**wants)) == sentence


def test_names_are_in_the_language_of_the_reader(tree: Tree) -> None:
    assert "Recaudación" in why(
        hit("lesson", capacities=("fundraising",)), seeker(wanted=("fundraising",)), "es"
    )


def test_found_by_words_alone_says_so(tree: Tree) -> None:
    assert (
        why(hit("lesson", capacities=("gdpr",)), seeker(wanted=("grants",)))
        == "Because its words fit what is asked."
    )


def test_nothing_says_you_to_somebody_who_does_not_seek_it(tree: Tree) -> None:
    """A need is read by others than its owner."""
    facets = {"language": ("ar", "en"), "country": ("MA",), "region": ("MENA",)}
    for kind in KIND.values():
        if kind == "need":
            continue
        found = hit(
            kind, capacities=("grants",), facets=facets, card={"timezone": "UTC", "open_to": ["MENA"]}
        )
        who = seeker(
            wanted=("grants",),
            languages=("ar",),
            speaks=("ar",),
            country="MA",
            regions=("MENA",),
            timezone="UTC",
        )
        for languages in (("ar",), ("en",)):
            sentence = why(found, replace(who, languages=languages))
            assert " you" not in sentence, sentence
            assert "too" not in sentence


def test_the_language_of_the_page_is_not_said_to_be_the_readers(tree: Tree) -> None:
    found = hit("lesson", capacities=("grants",), facets={"language": ("fr",)})
    who = seeker(wanted=("grants",), languages=("de", "fr"), speaks=("de",), is_reader=True)
    assert why(found, who) == "Because it teaches Grant writing and exists in French."


def test_where_somebody_lives_is_not_whom_their_money_is_for(tree: Tree) -> None:
    found = hit("grant", capacities=("grants",), facets={"language": ("en",), "region": ("NWE",)})
    assert why(found, seeker(wanted=("grants",), regions=("NWE",))) == "Because it pays for Grant writing."
