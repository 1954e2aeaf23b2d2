"""Names that were stored before they were cleaned on their way in, or by a program that asks nobody.

What cannot be seen, and what turns the words beside it, is taken out, as `foundation.l10n.names` does for every form.
A name of which nothing would be left stays, and is named in the log: only a person can say what it should be.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from wagtail.models import Page

from foundation.l10n.names import cleaned, holds_unseen, is_visible

logger = logging.getLogger(__name__)
NAMES: dict[str, tuple[str, ...]] = {
    "accounts.User": ("name",),
    "directory.Person": ("name",),
    "directory.Organisation": ("name", "acronym"),
    "directory.OrganisationText": ("name",),
    "directory.Listing": ("title",),
    "directory.CapacityText": ("text",),
    "home.CreditedDocument": ("title",),
    "home.CreditedImage": ("title",),
    "learning.Cohort": ("name",),
    "learning.Library": ("name",),
    "learning.LibraryCategory": ("title",),
    "learning.LibraryEntry": ("name",),
    "learning.Session": ("title",),
    "learning.Speaker": ("name",),
    "search.SavedSearch": ("name",),
    "wagtailcore.Page": ("title", "draft_title", "seo_title"),
}


def clean_stored_names() -> int:
    """Answers how many rows were changed. One query a model; only rows that need it are loaded whole."""
    return sum(_changed(apps.get_model(label), fields) for label, fields in NAMES.items())


def _changed(model: type[models.Model], fields: tuple[str, ...]) -> int:
    done = 0
    for key, names in list(_hidden(model, fields)):
        row = model._default_manager.get(pk=key)
        for field, text in names.items():
            setattr(row, field, text)
        try:
            with transaction.atomic():
                _save(row, list(names))
        except IntegrityError:
            logger.warning("%s %s cannot have the name of another", model._meta.label, key)
        else:
            done += 1
    return done


def _hidden(model: type[models.Model], fields: tuple[str, ...]) -> Iterator[tuple[Any, dict[str, str]]]:
    """Keys of rows with something to take out, and what their names become."""
    for key, *values in model._default_manager.values_list("pk", *fields).iterator(chunk_size=2000):
        names = {
            field: cleaned(text) for field, text in zip(fields, values, strict=True) if holds_unseen(text)
        }
        unnamed = [field for field, text in names.items() if not is_visible(text)]
        for field in unnamed:
            del names[field]
            logger.warning("The %s of %s %s can be seen by nobody", field, model._meta.label, key)
        if names:
            yield key, names


def _save(row: Any, fields: list[str]) -> None:
    """As Django saves, so that the index and stored pages learn of it."""
    if isinstance(row, Page):
        specific = row.specific
        for field in fields:
            setattr(specific, field, getattr(row, field))
        specific.save(update_fields=fields, clean=False)
        return
    row.save(update_fields=fields)
