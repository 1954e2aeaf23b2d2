"""Words for the values of facets. Rooms add those only they know with `register_labels`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.api import fetch

Words = str | Promise
Labeller = Callable[[Sequence[str], str], Mapping[str, str]]

FACET_WORDS: dict[str, Words] = {
    "kind": _("Kind"),
    "capacity": _("Capacity"),
    "asset": _("What is offered or needed"),
    "language": _("Language"),
    "region": _("Region"),
    "format": pgettext_lazy("how help reaches somebody", "How"),
    "method": _("Kind of help"),
    "length": _("Time it takes"),
    "type": _("Kind of organisation"),
    "country": _("Country"),
    "owner": pgettext_lazy("whose offer or need", "By"),
}
KIND_WORDS: dict[str, Words] = {
    "lesson": pgettext_lazy("kind, plural", "Lessons"),
    "recording": pgettext_lazy("kind, plural", "Recordings"),
    "course": pgettext_lazy("kind, plural", "Courses"),
    "person": pgettext_lazy("kind, plural", "People"),
    "organisation": pgettext_lazy("kind, plural", "Organisations"),
    "offer": pgettext_lazy("kind, plural", "Offers"),
    "need": pgettext_lazy("kind, plural", "Needs"),
    "mentor": pgettext_lazy("kind, plural", "Mentors"),
    "grant": pgettext_lazy("kind, plural", "Grants"),
    "capacity": pgettext_lazy("kind, plural", "Capacities"),
    "page": pgettext_lazy("kind, plural", "Pages"),
}
_VALUES: dict[str, dict[str, Words]] = {
    "kind": KIND_WORDS,
    "asset": {
        "skill": pgettext_lazy("asset", "A skill"),
        "service": pgettext_lazy("asset", "A service"),
        "resource": pgettext_lazy("asset", "A resource"),
        "tool": pgettext_lazy("asset", "A tool"),
        "finance": pgettext_lazy("asset", "Money"),
    },
    "format": {
        "text": _("In writing"),
        "live": _("By call"),
        "visit": _("At your place"),
    },
    "method": {
        "coaching": _("Coaching"),
        "mentoring": _("Mentoring"),
        "training": _("Training"),
        "consultation": _("Consultation"),
        "review": _("Review"),
        "funding": _("Funding"),
        "lending": _("Lending"),
        "documentation": _("Documentation"),
    },
    "length": {
        "short": _("Up to 15 minutes"),
        "medium": _("15 minutes to an hour"),
        "long": _("More than an hour"),
    },
}
_labellers: dict[str, Labeller] = {}


def register_labels(facet: str, labeller: Labeller) -> None:
    """Let a room name the values of a facet: `labeller(values, language)` answers value: label."""
    _labellers[facet] = labeller


def labels_of(facet: str, values: Iterable[str], language: str) -> dict[str, str]:
    """What to call these values in a language; every value gets some label."""
    wanted = list(dict.fromkeys(values))
    found: dict[str, str] = {}
    if facet in _labellers:
        found = dict(_labellers[facet](wanted, language))
    elif facet in _VALUES:
        found = {value: str(word) for value, word in _VALUES[facet].items()}
    elif facet == "language":
        found = {value: language_name(value, language) for value in wanted}
    elif facet == "country":
        found = {value: _locale(language).territories.get(value.upper(), value) for value in wanted}
    elif facet == "capacity":
        # A capacity is an object of the index itself, under its slug.
        hits = fetch([("capacity", value) for value in wanted], language=language)
        found = {hit.id: hit.title for hit in hits}
    return {value: found.get(value) or _readable(value) for value in wanted}


@lru_cache(maxsize=2048)
def language_name(code: str, language: str) -> str:
    """The name of a language in another, from the Unicode CLDR: ("ar", "en") is "Arabic"."""
    try:
        parts = code.replace("_", "-").split("-")
        name = _locale(language).languages.get("_".join([parts[0].lower(), *map(str.title, parts[1:])]))
        name = name or _locale(language).languages.get(parts[0].lower(), code)
    except (ValueError, KeyError):
        name = code
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_").split("_")[0])
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _readable(value: str) -> str:
    """A slug as words, where nobody knows its name: better than nothing, and never an error."""
    text = value.replace("-", " ").replace("_", " ").strip()
    return text[:1].upper() + text[1:60]
