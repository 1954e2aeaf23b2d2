"""One word is one keyword, and lists stand in the order of the reader's language."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from taggit.models import Tag

from directory import keywords
from directory.forms.fields import country_choices
from foundation.l10n.collation import sort_key


@pytest.mark.django_db
def test_a_keyword_is_kept_as_it_was_first_written(django_assert_num_queries) -> None:
    Tag.objects.create(name="Übersicht", slug="a")
    Tag.objects.create(name="تعليم", slug="b")
    with django_assert_num_queries(1):
        found = keywords.as_known(
            [
                "U\u0308BERSICHT",
                "ｕｂｅｒｓｉｃｈｔ",
                "تَعْلِيم",
                "تعليـم",
                "Photo\u200bwalk",
                "PHOTOWALK",
                "\u202e",
                "й",
            ]
        )
    assert found == ["Übersicht", "تعليم", "Photowalk", "й"]


@pytest.mark.parametrize(("one", "other"), [("ا", "أ"), ("й", "и"), ("が", "か"), ("c", "c#")])
def test_marks_that_make_another_letter_make_another_keyword(one: str, other: str) -> None:
    assert keywords.key(one) != keywords.key(other)


@pytest.mark.parametrize(
    ("language", "in_order"),
    [
        ("fr", ["Égypte", "Équateur", "Espagne", "États-Unis", "Zambie"]),
        ("es", ["El Salvador", "Emiratos Árabes Unidos", "España", "México", "Zambia"]),
        ("ar", ["إثيوبيا", "أذربيجان", "الأردن", "تونس"]),
        ("en", ["Åland Islands", "Albania", "Zambia"]),
    ],
)
def test_countries_stand_in_the_order_of_the_reader_s_language(language: str, in_order: list[str]) -> None:
    with override(language):
        names = [name for code, name in country_choices() if code]
    named = [name for name in in_order if name in names]
    assert len(named) >= 3
    assert [name for name in names if name in named] == named


def test_a_letter_of_its_own_comes_after_the_one_it_looks_like() -> None:
    assert sorted(["ñu", "nz", "nandú", "o"], key=lambda word: sort_key(word, "es")) == [
        "nandú",
        "nz",
        "ñu",
        "o",
    ]
    assert sorted(["nz", "ñu"], key=lambda word: sort_key(word, "en")) == ["ñu", "nz"]
