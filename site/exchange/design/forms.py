"""Our form fields: label, hint and error in place."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Finds form templates among the site's own first."""
