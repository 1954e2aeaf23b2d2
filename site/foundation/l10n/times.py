"""Moments and lengths of time as people are told them.

One place decides whose clock a moment is told by and writes both the leaf of a calendar and the words beside
it, so that the two never contradict each other, over midnight either. Pages call it through {% local_time %} and
{% datebox %}, messages through `moment_text()`.

"Your time" is said only to who has chosen a zone. Everybody else reads the name of the zone with the time.
"""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_timedelta
from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.l10n.names import said

# How moments are written: a day, a short day for the margin of a list, a time, a day and a time, the same shorter.
STYLES = {
    "date": "DATE_FORMAT",
    "day": "j M",
    "time": "TIME_FORMAT",
    "datetime": "DATETIME_FORMAT",
    "short": "SHORT_DATETIME_FORMAT",
}
WITHOUT_TIME = {"date", "day"}
# Browsers still tell some zones by names that the IANA database gave up, since CLDR never changes an identifier.
CALLED_TODAY = {
    "Africa/Asmera": "Africa/Asmara",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "America/Catamarca": "America/Argentina/Catamarca",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Cordoba": "America/Argentina/Cordoba",
    "America/Godthab": "America/Nuuk",
    "America/Indianapolis": "America/Indiana/Indianapolis",
    "America/Jujuy": "America/Argentina/Jujuy",
    "America/Louisville": "America/Kentucky/Louisville",
    "America/Mendoza": "America/Argentina/Mendoza",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Atlantic/Faeroe": "Atlantic/Faroe",
    "Etc/UTC": "UTC",
    "Europe/Kiev": "Europe/Kyiv",
    "Pacific/Enderbury": "Pacific/Kanton",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
}


def zone_named(name: str) -> zoneinfo.ZoneInfo | None:
    """The zone of this name in the IANA database; None for an empty or unknown one."""
    if not name:
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def todays_name(name: str) -> str:
    """The zone's present name: "Europe/Kyiv" for "Europe/Kiev", which some browsers still say."""
    return CALLED_TODAY.get(name, name)


def zone_names() -> tuple[str, ...]:
    """UTC, and every zone that is named after a place, by its present name."""
    named = (name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))
    return ("UTC", *sorted(set(named) - set(CALLED_TODAY)))


def zone_of(user: Any) -> zoneinfo.ZoneInfo | None:
    """The zone that somebody has chosen; None for strangers and for accounts that were never asked."""
    return zone_named(getattr(user, "timezone", ""))


def hours_apart(one: str, other: str) -> float | None:
    """How far the clocks of two zones are apart today, in hours (0 to 12). None where a zone is not known."""
    now = timezone.now()
    offsets = [now.astimezone(zone).utcoffset() for zone in map(zone_named, (one, other)) if zone is not None]
    if len(offsets) < 2 or offsets[0] is None or offsets[1] is None:
        return None
    apart = abs((offsets[0] - offsets[1]).total_seconds()) / 3600 % 24
    return min(apart, 24 - apart)


def place_of(zone: tzinfo) -> str:
    """ "Africa/Casablanca" is a name for machines; people know the city. "UTC" stays as it is.

    "Etc/GMT-3" is three hours ahead, whatever it looks like, and is written UTC+03:00.
    """
    if str(zone).startswith("Etc/"):
        ahead = datetime.now(zone).strftime("%z")
        return f"UTC{ahead[:3]}:{ahead[3:]}"
    return todays_name(str(zone)).rpartition("/")[2].replace("_", " ")


@dataclass(frozen=True)
class Told:
    """A moment by one reader's clock. `chosen`: the clock is theirs by their own choice."""

    local: datetime
    chosen: bool

    @property
    def day(self) -> date:
        """The day on that clock."""
        return self.local.date()

    def text(self, style: str = "datetime") -> str:
        """The moment in words, with the zone wherever a time is said. Raises KeyError for an unknown style."""
        text = date_format(self.local, STYLES[style])
        if style in WITHOUT_TIME:
            return text
        sentence = _("%(time)s your time (%(zone)s)") if self.chosen else _("%(time)s (%(zone)s)")
        return said(sentence, time=text, zone=place_of(self.local.tzinfo or timezone.get_default_timezone()))

    def browser_style(self, style: str = "datetime") -> str:
        """How the browser is to write it by its own clock (times.js); nothing where the clock is the reader's choice."""
        return "" if self.chosen else style


def told(moment: datetime, user: Any = None) -> Told:
    """A moment as this person is told it. Without their choice by the site's clock; without a person by the
    clock of the request, which is its reader's where they have chosen one.
    """
    if user is None:
        return Told(timezone.localtime(moment), False)
    zone = zone_of(user)
    return Told(timezone.localtime(moment, zone or timezone.get_default_timezone()), zone is not None)


def length(span: timedelta) -> str:
    """How long something has lasted, in one unit: "3 weeks". Numbers agree with their words, as CLDR has it for the
    language: the Arabic dual stands without a digit. Less than an hour is said so, never "0 minutes".
    """
    if span < timedelta(hours=1):
        return _("less than an hour")
    return format_timedelta(span, granularity="hour", threshold=1.2, locale=_locale())


def ago(moment: datetime) -> str:
    """ "2 hours ago"; within the last minute "just now"."""
    span = moment - timezone.now()
    if span > timedelta(minutes=-1):
        return _("just now")
    return format_timedelta(span, granularity="minute", threshold=1.2, add_direction=True, locale=_locale())


def _locale() -> Locale:
    try:
        return Locale.parse(translation.get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def moment_text(moment: datetime, user: Any, style: str = "datetime") -> str:
    """A moment in the language and by the clock of who is written to, for messages."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        return told(moment, user).text(style)


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
    """Seconds as a player shows them: 245 is "4:05", and 3845 "1:04:05"."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    tail = f"{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"
    return f"{hours}:{tail}" if hours else tail
