"""Our form fields: label, hint and error in place, for every form of the site; nothing that is typed is cut."""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from functools import cached_property
from typing import Any

from django import forms
from django.core import signing
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.http import QueryDict
from django.utils.translation import gettext as _

# Django's own widget templates are not among the installed apps' templates; they come from Django's engine.
WIDGETS = "django/forms/widgets/"
# What people write in, and of these what they write in any language.
WRITTEN = {f"{WIDGETS}{name}.html" for name in ("text", "textarea", "email", "url", "password")}
FREE = {f"{WIDGETS}{name}.html" for name in ("text", "textarea")}

_OPENED = "foundation.design.forms.opened"


class Renderer(TemplatesSetting):
    """Finds templates of forms and fields among the site's own, templates of widgets where Django keeps them."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"

    @cached_property
    def widgets(self) -> DjangoTemplates:
        return DjangoTemplates()

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Fields cut nothing: with `maxlength`, a browser takes the beginning of what is pasted and says nothing,
        while the server names the limit and keeps the text. Free text has the direction of what is written."""
        if template_name in WRITTEN:
            attrs = {name: value for name, value in context["widget"]["attrs"].items() if name != "maxlength"}
            if template_name in FREE:
                attrs.setdefault("dir", "auto")
            context = {**context, "widget": {**context["widget"], "attrs": attrs}}
        return str(super().render(template_name, context, request))

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("django/"):
            return self.widgets.get_template(template_name)
        return super().get_template(template_name)


class TimedForm(forms.Form):
    """Knows how long it was open: what programs send comes faster than a person can write.

    Its page draws the hidden field `opened`, which is signed. In it are the time and a key, made up for this opening, that
    what is made with the form can bear: a form that is sent twice makes it once. Neither tells anything of anybody.
    """

    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "opened":
            return signing.dumps([int(time.time()), uuid.uuid4().hex], salt=_OPENED)
        return super().get_initial_for_field(field, field_name)

    def seconds_open(self) -> float:
        """Seconds since it was opened; 0 where it does not say so, or says what we have not signed."""
        moment, _key = self._read()
        return time.time() - moment if moment else 0.0

    def opened_key(self) -> uuid.UUID | None:
        """The key of this opening; None where it does not say so, or says what we have not signed."""
        return self._read()[1]

    def _read(self) -> tuple[int, uuid.UUID | None]:
        try:
            found = signing.loads(str(self.cleaned_data.get("opened", "")), salt=_OPENED)
        except signing.BadSignature:
            return 0, None
        # A form that was opened before an upgrade may hold the time alone.
        return (found[0], uuid.UUID(found[1])) if isinstance(found, list) else (int(found), None)


class OptimisticForm(forms.Form):
    """Optimistic locking: whoever saves what has been changed elsewhere since they opened the form is told, and keeps
    what they typed. Saving once more means that they have seen it.

    Its page draws the hidden field `seen`. A form that is sent without it is not checked.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        return self.state() if field_name == "seen" else super().get_initial_for_field(field, field_name)

    def state(self) -> str:
        """What is stored now of all that this form writes: a digest of its initial values."""
        stored = {name: value for name, value in self.initial.items() if name != "seen"}
        text = json.dumps(stored, default=str, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:20]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if seen := data.pop("seen", ""):
            now = self.state()
            if seen != now:
                self.add_error(
                    None,
                    _(
                        "This was changed elsewhere after you opened it. What you typed is still here: "
                        "compare it with the page, then save again."
                    ),
                )
                sent = QueryDict(mutable=True)
                sent.update(self.data)
                sent[self.add_prefix("seen")] = now
                self.data = sent
        return data
