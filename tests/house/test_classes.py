"""The names of style classes, measured as `python -m tests.house.classes` tells."""

from __future__ import annotations

import pytest

from tests.house.classes import (
    WORDS,
    class_attributes,
    names_in,
    styled,
    too_short,
    used_in_markup,
    without_style,
    without_use,
)


@pytest.mark.parametrize(
    ("markup", "values"),
    [
        ('<p class="small quiet">', ["small quiet"]),
        ('<p class="{% if a == "b" %}now{% endif %} row">', ['{% if a == "b" %}now{% endif %} row']),
        ('{"template": "<i class=\\"mark\\">"}', ["mark"]),
        ('<p data-class="no">', []),
    ],
)
def test_a_class_attribute_is_read_with_its_template_tags(markup, values):
    assert list(class_attributes(markup)) == values


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("face organisation", ["face", "organisation"]),
        ('<p class="reason">{}', ["reason"]),
        ("A sentence, with a row of words.", []),
        ("one two three four five", []),
    ],
)
def test_a_string_speaks_of_classes_only_where_it_holds_nothing_else(text, names):
    assert names_in(text) == names


def test_there_are_styles_and_they_are_worn():
    assert len(styled()) > 200
    assert {"card", "button", "container"} <= set(used_in_markup())


def test_no_class_is_so_short_that_it_must_be_guessed():
    assert too_short() == set()


def test_the_short_words_that_may_stay_are_in_use():
    assert WORDS - set(styled()) == set()


def test_no_style_is_without_a_use():
    assert without_use() == {}


def test_no_template_wears_a_class_without_a_style():
    assert without_style() == {}
