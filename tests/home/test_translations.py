"""The interface speaks each of its languages in full, and every sentence keeps its places."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from tests.factories.learning import learning_home

CATALOGUES = [
    Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po"
    for code, _name in settings.INTERFACE_LANGUAGES
    if code != "en"
]


def places(text: str) -> set[str]:
    """The values that a sentence has room for."""
    return set(re.findall(r"%\(\w+\)[sd]", text))


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
def test_every_sentence_is_translated_with_all_its_places(file):
    with file.open("rb") as reading:
        catalogue = read_po(reading, locale=file.parts[-3])
    missing = [message.id for message in catalogue if message.id and not all(_texts(message.string))]
    assert not missing
    for message in catalogue:
        if not message.id:
            continue
        wanted = places(_texts(message.id)[-1])
        # In one form or another a number may be spelled out ("two hours"), in the last one it never is.
        assert places(_texts(message.string)[-1]) == wanted, message.id
        assert all(places(text) <= wanted for text in _texts(message.string)), message.id


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "word"), [("es", "Aprender"), ("fr", "Apprendre"), ("ar", "تعلّم")])
def test_the_frame_of_a_page_speaks_the_language(client, index, code, word):
    from django.core.management import call_command

    call_command("compile_translations", verbosity=0)
    translation.trans_real._translations.clear()
    learning_home("en")
    page = client.get(f"/{code}/capacities/").content.decode()
    assert f'lang="{code}"' in page
    assert word in page


@pytest.mark.parametrize(("code", "word"), [("es", "Informes"), ("fr", "Rapports"), ("ar", "التقارير")])
def test_the_reports_of_people_leave_wagtails_menu_its_word(code, word):
    """Catalogues share one space: a sentence of ours that reads “Reports” would rename Wagtail's menu."""
    from django.core.management import call_command

    call_command("compile_translations", verbosity=0)
    translation.trans_real._translations.clear()
    with translation.override(code):
        assert translation.gettext("Reports") == word


def _texts(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)
