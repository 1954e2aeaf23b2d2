"""Our form fields: label, hint and error in place, for every form of the site; nothing that is typed is cut."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.forms.renderers import DjangoTemplates, TemplatesSetting

# Django's own widget templates are not among the installed apps' templates; they come from Django's engine.
WIDGETS = "django/forms/widgets/"
# What people write in, and of these what they write in any language.
WRITTEN = {f"{WIDGETS}{name}.html" for name in ("text", "textarea", "email", "url", "password")}
FREE = {f"{WIDGETS}{name}.html" for name in ("text", "textarea")}


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
