"""Names of languages in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language

from directory.regions import language_name


def language_names(codes: Iterable[str]) -> list[str]:
    """The names of languages in the active language, in the order given."""
    active = get_language() or settings.LANGUAGE_CODE
    return [language_name(code, active) for code in codes]


def site_languages() -> list[tuple[str, str]]:
    """The languages pages may be written in, with their names in the active language."""
    codes = [code for code, _name in settings.LANGUAGES]
    return list(zip(codes, language_names(codes), strict=True))
