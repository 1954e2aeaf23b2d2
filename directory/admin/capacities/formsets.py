"""The words for a capacity, language by language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from directory.constants import TextRole
from directory.models import Capacity, CapacityText
from directory.taxonomy.concepts import TEXT_LENGTH, one_line
from directory.taxonomy.import_plan import CONTROL
from foundation.l10n.collation import sort_key
from foundation.l10n.languages import language_name
from foundation.l10n.names import said

INTERFACE = [code for code, _name in settings.INTERFACE_LANGUAGES]


def _lines(text: str) -> list[str]:
    lines = list(dict.fromkeys(filter(None, map(one_line, text.splitlines()))))
    if any(len(line) > TEXT_LENGTH for line in lines):
        raise forms.ValidationError(_("A line has more than %(most)s characters.") % {"most": TEXT_LENGTH})
    return lines


class LanguageForm(forms.Form):
    """The words for a capacity in one language."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    label = forms.CharField(label=gettext_lazy("Label"), required=False, max_length=TEXT_LENGTH)
    alternatives = forms.CharField(
        label=gettext_lazy("Alternative labels"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One on each line. People find the capacity by any of them."),
    )
    hidden = forms.CharField(
        label=gettext_lazy("Hidden labels"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "One on each line, such as common misspellings. People find the capacity by them; nobody sees them."
        ),
    )
    definition = forms.CharField(
        label=gettext_lazy("Definition"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One plain sentence."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code: str = self.initial.get("language", "")
        if self.code:
            # A row for a known language keeps it, whatever is sent.
            del self.fields["language"]
            self.fields["label"].required = self.code == "en" and not self.initial.get("optional")
        else:
            here = get_language() or "en"
            names = sorted(
                ((language_name(code, here), code) for code in LANG_INFO),
                key=lambda pair: sort_key(pair[0], here),
            )
            cast("forms.ChoiceField", self.fields["language"]).choices = [
                ("", _("Choose a language")),
                *((code, name) for name, code in names),
            ]

    @property
    def heading(self) -> str:
        """The language's name, or that one may be added."""
        if not self.code:
            return _("Another language")
        return language_name(self.code, get_language() or "en")

    @property
    def direction(self) -> str:
        """Which way its texts run."""
        return "rtl" if LANG_INFO.get(self.code, {}).get("bidi") else "ltr"

    def clean_alternatives(self) -> list[str]:
        """The lines, each once."""
        return _lines(self.cleaned_data["alternatives"])

    def clean_hidden(self) -> list[str]:
        """The lines, each once."""
        return _lines(self.cleaned_data["hidden"])

    def clean(self) -> dict[str, Any]:
        """Words need a language."""
        data = super().clean() or self.cleaned_data
        language = self.code or data.get("language", "")
        if not language and any(data.get(name) for name in ("label", "alternatives", "hidden", "definition")):
            self.add_error("language", _("Choose the language of these words."))
        for name in ("label", "definition"):
            data[name] = one_line(data.get(name) or "")
        names = [*data.get("alternatives", []), *data.get("hidden", [])]
        if CONTROL.search("".join([data["label"], data["definition"], *names])):
            raise forms.ValidationError(_("There is a character in it that cannot be shown."))
        data["language"] = language
        return data

    def texts(self) -> list[tuple[str, str, str]]:
        """(language, role, text) of all that was written."""
        data = self.cleaned_data  # empty for an added row that nobody filled; less by what has an error
        label, language = data.get("label", ""), data.get("language", "")
        found = [(TextRole.PREFERRED, label)]
        alternatives = [text for text in data.get("alternatives", ()) if text != label]
        found += [(TextRole.ALTERNATIVE, text) for text in alternatives]
        shown = {label, *alternatives}
        found += [(TextRole.HIDDEN, text) for text in data.get("hidden", ()) if text not in shown]
        found.append((TextRole.DEFINITION, data.get("definition", "")))
        return [(language, role.value, text) for role, text in found if text]


class BaseLanguages(forms.BaseFormSet):
    """All languages of a capacity: those of the interface, those it has, and a row to add one."""

    capacity: Capacity | None = None

    def clean(self) -> None:
        """Each language once, and no name that already means another capacity."""
        if any(self.errors):
            return
        seen: set[str] = set()
        for form in self.forms:
            language = form.cleaned_data.get("language", "")
            if language and language in seen:
                form.add_error("language", _("This language has its own place above."))
            seen.add(language)
            self._check_names(form)
        if self.forms and not any(role == TextRole.PREFERRED for _code, role, _text in self.texts()):
            raise forms.ValidationError(_("Give it a label in at least one language."))

    def _check_names(self, form: LanguageForm) -> None:
        for name, role in (("label", TextRole.PREFERRED), ("alternatives", TextRole.ALTERNATIVE)):
            texts = [text for _code, kind, text in form.texts() if kind == role]
            others = CapacityText.objects.filter(
                language=form.cleaned_data.get("language", ""), text__in=texts
            )
            others = others.exclude(role=TextRole.DEFINITION).exclude(
                capacity=self.capacity.pk if self.capacity else None
            )
            if other := others.select_related("capacity").first():
                message = _("“%(text)s” is a name of “%(other)s” already.")
                form.add_error(name, said(message, text=other.text, other=other.capacity.label()))

    def texts(self) -> list[tuple[str, str, str]]:
        """All texts of all languages."""
        return [text for form in self.forms for text in form.texts()]


def languages_formset(data: Any, capacity: Capacity | None) -> BaseLanguages:
    """The formset for a capacity, or for a new one. Expects prefetched texts."""
    rows = [] if capacity is None else list(capacity.texts.all())
    codes = dict.fromkeys([*INTERFACE, *sorted({row.language for row in rows})])
    # What came from others may have no English name; nobody is made to invent one.
    named = {row.language for row in rows if row.role == TextRole.PREFERRED}
    optional = bool(named) and "en" not in named
    initial = [{"language": code, "optional": optional, **_words(rows, code)} for code in codes]
    factory = forms.formset_factory(
        LanguageForm, formset=BaseLanguages, extra=1, max_num=len(codes) + 1, absolute_max=len(codes) + 1
    )
    formset = cast("BaseLanguages", factory(data, initial=initial, prefix="texts"))
    formset.capacity = capacity
    return formset


def _words(rows: Iterable[CapacityText], code: str) -> dict[str, str]:
    def of(role: TextRole) -> list[str]:
        return [row.text for row in rows if row.language == code and row.role == role]

    return {
        "label": "".join(of(TextRole.PREFERRED)),
        "alternatives": "\n".join(of(TextRole.ALTERNATIVE)),
        "hidden": "\n".join(of(TextRole.HIDDEN)),
        "definition": "".join(of(TextRole.DEFINITION)),
    }
