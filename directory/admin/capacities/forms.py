"""Forms of the taxonomy in the admin: a row of texts for each language, a place, another capacity."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.capacities.tree import choices
from directory.models import Capacity
from directory.models.capacity import own_address
from directory.taxonomy.concepts import SLUG_LENGTH
from directory.taxonomy.import_plan import SLUG, WIKIDATA
from foundation.l10n.names import said


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
