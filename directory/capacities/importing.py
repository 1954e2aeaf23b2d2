"""Bringing a file of capacities into the database: safe to repeat, errors by line, nothing deleted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from directory.capacities.concepts import Concept
from directory.capacities.formats import read
from directory.models import Capacity, CapacityText

SHIPPED = Path(__file__).resolve().parents[1] / "taxonomy" / "capacities.csv"
MAX_DEPTH = 3
SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
LANGUAGE = re.compile(r"^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$")


@dataclass
class Report:
    """What an import did: counts by outcome, problems by place, capacities the file does not know."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


class _Undo(Exception):
    """Ends a dry run."""


def import_capacities(path: Path, *, dry_run: bool = False) -> Report:
    """Reads a file and makes the database say the same of every capacity in it.

    Capacities that the file does not name stay as they are and are reported. A line with a problem is
    skipped and named; the rest goes in. Raises formats.Unreadable where the file cannot be read at all.
    """
    concepts = read(path)
    report = Report()
    report.counts["found"] = len(concepts)
    try:
        with transaction.atomic():
            _bring_in(concepts, report)
            if dry_run:
                raise _Undo
    except _Undo:
        pass
    return report


def _bring_in(concepts: list[Concept], report: Report) -> None:
    good = _checked(concepts, report)
    have = {capacity.slug: capacity for capacity in Capacity.objects.with_texts()}
    report.unknown = sorted(set(have) - {concept.slug for concept in concepts})
    places: dict[str, Capacity] = dict(have)
    for concept in good:
        if concept.parent and concept.parent not in places:
            _skip(report, concept, f"parent: there is no capacity called {concept.parent!r}")
            continue
        capacity = places.get(concept.slug)
        if capacity is None:
            places[concept.slug] = _create(concept, places)
            report.counts["created"] += 1
            continue
        moved = _move(capacity, concept)
        changed = _update(capacity, concept)
        report.counts["moved" if moved else "updated" if changed else "unchanged"] += 1


def _checked(concepts: list[Concept], report: Report) -> list[Concept]:
    good: list[Concept] = []
    depth: dict[str, int] = {}
    wikidata: dict[str, str] = {}
    for concept in concepts:
        problem = _problem(concept, depth, wikidata)
        if problem:
            _skip(report, concept, problem)
            continue
        depth[concept.slug] = depth.get(concept.parent, 0) + 1
        if concept.wikidata:
            wikidata[concept.wikidata] = concept.slug
        good.append(concept)
    return good


def _problem(concept: Concept, depth: dict[str, int], wikidata: dict[str, str]) -> str:
    """The first thing wrong with a concept, field by field; empty where nothing is."""
    if not SLUG.match(concept.slug) or len(concept.slug) > 80:
        return f"slug: {concept.slug!r} must be small letters, digits and hyphens, at most 80"
    if concept.slug in depth:
        return f"slug: {concept.slug!r} stands in the file twice"
    if concept.parent == concept.slug:
        return "parent: a capacity cannot be its own parent"
    if (
        concept.parent
        and concept.parent not in depth
        and not Capacity.objects.filter(slug=concept.parent).exists()
    ):
        return f"parent: {concept.parent!r} must come before it, or be there already"
    if depth.get(concept.parent, 0) + 1 > MAX_DEPTH:
        return f"parent: the tree has at most {MAX_DEPTH} levels"
    if concept.wikidata and not re.fullmatch(r"Q[1-9]\d*", concept.wikidata):
        return f"wikidata: {concept.wikidata!r} is no Wikidata id"
    if concept.wikidata in wikidata:
        return f"wikidata: {concept.wikidata} is {wikidata[concept.wikidata]!r} already"
    if not concept.labels.get("en"):
        return "label_en: every capacity needs an English label"
    for language, _role, text in sorted(concept.texts()):
        if not LANGUAGE.match(language):
            return f"language: {language!r} is no language tag"
        if len(text) > 600:
            return f"text in {language}: longer than 600 characters"
    return ""


def _skip(report: Report, concept: Concept, problem: str) -> None:
    report.counts["skipped"] += 1
    report.problems.append(f"{concept.where}: {problem}.")


def _create(concept: Concept, places: dict[str, Capacity]) -> Capacity:
    node = Capacity(slug=concept.slug, wikidata_id=concept.wikidata)
    if concept.parent:
        # treebeard keeps the number of children in memory; a fresh row has the true one.
        created = Capacity.objects.get(pk=places[concept.parent].pk).add_child(instance=node)
    else:
        created = Capacity.add_root(instance=node)
    _write_texts(created, concept.texts())
    return created


def _write_texts(capacity: Capacity, texts: set[tuple[str, str, str]]) -> None:
    CapacityText.objects.bulk_create(
        CapacityText(capacity=capacity, language=language, role=role, text=text)
        for language, role, text in sorted(texts)
    )


def _update(capacity: Capacity, concept: Concept) -> bool:
    have = {(row.language, row.role, row.text): row for row in capacity.texts.all()}
    wanted = concept.texts()
    gone = [row.pk for key, row in have.items() if key not in wanted]
    new = wanted - set(have)
    renamed = capacity.wikidata_id != concept.wikidata
    if not (gone or new or renamed):
        return False
    CapacityText.objects.filter(pk__in=gone).delete()
    _write_texts(capacity, new)
    fresh = Capacity.objects.get(pk=capacity.pk)
    fresh.wikidata_id = concept.wikidata
    # Saved even where only texts changed: what uses the capacity is indexed anew on its save.
    fresh.save()
    return True


def _move(capacity: Capacity, concept: Concept) -> bool:
    fresh = Capacity.objects.get(pk=capacity.pk)
    parent = fresh.get_parent()
    if (parent.slug if parent else "") == concept.parent:
        return False
    if concept.parent:
        target = Capacity.objects.get(slug=concept.parent)
        if target.is_descendant_of(fresh):
            return False
        fresh.move(target, pos="last-child")
    else:
        fresh.move(Capacity.get_last_root_node(), pos="last-sibling")
    return True
