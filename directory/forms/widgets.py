"""A searchable list of which one takes several: type a name, add it, or choose from the whole list.

Made of plain HTML (text field with a list of suggestions, checkboxes, a fold-out), so it works with a
keyboard, a screen reader and without JavaScript. What is typed is found by any of its names in any
language, also when the form is sent without pressing "Add".
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from foundation.l10n.names import said

MOST_SUGGESTED = 5
# More than this nobody scrolls through, and every one is weight on the page: words find them then.
MOST_LISTED = 400
MOST_ROOTS = 60  # of a longer one, the branches that are listed
MOST_FOUND = 12  # names offered there for what was typed
MOST_COMPARED = 4000
LONGEST_NAME = 200  # characters in which a name is looked for
LONGEST_EXTRA = 300  # characters, as many as the model takes


@dataclass
class Option:
    """One thing to choose: its key in the form, its name here, where it belongs, what lies below it."""

    key: str
    label: str
    context: str = ""
    below: list[Option] = field(default_factory=list)
    chosen: bool = False
    extra: str = ""


class Catalogue:
    """What can be chosen. Loaded at the first need, once for each form."""

    tree: list[Option]

    @cached_property
    def options(self) -> dict[str, Option]:
        """All options by key, in the order of the tree."""
        found: dict[str, Option] = {}

        def walk(options: Iterable[Option]) -> None:
            for option in options:
                found[option.key] = option
                walk(option.below)

        walk(self.tree)
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """Folded name (any language, also other names) to key."""
        return {option.label.casefold(): key for key, option in self.options.items()}

    def suggestions(self) -> list[str]:
        """For the list below the text field."""
        return sorted({option.label for option in self.options.values()}, key=str.casefold)

    def resolve(self, typed: str) -> str | None:
        """The key of what was typed, or None."""
        return self.names.get(" ".join(typed.split()).casefold())

    def near(self, typed: str) -> list[str]:
        """Labels that may have been meant: those that contain what was typed, then those spelt alike."""
        wanted = " ".join(typed.split()).casefold()
        inside = [name for name in self.names if wanted and wanted in name]
        inside.sort(key=lambda name: (not name.startswith(wanted), len(name)))
        # Comparing spellings takes a while each: of very many names, only with those that begin alike.
        begin = wanted[:2] if len(self.names) > MOST_COMPARED else ""
        pool = [name for name in self.names if name.startswith(begin)]
        alike = difflib.get_close_matches(wanted, pool, n=MOST_SUGGESTED, cutoff=0.6)
        keys = dict.fromkeys(self.names[name] for name in (*inside, *alike))
        most = MOST_SUGGESTED if self.is_short else MOST_FOUND
        return [self.options[key].label for key in list(keys)[:most]]

    @property
    def is_short(self) -> bool:
        """Whether all of it fits on a page."""
        return len(self.options) <= MOST_LISTED


@dataclass
class Picked:
    """What a reader chose: keys, what stands beside each, and text that is no known name."""

    keys: list[str] = field(default_factory=list)
    extras: dict[str, str] = field(default_factory=dict)
    typed: str = ""


class PickerWidget(forms.Widget):
    """Draws the chosen ones with a field beside each, the text field, and the fold-out with everything."""

    template_name = "directory/widgets/picker.html"
    use_fieldset = True

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        find_label: Any,
        browse_label: Any = "",
        extra: str = "",
        extra_label: Any = "",
        extra_choices: Iterable[tuple[str, Any]] = (),
    ) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.find_label, self.browse_label = find_label, browse_label
        self.extra, self.extra_label, self.extra_choices = extra, extra_label, list(extra_choices)

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}_find" if id_ else ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Picked:
        sent = data.getlist(name) if isinstance(data, MultiValueDict) else list(data.get(name, ()))
        typed = str(data.get(f"{name}_meant") or data.get(f"{name}_find", "")).strip()
        keys = list(dict.fromkeys(str(key) for key in sent))
        found = self.catalogue.resolve(typed) if 0 < len(typed) <= LONGEST_NAME else None
        if found is not None:
            keys, typed = list(dict.fromkeys([*keys, found])), ""
        extras = {key: str(data.get(f"{name}_extra_{key}", "")).strip() for key in keys}
        return Picked(keys, extras, typed)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def format_value(self, value: Any) -> Picked:
        if isinstance(value, Picked):
            return value
        if isinstance(value, Mapping):
            return Picked([str(key) for key in value], {str(key): str(text) for key, text in value.items()})
        return Picked([str(key) for key in value or ()])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        picked = self.format_value(value)
        known = self.catalogue.options
        short, tree = self.catalogue.is_short, self.catalogue.tree if self.browse_label else []
        if not short:
            tree = [replace(option, below=[]) for option in tree[:MOST_ROOTS]]
        chosen = [known[key] for key in picked.keys if key in known]
        for option in chosen:
            option.chosen, option.extra = True, picked.extras.get(option.key, "")
        context["picker"] = {
            "chosen": chosen,
            "typed": picked.typed,
            "meant": self.catalogue.near(picked.typed) if 0 < len(picked.typed) <= LONGEST_NAME else (),
            "suggestions": self.catalogue.suggestions() if short else (),
            "tree": tree,
            "many": 0 if short else len(known),
            "find_label": self.find_label,
            "browse_label": self.browse_label,
            "extra": self.extra,
            "extra_label": self.extra_label,
            "extra_choices": self.extra_choices,
        }
        return context


class PickerField(forms.Field):
    """Several things out of a catalogue. Cleans to Picked with known keys only."""

    def __init__(
        self, catalogue: Catalogue, *, unknown: Any, widget: PickerWidget, most: int = 12, **kwargs: Any
    ):
        self.catalogue, self.unknown, self.most = catalogue, unknown, most
        super().__init__(widget=widget, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True

    def clean(self, value: Picked) -> Picked:
        """Raises ValidationError for text that names nothing."""
        if value.typed:
            # What may have been meant stands below the field, to be pressed.
            raise forms.ValidationError(said(self.unknown, typed=value.typed), code="unknown")
        keys = [key for key in value.keys if key in self.catalogue.options]
        if self.required and not keys:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(keys) > self.most:
            raise forms.ValidationError(
                _("Choose at most %(most)s."), code="most", params={"most": self.most}
            )
        extras = {key: value.extras.get(key, "") for key in keys}
        for key, text in extras.items():
            if len(text) > LONGEST_EXTRA:
                raise forms.ValidationError(
                    _("%(name)s: please keep it to %(most)s characters. These are %(count)s."),
                    code="long",
                    params={
                        "name": self.catalogue.options[key].label,
                        "most": LONGEST_EXTRA,
                        "count": len(text),
                    },
                )
        return Picked(keys, extras)


class PickingForm(forms.Form):
    """A form with pickers: "Add" takes what was typed into the list and complains of nothing else."""

    def adds(self) -> bool:
        """Whether something is to be added to a picker, and nothing else done: one of the "Add" or a name that
        may have been meant was pressed, or Enter, while words stand in a picker's text field."""
        names = [self.add_prefix(name) for name in self._pickers()]
        if any(f"{name}_{button}" in self.data for name in names for button in ("add", "meant")):
            return True
        return "entered" in self.data and any(
            str(self.data.get(f"{name}_find", "")).strip() for name in names
        )

    def show_added(self) -> None:
        """Keeps only the pickers' own complaints about what was typed, and goes on in the field where it was."""
        pickers = self._pickers()
        for name in pickers:
            prefixed = self.add_prefix(name)
            if any(self.data.get(f"{prefixed}_{part}") for part in ("find", "meant")):
                self.fields[name].widget.attrs["autofocus"] = True
                break
        kept = {name: errors for name, errors in self.errors.items() if name in pickers}
        self.errors.clear()
        for name, errors in kept.items():
            if any(problem.code == "unknown" for problem in errors.as_data()):
                self.errors[name] = errors

    def _pickers(self) -> list[str]:
        return [name for name, each in self.fields.items() if isinstance(each, PickerField)]
