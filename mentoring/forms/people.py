"""Choosing people whom one does not want to meet: those in the directory, without a list of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from directory.forms.widgets import MOST_SUGGESTED, Catalogue, Option, PickerField, PickerWidget
from directory.models import Person
from foundation.l10n.languages import country_name
from foundation.l10n.names import said
from mentoring import selectors
from mentoring.models import MentoringProgrammePage

# Several people of one name are chosen together: who one means cannot be told from the name, and no one who is
# left out for nothing loses anything by it.
JOIN = "+"


class People(Catalogue):
    """People who are in the directory's lists, found by name. `chosen` are those who were chosen before, also
    where they have left the lists since; `me` is nobody to choose."""

    def __init__(self, programme: MentoringProgrammePage, me: Person, chosen: Iterable[Person] = ()) -> None:
        self.programme, self.me, self.chosen = programme, me, {str(row.pk): row for row in chosen}

    @cached_property
    def options(self) -> Mapping[str, Option]:  # type: ignore[override]
        """Looked up when asked for: nobody downloads the directory to name one person."""
        return _Options(self)

    @property
    def tree(self) -> list[Option]:  # type: ignore[override]
        return []

    def suggestions(self) -> list[str]:
        """Who mentors in this programme and is listed; others are found by typing their name."""
        return selectors.names_of_mentors(self.programme, but=self.me)

    def resolve(self, typed: str) -> str | None:
        """Everybody of that name, as one key."""
        return JOIN.join(sorted(selectors.keys_of_people(typed, but=self.me))) or None

    def near(self, typed: str) -> list[str]:
        """Names that hold what was typed."""
        return selectors.names_like(typed, but=self.me, most=MOST_SUGGESTED)

    def rows_of(self, keys: Iterable[str]) -> list[Person]:
        """The people behind keys; unknown ones are left out."""
        wanted = [part for key in keys for part in key.split(JOIN) if _is_key(part)]
        rows = selectors.people_by_key(wanted, but=self.me) | self.chosen
        return [rows[key] for key in dict.fromkeys(wanted) if key in rows]

    def option(self, key: str) -> Option | None:
        """How a key is shown, or None for nobody."""
        rows = self.rows_of([key])
        if not rows:
            return None
        if len(rows) > 1:
            several = ngettext(
                "%(name)s (%(count)s person of this name)",
                "%(name)s (%(count)s people of this name)",
                len(rows),
            )
            return Option(key, said(several, name=rows[0].name, count=len(rows)))
        shown = rows[0].country if rows[0].country and rows[0].shows("country") else ""
        place = f" ({country_name(shown, get_language() or 'en')})" if shown else ""
        return Option(key, rows[0].name + place)


class _Options(Mapping[str, Option]):
    """The options of a catalogue that is never read whole."""

    def __init__(self, people: People) -> None:
        self.people, self.known = people, dict[str, Option | None]()

    def __getitem__(self, key: str) -> Option:
        if key not in self.known:
            self.known[key] = self.people.option(key)
        found = self.known[key]
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Any:
        return iter(self.people.chosen)

    def __len__(self) -> int:
        return len(self.people.chosen)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def people_field(programme: MentoringProgrammePage, me: Person, chosen: Iterable[Person]) -> PickerField:
    """A picker of people."""
    catalogue = People(programme, me, chosen)
    return PickerField(
        catalogue,
        widget=PickerWidget(catalogue, find_label=_("Find a person by name")),
        label=_("People you do not want to meet here"),
        help_text=_("They are never asked for you, and are never told. You need not say why."),
        unknown=_("Nobody called “%(typed)s” is in the lists. Write the name into the field below."),
        required=False,
        most=20,
    )


def words_field() -> forms.CharField:
    """For names that are in no list."""
    return forms.CharField(
        label=_("Somebody who is not in the list"),
        help_text=_(
            "Write their name as they write it here. Nobody of that name is asked. The coordinators of this "
            "programme read it; somebody whom you name does not, even if they coordinate it."
        ),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


def chosen_people(form: forms.Form) -> list[Person]:
    """The people whom a valid form names."""
    catalogue = form.fields["not_with"].catalogue  # type: ignore[attr-defined]
    rows: list[Person] = catalogue.rows_of(form.cleaned_data["not_with"].keys)
    return rows
