"""Questions put so that the database answers them from its indices."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

Rows = TypeVar("Rows", bound=QuerySet)  # type: ignore[type-arg]


def filter_any(queryset: Rows, *conditions: Q) -> Rows:
    """The rows that meet at least one of the conditions, each looked up by an index of its own.

    Put as one OR over several tables (`filter(Q(a__user=u) | Q(b__c__user=u))`) the same question has no index
    that serves all its sides, and both SQLite and PostgreSQL read the whole table. So the ids are read first, here
    and now, by one statement: a UNION of one lookup a condition. What comes back is a queryset on these ids, to be
    filtered, ordered and counted further. (As a subquery the same UNION is no help: PostgreSQL orders the joins of
    `select_related` first and reaches the ids last. Measured with 50,000 exchanges: 724 ms, against 3 ms so.)

    Args:
        queryset: what to filter; its own conditions stay.
        conditions: two or more, each of which one index can answer with few rows.
    """
    model: type[Model] = queryset.model
    rows = model._base_manager.using(queryset.db)
    first, *others = (
        rows.filter(condition).order_by().values_list("pk", flat=True) for condition in conditions
    )
    return queryset.filter(pk__in=list(first.union(*others)))
