"""Capacities as conditions of a query on other rows: those asked for with all below, those named by a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from directory.constants import TextRole
from directory.models import Capacity, CapacityText


def with_descendants(slugs: Sequence[str]) -> QuerySet[Any]:
    """The keys of these capacities and of everything below them."""
    below = Q(pk__in=())
    for path in Capacity.objects.filter(slug__in=slugs).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return Capacity.objects.filter(below).values("pk")


def matching_label(word: str) -> QuerySet[Any]:
    """The keys of the capacities with a label, in any language, that has these letters in it."""
    texts = CapacityText.objects.exclude(role=TextRole.DEFINITION)
    # SQLite knows the case of ASCII letters only.
    forms = {word} if word.isascii() else {word, word.lower(), word.capitalize()}
    said = Q()
    for form in forms:
        said |= Q(text__icontains=form)
    return texts.filter(said).values("capacity_id")
