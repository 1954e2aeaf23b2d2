"""One's own data: everything that belongs to an account, to take away or to erase.

What belongs to somebody is read from the models themselves: every row that points at the account, and every
row that points at a row which belongs to exactly that account (such as the person in the directory). So a new
room's data is part of it from its first day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from exchange.accounts.models import User
from exchange.workflow.models import LogEntry

# The keys of the house: of no use to anybody outside, and dangerous in the wrong hands.
SECRET_FIELDS = {"password", "token", "key", "secret", "meeting_url", "reason_code"}
LEFT_OUT_APPS = {"sessions", "admin", "contenttypes", "wagtailsearch", "django_q"}


def rows_of(user: User) -> Iterator[models.Model]:
    """The account, all rows that point at it, and all rows that point at its one-to-one rows."""
    yield user
    for row, one_to_one in _pointing_at(user):
        yield row
        if one_to_one:
            for inner, _again in _pointing_at(row):
                yield inner


def _pointing_at(target: models.Model) -> Iterator[tuple[models.Model, bool]]:
    for relation in target._meta.related_objects:
        model = relation.related_model
        if isinstance(model, str) or model._meta.app_label in LEFT_OUT_APPS or relation.many_to_many:
            continue
        if model is get_user_model() or model._meta.auto_created:
            continue
        found = model._default_manager.filter(**{relation.field.name: target})
        for row in found.order_by("pk"):
            yield row, bool(relation.one_to_one)


def export(user: User) -> str:
    """All of it as JSON, readable by people and machines. Rows that several relations reach stand once."""
    seen: set[tuple[str, Any]] = set()
    entries: list[dict[str, Any]] = []
    for row in rows_of(user):
        identity = (row._meta.label_lower, row.pk)
        if identity in seen:
            continue
        seen.add(identity)
        [entry] = serializers.serialize("python", [row])
        for field in list(entry["fields"]):
            if field in SECRET_FIELDS or field.endswith(("_token", "_secret")):
                del entry["fields"][field]
        entries.append(entry)
    return json.dumps(entries, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


@transaction.atomic
def erase(user: User) -> None:
    """Deletes the account and what belongs to it. The log of moves keeps the moves, without name or words."""
    LogEntry.objects.anonymise(user.pk)
    user.delete()
