"""Words in a row: "French, Arabic" with the comma of the reader's script, or "French and Arabic"."""

from __future__ import annotations

from collections.abc import Iterable

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from django.utils.translation import get_language

# CLDR, "listPattern" of the languages: the comma of Arabic letters, and the full-width ones of Chinese and Japanese.
COMMAS = {
    **dict.fromkeys(("ar", "arz", "azb", "ckb", "fa", "ks", "ps", "sd", "ug", "ur"), "، "),
    **dict.fromkeys(("ja", "yue", "zh"), "、"),
}


def in_a_row(words: Iterable[object], language: str = "") -> str:
    """All of them with commas between; no "and". `language` is the reader's where it is not the active one."""
    reader = (language or get_language() or "en").split("-")[0]
    return COMMAS.get(reader, ", ").join(map(str, words))


def listed(items: Iterable[str]) -> str:
    """ "Arabic, French and Spanish", as the reader's language lists things."""
    try:
        locale = Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return format_list(list(items), locale=locale)
