"""One's own data: everything that belongs to an account, to take away or to erase.

Every pointer to an account, and to whatever goes with it, is decided once: what becomes of the row when the account
is deleted, whether the row is in the download, and why. Every field of what is in the download is said to be words,
a fact or a secret; what nobody has said anything about stays in the house. Each room decides about its own models (and
the roof about those of libraries) in a module `personal_data`. Tests fail for a pointer, a field or a model that nobody
has decided about, and docs/personal-data.md is made from what was decided.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models.signals import post_delete, pre_delete

from foundation.accounts.models import User
from foundation.workflow.models import LogEntry


class Fate(Enum):
    """What becomes of a row when the account it points at is deleted."""

    ERASED = "erased"  # the row goes
    ANONYMISED = "anonymised"  # the row stays with others, without the pointer
    KEPT = "kept"  # the row stays, with a number in it that no longer leads to anybody


@dataclass(frozen=True)
class Decision:
    """What holds for one pointer ("app.Model.field"), and why."""

    field: str
    fate: Fate
    exported: bool
    reason: str


@dataclass(frozen=True)
class Pointer:
    """A field that points at an account, or at something that is deleted with one.

    `path` leads from its rows to the account, as a filter writes it.
    """

    model: type[models.Model]
    field: Any
    path: str

    @property
    def name(self) -> str:
        """As decisions name it."""
        return f"{self.model._meta.label}.{self.field.name}"


@dataclass(frozen=True)
class Fields:
    """What the fields of one model are to somebody who takes their data away, by name."""

    words: frozenset[str]  # what people wrote, their names, addresses and files
    facts: frozenset[str]  # choices, dates, numbers and pointers
    hidden: frozenset[str]  # keys and marks of the house: of no use outside, or dangerous in the wrong hands

    @property
    def exported(self) -> frozenset[str]:
        """Those that are in the download."""
        return self.words | self.facts

    @property
    def known(self) -> frozenset[str]:
        """All of them."""
        return self.exported | self.hidden


# Names of fields that hold the id of something in whichever table, without the database knowing.
LOOSE = re.compile(r"(^|_)(object|subject)_id$")
DECISIONS: dict[str, Decision] = {}
FIELDS: dict[str, Fields] = {}
WITHOUT_PEOPLE: dict[str, str] = {}
_ALSO: list[tuple[str, str]] = []
_BEFORE: list[Callable[[User], None]] = []
_AFTER: list[Callable[[], None]] = []


def decide(fate: Fate, *fields: str, exported: bool, reason: str) -> None:
    """Decides about pointers. Raises ValueError where one is decided differently already."""
    for field in fields:
        decision = Decision(field, fate, exported, reason)
        if DECISIONS.setdefault(field, decision) != decision:
            raise ValueError(f"Two decisions about {field}.")


def also_export(model: str, *paths: str) -> None:
    """Further rows for the download: those of a model ("app.Model") that a path leads from to the account."""
    _ALSO.extend((model, path) for path in paths)


def describe(model: str, *, words: str = "", facts: str = "", hidden: str = "") -> None:
    """Says of each field of a model ("app.Model") what it is; names are parted by blanks.

    Raises ValueError where a field is said to be two things, or the model was described before.
    """
    said = Fields(frozenset(words.split()), frozenset(facts.split()), frozenset(hidden.split()))
    if model in FIELDS or len(said.known) != len(said.words) + len(said.facts) + len(said.hidden):
        raise ValueError(f"Two descriptions of {model} or of a field of it.")
    FIELDS[model] = said


def without_people(*models: str, reason: str) -> None:
    """Says of models ("app.Model") that no row of theirs points at anybody, and why that is so."""
    WITHOUT_PEOPLE.update(dict.fromkeys(models, reason))


def before_leaving(function: Callable[[User], None]) -> Callable[[User], None]:
    """Decorator: run this with an account that is about to be deleted, in the same transaction.

    Here a room closes what is open with others, tells them, and empties what stays. It may run again.
    """
    _BEFORE.append(function)
    return function


def after_leaving(function: Callable[[], None]) -> Callable[[], None]:
    """Decorator: run this when an account has just been deleted, in the same transaction."""
    _AFTER.append(function)
    return function


def pointers() -> Iterator[Pointer]:
    """Every pointer to an account, and to what is deleted with it, through all models of the house.

    Tables that Django makes for a relation to many are among them, whatever the relation is called from its other side.
    """
    found: dict[type[models.Model], str] = {get_user_model(): ""}
    waiting: list[type[models.Model]] = [get_user_model()]
    seen: set[str] = set()
    while waiting:
        target = waiting.pop(0)
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.local_fields:
                if not field.remote_field or field.remote_field.model is not target:
                    continue
                pointer = Pointer(model, field, "__".join(filter(None, (field.name, found[target]))))
                if pointer.name in seen:
                    continue
                seen.add(pointer.name)
                yield pointer
                if field.remote_field.on_delete is models.CASCADE and model not in found:
                    found[model] = pointer.path
                    waiting.append(model)


def loose_pointers() -> list[str]:
    """Fields ("app.Model.field") that may hold the id of somebody's row, and are no foreign keys."""
    return sorted(
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if LOOSE.search(field.name) and not field.remote_field
    )


def exported_models() -> set[type[models.Model]]:
    """The models whose rows are in somebody's download."""
    pointing = {
        pointer.model
        for pointer in pointers()
        if pointer.name in DECISIONS and DECISIONS[pointer.name].exported
    }
    return {User, *pointing, *(apps.get_model(label) for label, _path in _ALSO)}


def going_with(user: User) -> Iterator[models.QuerySet[Any]]:
    """The rows that are deleted with an account, the account itself among them; some come twice."""
    yield User.objects.filter(pk=user.pk)
    for pointer in pointers():
        if pointer.field.remote_field.on_delete is models.CASCADE:
            yield pointer.model._default_manager.filter(**{pointer.path: user})


def rows_of(user: User) -> Iterator[models.Model]:
    """The account and every row of the download, by the decisions. A row may come twice."""
    yield user
    ways = [
        (pointer.model, pointer.path)
        for pointer in pointers()
        if pointer.name in DECISIONS and DECISIONS[pointer.name].exported
    ]
    ways += [(apps.get_model(label), path) for label, path in _ALSO]
    for model, path in ways:
        yield from model._default_manager.filter(**{path: user}).order_by("pk").distinct()


def export(user: User) -> str:
    """All of it as JSON, readable by people and machines. Rows that several ways lead to stand once."""
    seen: set[tuple[str, Any]] = set()
    entries: list[dict[str, Any]] = []
    for row in rows_of(user):
        identity = (row._meta.label_lower, row.pk)
        if identity not in seen:
            seen.add(identity)
            entries.append(_entry(row))
    return json.dumps(entries, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def _entry(row: models.Model) -> dict[str, Any]:
    """A row with those of its fields that are said to go out."""
    [entry] = serializers.serialize("python", [row])
    going = FIELDS[row._meta.label].exported
    fields: dict[str, Any] = {name: value for name, value in entry["fields"].items() if name in going}
    for field in row._meta.fields:
        if field.name in fields and field.related_model is ContentType:
            fields[field.name] = str(getattr(row, field.name).model)
    for many in row._meta.many_to_many:
        # What the serializer leaves out, such as keywords.
        if many.name in going and many.name not in fields:
            fields[many.name] = [str(each) for each in getattr(row, many.name).all()]
    return {**entry, "fields": fields}


@transaction.atomic
def erase(user: User) -> None:
    """Deletes the account and what belongs to it; what others keep stays with them without the name.

    What is open with others is closed and they are told. The log of moves keeps the moves, without name or words.
    Twice is once.
    """
    locked = User.objects.select_for_update().filter(pk=user.pk).first()
    if locked is not None:
        locked.delete()


def connect() -> None:
    """Called once when the site starts: the same follows when an administrator deletes an account in the admin."""
    pre_delete.connect(_leaves, sender=User, dispatch_uid="accounts.leaves")
    post_delete.connect(_has_left, sender=User, dispatch_uid="accounts.has_left")


def _leaves(instance: User, **kwargs: Any) -> None:
    for function in _BEFORE:
        function(instance)
    LogEntry.objects.anonymise(instance.pk)


def _has_left(instance: User, **kwargs: Any) -> None:
    for sweep in _AFTER:
        sweep()


describe(
    "accounts.User",
    words="email name wikimedia_name",
    facts="language timezone is_staff is_superuser is_active date_joined last_login groups user_permissions",
    hidden="password",
)
decide(
    Fate.ERASED,
    "accounts.User_groups.user",
    "accounts.User_user_permissions.user",
    exported=False,
    reason="Which roles somebody has stands in the download with the account, and goes with it.",
)
