"""What refers to capacities, in any room: found through the models' own relations, never by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from directory.models import Capacity, CapacityText, PersonCapacity


@dataclass(frozen=True)
class Relation:
    """A foreign key that leads to a capacity; a many-to-many relation is the key in its through model."""

    model: type[models.Model]
    key: str

    @property
    def source(self) -> type[models.Model]:
        """The model that people know: of a many-to-many relation, the one that declares it."""
        return self.model._meta.auto_created or self.model  # type: ignore[return-value]

    @property
    def name(self) -> str:
        """What is counted, as a noun in the plural."""
        if self.model is PersonCapacity:
            return str(_("People"))
        return str(capfirst(self.source._meta.verbose_name_plural))

    @property
    def order(self) -> tuple[str, str, str]:
        """A fixed order, so that columns and figures keep their places."""
        return (self.source._meta.app_label, self.source.__name__, self.key)


def relations() -> list[Relation]:
    """Every relation that leads to capacities, but not their own texts."""
    found = {
        Relation(field.related_model, field.field.name)
        for field in Capacity._meta.get_fields(include_hidden=True)
        if (field.one_to_many or field.one_to_one) and field.auto_created and not field.concrete
    }
    others = (relation for relation in found if relation.model is not CapacityText)
    return sorted(others, key=lambda relation: relation.order)


@dataclass(frozen=True)
class Use:
    """How many of one kind refer to a capacity."""

    name: str
    count: int


def usage(capacity_ids: Iterable[int] | None = None) -> Mapping[int, list[Use]]:
    """What uses each capacity, most first; without ids, for the whole tree. One query for each relation."""
    found: dict[int, Counter[str]] = {}
    for relation in relations():
        rows: Any = relation.model._base_manager.filter(**{f"{relation.key}__isnull": False})
        if capacity_ids is not None:
            rows = rows.filter(**{f"{relation.key}__in": list(capacity_ids)})
        counts = rows.order_by().values_list(relation.key).annotate(count=models.Count("pk"))
        for pk, count in counts:
            found.setdefault(pk, Counter())[relation.name] += count
    return {pk: [Use(*use) for use in counted.most_common()] for pk, counted in found.items()}
