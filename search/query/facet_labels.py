"""Words for the values of facets. Rooms add those only they know with `register_labels`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.kinds import registry
from foundation.l10n.languages import country_name, language_name
from search.api import fetch
from search.types import CAPACITY

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
_VALUES: dict[str, dict[str, Words]] = {
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
    elif facet == "kind":
        found = {kind.name: str(kind.plural) for kind in registry.all_kinds()}
    elif facet == "language":
        found = {value: capital(language_name(value, language)) for value in wanted}
    elif facet == "country":
        found = {value: country_name(value, language) for value in wanted}
    elif facet == CAPACITY:
        # A capacity is an object of the index itself, under its slug.
        hits = fetch([(CAPACITY, value) for value in wanted], language=language)
        found = {hit.id: hit.title for hit in hits}
    return {value: found.get(value) or _readable(value) for value in wanted}


def _readable(value: str) -> str:
    """A slug as words, where nobody knows its name: better than nothing, and never an error."""
    text = value.replace("-", " ").replace("_", " ").strip()
    return capital(text[:60])


def capital(text: str) -> str:
    """A word as it begins a line."""
    return text[:1].upper() + text[1:]
