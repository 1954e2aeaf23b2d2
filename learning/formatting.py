"""How lengths of time and languages are said on pages."""

from __future__ import annotations

from collections.abc import Iterable

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.regions import language_name
from foundation.l10n.lists import in_a_row


def minutes_text(minutes: int | None) -> str:
    """ "25 minutes", "2 hours", "2 hours 30 minutes"; empty for an unknown length."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    rest_text = ngettext("%(count)s minute", "%(count)s minutes", rest) % {"count": rest}
    if not hours:
        return rest_text
    hours_text = ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    if not rest:
        return hours_text
    return _("%(hours)s %(minutes)s") % {"hours": hours_text, "minutes": rest_text}


def span_text(least: int | None, most: int | None) -> str:
    """ "15 to 20 minutes"; one number where both are the same or one is missing."""
    if least and most and least < most <= 90:
        return ngettext("%(least)s to %(most)s minute", "%(least)s to %(most)s minutes", most) % {
            "least": least,
            "most": most,
        }
    return minutes_text(most or least)


def clock(seconds: float) -> str:
    """ "4:05" or "1:04:05"."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    tail = f"{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"
    return f"{hours}:{tail}" if hours else tail


def listed(items: Iterable[str]) -> str:
    """ "Arabic, French and Spanish", as the reader's language lists things."""
    try:
        locale = Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return format_list(list(items), locale=locale)


def languages_text(codes: Iterable[str], language: str = "") -> str:
    """Names of languages in the reader's language, with commas."""
    reader = language or get_language() or "en"
    return in_a_row((language_name(code, reader) for code in codes), reader)
