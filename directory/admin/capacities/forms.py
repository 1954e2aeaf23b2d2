"""Forms of the taxonomy in the admin: a row of texts for each language, a place, another capacity."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from directory.admin.capacities.tree import choices
from directory.constants import TextRole
from directory.models import Capacity, CapacityText
from directory.models.capacity import own_address
from directory.regions import language_name
from directory.taxonomy.concepts import SLUG_LENGTH, TEXT_LENGTH, one_line
from directory.taxonomy.import_plan import CONTROL, SLUG, WIKIDATA
from foundation.l10n.collation import sort_key
from foundation.l10n.names import said

INTERFACE = [code for code, _name in settings.INTERFACE_LANGUAGES]


def _choice(form: forms.Form, name: str) -> forms.ChoiceField:
    """A field whose choices depend on the moment."""
    return cast("forms.ChoiceField", form.fields[name])


class CapacityForm(forms.Form):
    """What a capacity is, apart from its words. The slug is chosen once: addresses and files rely on it."""

    slug = forms.CharField(
        label=gettext_lazy("Short name in addresses"),
        max_length=SLUG_LENGTH,
        help_text=gettext_lazy(
            "Small letters, digits and hyphens, such as “grant-writing”. It stays for good."
        ),
        validators=[RegexValidator(SLUG, gettext_lazy("Use small letters, digits and single hyphens."))],
    )
    wikidata_id = forms.CharField(
        label=gettext_lazy("Wikidata id"),
        required=False,
        max_length=17,
        help_text=gettext_lazy("The item for the same thing, such as Q124490."),
        validators=[RegexValidator(WIKIDATA, gettext_lazy("A Wikidata id is Q and a number."))],
    )

    def __init__(self, *args: Any, capacity: Capacity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.capacity = capacity
        if capacity is not None:
            del self.fields["slug"]
            self.fields["wikidata_id"].initial = capacity.wikidata_id

    def clean_slug(self) -> str:
        """One capacity for each."""
        slug: str = self.cleaned_data["slug"]
        # An address of ours may belong to one that has another short name here.
        if Capacity.objects.filter(Q(slug=slug) | Q(address=own_address(slug))).exists():
            raise forms.ValidationError(_("Another capacity has this short name."))
        return slug

    def clean_wikidata_id(self) -> str:
        """One capacity for each."""
        wikidata_id: str = self.cleaned_data["wikidata_id"]
        others = Capacity.objects.exclude(pk=self.capacity.pk if self.capacity else None)
        if wikidata_id and (other := others.with_texts().filter(wikidata_id=wikidata_id).first()):
            raise forms.ValidationError(said(_("“%(name)s” has this Wikidata id."), name=other.label()))
        return wikidata_id


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
            _choice(self, "language").choices = [
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


class PlaceForm(forms.Form):
    """Below which capacity, and after which of those that are there."""

    parent = forms.TypedChoiceField(
        label=gettext_lazy("Below"), required=False, coerce=int, empty_value=None, choices=()
    )
    after = forms.TypedChoiceField(
        label=gettext_lazy("Place"), required=False, coerce=int, empty_value=None, choices=()
    )

    def __init__(self, data: Any, *, capacity: Capacity, parent: Capacity | None, words: str = "") -> None:
        super().__init__(data, initial={"parent": parent.pk if parent else ""})
        keep = [parent.pk] if parent else []
        _choice(self, "parent").choices = [("", _("At the top")), *choices(words, keep)]
        siblings = parent.get_children() if parent else Capacity.get_root_nodes()
        others = siblings.exclude(pk=capacity.pk).with_texts()
        places = [(other.pk, said(_("After “%(name)s”"), name=other.label())) for other in others]
        _choice(self, "after").choices = [("", _("First")), *places]
        if places and "after" not in self.data:
            before = [other.pk for other in others if other.path < capacity.path]
            at_home = siblings.filter(pk=capacity.pk).exists()
            self.initial["after"] = (before[-1] if before else "") if at_home else places[-1][0]


class TargetForm(forms.Form):
    """The capacity to merge into."""

    into = forms.TypedChoiceField(label=gettext_lazy("Merge into"), coerce=int, choices=())

    def __init__(self, data: Any, *, source: Capacity, words: str = "") -> None:
        super().__init__(data)
        keep = [self.data.get("into", "")]
        others = [(pk, label) for pk, label in choices(words, keep) if pk != source.pk]
        _choice(self, "into").choices = [("", _("Choose a capacity")), *others]
