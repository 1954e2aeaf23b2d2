"""Words in a row take the comma of the reader's script."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

from foundation.l10n.lists import in_a_row


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "a, b"), ("ar", "a، b"), ("fa", "a، b"), ("zh-hans", "a、b"), ("fr-ca", "a, b")],
)
def test_the_comma_is_the_readers(language, expected):
    assert in_a_row(["a", "b"], language) == expected


def test_in_templates_it_follows_the_page_and_escapes():
    with translation.override("ar"):
        shown = Template("{% load design %}{{ words|in_a_row }}").render(Context({"words": ["<b>", "c"]}))
    assert shown == "&lt;b&gt;، c"
