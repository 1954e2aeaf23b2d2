"""Our form fields: label, hint and error in place, for every form of the site."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.forms.renderers import DjangoTemplates, TemplatesSetting

# Django's own widget templates are not among the installed apps' templates; they come from Django's engine.
WIDGETS = "django/forms/widgets/"


class Renderer(TemplatesSetting):
    """Finds templates of forms and fields among the site's own, templates of widgets where Django keeps them."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"

    @cached_property
    def widgets(self) -> DjangoTemplates:
        return DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith(("design/", "components/")):
            return super().get_template(template_name)
        return self.widgets.get_template(template_name)
