"""Names of languages, told in one way by every room."""

from __future__ import annotations

import pytest
from django.utils import translation

from foundation.l10n.languages import languages_text, site_languages
from foundation.l10n.lists import listed
from search.query.facet_labels import labels_of


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "Arabic, French"), ("es", "árabe, francés"), ("ar", "العربية، الفرنسية"), ("", "Arabic, French")],
)
def test_languages_stand_in_a_row_with_the_comma_of_the_reader_s_script(language: str, shown: str) -> None:
    assert languages_text(["ar", "fr"], language) == shown


def test_a_filter_begins_its_line_with_a_capital_and_tells_varieties_apart() -> None:
    assert labels_of("language", ["fr", "pt-br"], "es") == {"fr": "Francés", "pt-br": "Portugués de Brasil"}
    assert labels_of("country", ["za", "xk"], "en") == {"za": "South Africa", "xk": "Kosovo"}


def test_the_languages_of_pages_are_told_in_the_active_one() -> None:
    with translation.override("fr"):
        assert ("ar", "arabe") in site_languages()


def test_a_list_ends_with_and() -> None:
    assert listed(["Arabic", "French", "Spanish"]) == "Arabic, French, and Spanish"
    with translation.override("es"):
        assert listed(["árabe", "francés"]) == "árabe y francés"
