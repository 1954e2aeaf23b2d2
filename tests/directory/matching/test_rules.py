"""When two sides fit, for every ranking alike."""

from __future__ import annotations

import pytest

from directory.matching import rules

TREE = {"events": (), "offline": ("events",), "routers": ("events", "offline"), "partners": ()}


@pytest.mark.parametrize(
    ("own", "wanted", "expected"),
    [
        ("offline", "offline", "exact"),
        ("routers", "offline", "narrower"),
        ("routers", "events", "narrower"),
        ("events", "routers", "broader"),
        ("offline", "routers", "broader"),
        ("partners", "offline", ""),
        ("unknown", "offline", ""),
    ],
)
def test_a_capacity_stands_to_a_wanted_one_by_the_tree(own: str, wanted: str, expected: str) -> None:
    assert rules.relation(own, wanted, lambda slug: TREE.get(slug, ())) == expected


def test_what_stands_beside_the_wanted_one_is_no_fit() -> None:
    tree = {**TREE, "online": ("events",)}
    assert rules.relation("online", "offline", tree.__getitem__) == ""


def test_what_both_name_is_in_our_order() -> None:
    assert rules.shared(("en", "fr", "ar"), ["ar", "sw", "en"]) == ("ar", "en")


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [((), ("ar",), True), (("ar",), (), True), (("ar", "fr"), ("fr",), True), (("ar",), ("fr",), False)],
)
def test_nothing_speaks_against_who_has_named_none(
    theirs: tuple[str, ...], ours: tuple[str, ...], expected: bool
) -> None:
    assert rules.agree(theirs, ours) is expected
