"""What the pickers offer: capacities out of the tree, languages of the world, time zones, countries."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory.forms.widgets import Catalogue, Option, PickerField, PickerWidget
from directory.models import Capacity
from directory.regions import country_codes
from directory.selectors import capacities_by_key
from directory.taxonomy.labels import Labels, known_labels
from foundation.l10n.collation import sort_key
from foundation.l10n.languages import MORE_LANGUAGES, country_name, language_name


class Capacities(Catalogue):
    """The tree of capacities, out of the reading of it that this process keeps."""

    @cached_property
    def labels(self) -> Labels:
        return known_labels()

    @cached_property
    def slugs(self) -> Iterable[str]:
        """What can be chosen, in the order of the tree, with all that it belongs to."""
        return self.labels.all_slugs()

    @cached_property
    def tree(self) -> list[Option]:  # type: ignore[override]
        language = get_language() or "en"
        made: dict[str, Option] = {}
        roots: list[Option] = []
        for slug in self.slugs:
            trail = self.labels.above(slug)
            above = made[trail[-1]] if trail else None
            option = Option(
                str(self.labels.key_of(slug)),
                self.labels.label(slug, language),
                context=above.label if above else "",
            )
            (above.below if above else roots).append(option)
            made[slug] = option
        return roots

    @cached_property
    def names(self) -> dict[str, str]:  # type: ignore[override]
        """Preferred labels win over other names, and this language's over the rest."""
        names: dict[str, str] = {}
        for said in (self.labels.names, self.labels.preferred):
            for slug in self.slugs:
                key = str(self.labels.key_of(slug))
                names.update((text.casefold(), key) for text in said(slug))
        return names | {option.label.casefold(): key for key, option in self.options.items()}

    def rows_of(self, keys: list[str]) -> list[Capacity]:
        """The capacities with these keys, in the order of the keys."""
        found = capacities_by_key(key for key in keys if key in self.options)
        return [found[key] for key in keys if key in found]


class Languages(Catalogue):
    """Languages with a name in CLDR: the two-letter ones, and those with a Wikipedia."""

    @cached_property
    def tree(self) -> list[Option]:  # type: ignore[override]
        return [Option(code, name) for code, name in _languages(get_language() or "en")]

    @cached_property
    def names(self) -> dict[str, str]:  # type: ignore[override]
        """By its name here, in English, by its own name, and by its code."""
        names: dict[str, str] = {}
        for code in self.options:
            names |= {
                code: code,
                _own_name(code).casefold(): code,
                language_name(code, "en").casefold(): code,
            }
        return names | {option.label.casefold(): key for key, option in self.options.items()}


@lru_cache(maxsize=16)
def _languages(interface: str) -> list[tuple[str, str]]:
    known = [str(code) for code in Locale.parse("en").languages]
    two = [code for code in known if len(code) == 2 and code.isalpha()]
    named = [(code, language_name(code, interface)) for code in [*two, "zh-hans", "zh-hant", *MORE_LANGUAGES]]
    return sorted(
        [(code, name) for code, name in named if name != code], key=lambda pair: sort_key(pair[1], interface)
    )


@lru_cache(maxsize=512)
def _own_name(code: str) -> str:
    try:
        return Locale.parse(code.replace("-", "_")).get_language_name() or code
    except (UnknownLocaleError, ValueError):
        return code


def capacity_field(*, evidence: bool = False, **kwargs: Any) -> PickerField:
    """A picker of capacities; with `evidence` a line beside each for what shows it."""
    catalogue = Capacities()
    widget = PickerWidget(
        catalogue,
        find_label=_("Find a capacity"),
        browse_label=_("Choose from the whole list"),
        extra="text" if evidence else "",
        extra_label=_("What shows it"),
    )
    kwargs.setdefault("unknown", _("We know no capacity called “%(typed)s”."))
    return PickerField(catalogue, widget=widget, **kwargs)


def language_field(*, levels: Any = (), **kwargs: Any) -> PickerField:
    """A picker of languages; with `levels` a choice beside each of how well."""
    catalogue = Languages()
    widget = PickerWidget(
        catalogue,
        find_label=_("Add a language"),
        extra="select" if levels else "",
        extra_label=_("How well"),
        extra_choices=levels,
    )
    kwargs.setdefault("unknown", _("We know no language called “%(typed)s”."))
    return PickerField(catalogue, widget=widget, **kwargs)


def country_choices() -> list[tuple[str, str]]:
    """Countries by their name in the reader's language, with an empty first choice."""
    language = get_language() or "en"
    named = [(code, country_name(code, language)) for code in country_codes()]
    return [("", ""), *sorted(named, key=lambda pair: sort_key(pair[1], language))]


def text_languages() -> list[tuple[str, str]]:
    """Languages in which pages can be read here, by their own names, for what somebody writes."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]
