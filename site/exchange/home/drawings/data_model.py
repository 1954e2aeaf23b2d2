"""The data model as pictures, one a room: our own tables and what points from where to where."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from django.apps import apps
from django.db.models import Field, ForeignKey, ManyToManyField, Model, OneToOneField

from exchange.home.drawings.markdown import mermaid, page, table

INTRO = (
    "Our own tables, room by room, and the pointers between them; what Wagtail and Django bring is left out, and so is"
    " what pages inherit. A line's fork is the side of which there are many; its name is the field that points. A table"
    " of another room is named with its room and drawn there in full. One that is deleted with what it points to, or"
    " keeps it from being deleted, says so in its model; what becomes of pointers to people is decided in each room's"
    " `personal_data.py`."
)


def rooms() -> dict[str, list[type[Model]]]:
    """Our models by the label of their app. Ours are those whose code stands in this repository, not in a package."""
    found: dict[str, list[type[Model]]] = {}
    for config in apps.get_app_configs():
        if "site-packages" not in config.path:
            models = sorted(config.get_models(), key=lambda model: model.__name__)
            if models:
                found[config.label] = models
    return dict(sorted(found.items()))


def draw_data_model() -> str:
    """The page on all tables."""
    ours = rooms()
    known = {model for models in ours.values() for model in models}
    return page("Data model", INTRO, (_piece(label, models, known) for label, models in ours.items()))


def _piece(label: str, models: list[type[Model]], known: set[type[Model]]) -> str:
    what = table(["table", "what it holds"], ([f"`{model.__name__}`", _what(model)] for model in models))
    lines = list(_picture(models, known))
    return "\n\n".join([f"## {label}", *([mermaid(["erDiagram", *lines])] if lines else []), what])


def _what(model: type[Model]) -> str:
    """The first sentence of what the model says of itself."""
    text = " ".join((inspect.getdoc(model) or "").split("\n\n")[0].split())
    first, dot, _rest = text.partition(". ")
    return f"{first}." if dot else text


def _picture(models: list[type[Model]], known: set[type[Model]]) -> Iterator[str]:
    pointers = [(model, *pointer) for model in models for pointer in _pointers(model) if pointer[1] in known]
    elsewhere = {target for _model, _field, target in pointers} - set(models)
    for other in sorted(elsewhere, key=lambda model: model._meta.label):
        yield f'  {other.__name__}["{other._meta.app_label}: {other.__name__}"]'
    for model, field, target in pointers:
        yield _line(model, field, target)


def _pointers(model: type[Model]) -> list[tuple[Field, type[Model]]]:
    """The fields of a model itself that point to others, each with what it points to; a page's pointer to what it
    inherits is none of them."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [
        (field, field.related_model)
        for field in fields
        if isinstance(field, ForeignKey | ManyToManyField)
        and not (isinstance(field, OneToOneField) and field.remote_field.parent_link)
        and isinstance(field.related_model, type)
    ]


def _line(model: type[Model], field: Field, target: type[Model]) -> str:
    """One line of the picture. Of two tables the one that is pointed to stands first, but where both are many."""
    if isinstance(field, ManyToManyField):
        return f'  {model.__name__} }}o--o{{ {target.__name__} : "{field.name}"'
    ends = ("|o" if field.null else "||") + "--" + ("o|" if field.unique else "o{")
    return f'  {target.__name__} {ends} {model.__name__} : "{field.name}"'
