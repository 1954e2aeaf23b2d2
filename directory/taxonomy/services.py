"""The verbs of the taxonomy: add, change the texts, move, delete. Each in one transaction, logged, told to the index."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.errors import TaxonomyError
from directory.models import Capacity, CapacityText
from directory.taxonomy.concepts import MAX_DEPTH
from directory.taxonomy.reindex import tell_index
from directory.taxonomy.usage import usage
from foundation.l10n.names import said

P = ParamSpec("P")
T = TypeVar("T")
Texts = Iterable[tuple[str, str, str]]


def locked(verb: Callable[P, T]) -> Callable[P, T]:
    """One change of the tree at a time: two editors at once would break treebeard's paths."""

    @functools.wraps(verb)
    def alone(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            with transaction.atomic():
                list(Capacity.objects.select_for_update().values_list("pk"))
                return verb(*args, **kwargs)
        except IntegrityError as error:
            raise TaxonomyError(
                _("Somebody else changed this at the same moment. Please look again.")
            ) from error

    return alone


@locked
def add(parent: Capacity | None, *, slug: str, wikidata_id: str, texts: Texts, by: Any) -> Capacity:
    """A new capacity, the last below its parent. Raises TaxonomyError below the lowest level."""
    node = Capacity(slug=slug, wikidata_id=wikidata_id)
    if parent is None:
        created = Capacity.add_root(instance=node)
    else:
        parent = _fresh(parent)
        if parent.depth >= MAX_DEPTH:
            raise TaxonomyError(_too_deep())
        created = parent.add_child(instance=node)
    _write(created, texts)
    log(created, "wagtail.create", user=by)
    tell_index([created])
    return created


@locked
def change(capacity: Capacity, *, wikidata_id: str, texts: Texts, by: Any) -> bool:
    """Gives a capacity these texts and no others. Returns whether anything changed."""
    capacity = _fresh(capacity)
    wrote = _write(capacity, texts)
    if not wrote and capacity.wikidata_id == wikidata_id:
        return False
    capacity.wikidata_id = wikidata_id
    capacity.save()
    log(capacity, "wagtail.edit", user=by)
    tell_index([capacity])
    return True


@locked
def move(capacity: Capacity, parent: Capacity | None, *, after: Capacity | None, by: Any) -> None:
    """Moves a capacity with all below it: under `parent` (None: to the top), behind `after` (None: first).

    Raises TaxonomyError for a place below itself, one that is too deep, or an `after` that is elsewhere.
    """
    capacity = _fresh(capacity)
    if parent is not None:
        parent = _fresh(parent)
    why_not = obstacle(capacity, parent)
    if why_not:
        raise TaxonomyError(why_not)
    siblings = (parent.get_children() if parent else Capacity.get_root_nodes()).exclude(pk=capacity.pk)
    if after is not None:
        neighbour = siblings.filter(pk=after.pk).first()
        if neighbour is None:
            raise TaxonomyError(
                said(_("“%(name)s” is not there any more. Choose again."), name=after.label())
            )
        capacity.move(neighbour, pos="right")
    elif first := siblings.first():
        capacity.move(first, pos="left")
    elif parent is not None:
        capacity.move(parent, pos="first-child")
    moved = _fresh(capacity)
    log(moved, "directory.move", user=by, data={"parent": parent.slug if parent else ""})
    tell_index([moved])


@locked
def delete(capacity: Capacity, *, by: Any) -> None:
    """Deletes a capacity that nothing uses and nothing lies below. Raises TaxonomyError otherwise."""
    capacity = _fresh(capacity)
    if not capacity.is_leaf():
        raise TaxonomyError(_("Other capacities lie below it. Move or merge them first."))
    if usage([capacity.pk]):
        raise TaxonomyError(_("It is in use. Merge it into another capacity instead."))
    log(capacity, "wagtail.delete", user=by, deleted=True)
    capacity.delete()


def obstacle(capacity: Capacity, parent: Capacity | None) -> str:
    """Why a capacity cannot lie below another (None: at the top); nothing where it can."""
    if parent is None:
        return ""
    if parent.pk == capacity.pk or parent.is_descendant_of(capacity):
        return said(
            _("“%(parent)s” is, or lies below, what you are moving. Choose another place."),
            parent=parent.label(),
        )
    if parent.depth + height(capacity) > MAX_DEPTH:
        return _too_deep()
    return ""


def height(capacity: Capacity) -> int:
    """How many levels a capacity and what lies below it take, from 1 on."""
    deepest = Capacity.get_tree(capacity).order_by("-depth").values_list("depth", flat=True).first()
    return (deepest or capacity.depth) - capacity.depth + 1


def _too_deep() -> str:
    return _("The tree has at most %(levels)s levels. Choose a place further up.") % {"levels": MAX_DEPTH}


def _fresh(capacity: Capacity) -> Capacity:
    """The row as it is now: treebeard keeps paths in memory, which other changes make untrue."""
    found = Capacity.objects.with_texts().filter(pk=capacity.pk).first()
    if found is None:
        raise TaxonomyError(_("This capacity does not exist any more."))
    return found


def _write(capacity: Capacity, texts: Texts) -> bool:
    """(language, role, text) rows that differ are written, others left; answers whether any did."""
    have = {
        (row.language, row.role, row.text): row.pk for row in CapacityText.objects.filter(capacity=capacity)
    }
    wanted = dict.fromkeys(texts)
    gone = [pk for key, pk in have.items() if key not in wanted]
    new = [key for key in wanted if key not in have]
    CapacityText.objects.filter(pk__in=gone).delete()
    CapacityText.objects.bulk_create(
        CapacityText(capacity=capacity, language=language, role=role, text=text)
        for language, role, text in new
    )
    return bool(gone or new)
