"""Merging one capacity into another: all that uses it goes over, and its names still find it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.log_actions import log
from wagtail.models import Revision

from directory.constants import TextRole
from directory.errors import TaxonomyError
from directory.models import Capacity, CapacityText
from directory.taxonomy.concepts import MAX_DEPTH, TEXT_LENGTH
from directory.taxonomy.reindex import tell_index, tell_rows
from directory.taxonomy.services import height, locked
from directory.taxonomy.usage import Relation, relations, usage
from foundation.l10n.names import said


@dataclass
class Merge:
    """What a merge would do, for the page that asks whether to go on."""

    source: Capacity
    target: Capacity
    uses: list[Any] = field(default_factory=list)
    children: list[Capacity] = field(default_factory=list)
    names: list[CapacityText] = field(default_factory=list)


def preview(source: Capacity, target: Capacity) -> Merge:
    """What would be re-pointed, moved and renamed. Raises TaxonomyError where it cannot be done."""
    _check(source, target)
    return Merge(
        source,
        target,
        uses=list(usage([source.pk]).get(source.pk, [])),
        children=list(source.get_children().with_texts()),
        names=_new_names(source, target),
    )


@locked
def merge(source: Capacity, target: Capacity, *, by: Any) -> int:
    """Re-points everything from `source` to `target` and deletes `source`; answers how many rows that were.

    Children move below the target; labels become alternative labels of the target; definitions, and the
    Wikidata id, fill what the target lacks. All in one transaction. Raises TaxonomyError.
    """
    source = Capacity.objects.get(pk=source.pk)
    target = Capacity.objects.get(pk=target.pk)
    _check(source, target)
    label = source.label("en")
    rows = [row for relation in relations() for row in _repoint(relation, source, target)]
    _mend_revisions(source.pk, target.pk)
    CapacityText.objects.bulk_create(_new_names(source, target))
    _fill_definitions(source, target)
    for child in source.get_children():
        Capacity.objects.get(pk=child.pk).move(Capacity.objects.get(pk=target.pk), pos="last-child")
    wikidata_id, source_slug = source.wikidata_id, source.slug
    Capacity.objects.get(pk=source.pk).delete()
    target = Capacity.objects.get(pk=target.pk)
    if wikidata_id and not target.wikidata_id:
        target.wikidata_id = wikidata_id
        target.save()
    log(target, "directory.merge", user=by, data={"slug": source_slug, "label": label, "rows": len(rows)})
    tell_rows(rows)
    tell_index([target])
    return len(rows)


def _check(source: Capacity, target: Capacity) -> None:
    if source.pk == target.pk:
        raise TaxonomyError(_("Choose another capacity to merge it into."))
    if target.is_descendant_of(source):
        raise TaxonomyError(
            said(
                _("“%(target)s” lies below it. Move that one out first, or merge the other way round."),
                target=target.label(),
            )
        )
    if not source.is_leaf() and target.depth + height(source) - 1 > MAX_DEPTH:
        raise TaxonomyError(
            said(
                _(
                    "What lies below it would be too deep below “%(target)s”: the tree has at most %(levels)s levels."
                ),
                target=target.label(),
                levels=MAX_DEPTH,
            )
        )


def _repoint(relation: Relation, source: Capacity, target: Capacity) -> Iterator[models.Model]:
    """Points each row of a relation to the target, or drops it where the target is referred to already."""
    rows = relation.model._base_manager.filter(**{relation.key: source.pk})
    for row in rows.select_for_update():
        twin = _twin(row, relation.key, target)
        if twin is None:
            relation.model._base_manager.filter(pk=row.pk).update(**{relation.key: target.pk})
            setattr(row, f"{relation.key}_id", target.pk)
            yield row
        else:
            _keep_words(row, twin)
            yield twin
            # By the query set, without signals and without cascades: nothing refers to such a row.
            row._meta.model._base_manager.filter(pk=row.pk).delete()


def _twin(row: models.Model, key: str, target: Capacity) -> models.Model | None:
    """The row that stands in the way of a unique constraint once this one points to the target."""
    manager = row._meta.model._base_manager
    for fields, condition in _unique_sets(row):
        if key not in fields:
            continue
        if condition is not None and not manager.filter(condition, pk=row.pk).exists():
            continue
        same = {name: getattr(row, name) for name in fields if name != key}
        found = manager.filter(**same, **{key: target.pk})
        twin = (found.filter(condition) if condition is not None else found).first()
        if twin is not None:
            return twin
    return None


def _unique_sets(row: models.Model) -> Iterator[tuple[tuple[str, ...], models.Q | None]]:
    meta = row._meta
    yield from (((column.name,), None) for column in meta.concrete_fields if column.unique)
    yield from ((tuple(names), None) for names in meta.unique_together)
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield tuple(constraint.fields), constraint.condition


def _keep_words(row: models.Model, twin: models.Model) -> None:
    """What somebody wrote beside the dropped row fills what is empty beside the kept one."""
    texts = [
        column
        for column in row._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField)
    ]
    filled = [column.name for column in texts if getattr(row, column.name) and not getattr(twin, column.name)]
    for name in filled:
        setattr(twin, name, getattr(row, name))
    if filled:
        twin.save(update_fields=filled)


def _mend_revisions(source: int, target: int) -> None:
    """Drafts name capacities by key in their JSON; unmended, publishing one would drop the capacity silently."""
    for relation in relations():
        names = [
            column.name
            for column in relation.source._meta.many_to_many
            if isinstance(column, ParentalManyToManyField) and column.remote_field.through is relation.model
        ]
        if not names:
            continue
        kind = ContentType.objects.get_for_model(relation.source)
        changed = []
        for revision in Revision.objects.filter(content_type=kind).only("pk", "content").iterator(200):
            if any(_swap(revision.content, name, source, target) for name in names):
                changed.append(revision)
        Revision.objects.bulk_update(changed, ["content"], batch_size=100)


def _swap(content: dict[str, Any], name: str, source: int, target: int) -> bool:
    keys = content.get(name)
    if not isinstance(keys, list) or source not in keys:
        return False
    content[name] = list(dict.fromkeys(target if key == source else key for key in keys))
    return True


def _new_names(source: Capacity, target: Capacity) -> list[CapacityText]:
    """The source's labels as alternative labels of the target, but for those it has in that language."""
    known = {
        (row.language, row.text.casefold())
        for row in CapacityText.objects.filter(capacity=target).exclude(role=TextRole.DEFINITION)
    }
    names = []
    for row in CapacityText.objects.filter(capacity=source).exclude(role=TextRole.DEFINITION):
        key = (row.language, row.text.casefold())
        if key not in known and len(row.text) <= TEXT_LENGTH:
            known.add(key)
            names.append(
                CapacityText(
                    capacity=target,
                    language=row.language,
                    role=TextRole.HIDDEN if row.role == TextRole.HIDDEN else TextRole.ALTERNATIVE,
                    text=row.text,
                )
            )
    return names


def _fill_definitions(source: Capacity, target: Capacity) -> None:
    definitions = CapacityText.objects.filter(role=TextRole.DEFINITION)
    have = set(definitions.filter(capacity=target).values_list("language", flat=True))
    definitions.filter(capacity=source).exclude(language__in=have).update(capacity=target)
