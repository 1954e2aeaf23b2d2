"""Modules as pages below the learning home; pages edited here stay as they are unless one asks otherwise."""

import csv
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug

from directory.models import Capacity
from learning.models import ImportRecord, LearningIndexPage, TrainingModulePage

from .content import Built, source_url
from .history import ImportHistory, page_print
from .links import Target
from .records import Module
from .reports import Defects, Kind, Outcome
from .steps import block_id

MODULE = ImportRecord.Type.MODULE
CAPACITIES = Path(__file__).with_name("capacities.csv")


@cache
def suggested_capacities() -> dict[str, tuple[str, ...]]:
    """Return the slugs of the capacities that each module builds, by the module's slug.

    A suggestion made by people, for the first import only: editors choose afterwards.
    """
    with CAPACITIES.open(encoding="utf-8", newline="") as file:
        return {row["module"]: tuple(row["capacities"].split()) for row in csv.DictReader(file)}


class Pages:
    """Our pages of the source's modules. `ids` holds the page of every module by its slug, `earlier` also those of
    modules that are not in this import."""

    def __init__(
        self, home: LearningIndexPage, ledger: ImportHistory, defects: Defects, *, overwrite: bool
    ) -> None:
        self.home = home
        self.ledger = ledger
        self.defects = defects
        self.overwrite = overwrite
        self.ids: dict[str, int] = {}
        self.earlier: dict[str, int] = {}
        self.steps: dict[int, set[str]] = {}
        self.capacities = {capacity.slug: capacity for capacity in Capacity.objects.all()}

    def make_room(self, modules: Iterable[Module], *, dry_run: bool) -> None:
        """See that every module has a page, if only an empty draft, so that bodies can link to one another.

        A page that was deleted here gets no new one: that was a decision of an editor.
        """
        for module in modules:
            record = self.ledger.get(MODULE, module.id)
            if record and record.page_id:
                self.ids[module.slug] = record.page_id
            elif not dry_run and (self.overwrite or not record or not record.built):
                self.ids[module.slug] = self._empty(module)
        for slug, page in self.ledger.pages().items():
            self.earlier.setdefault(slug, page)

    def page_of(self, slug: str) -> int | None:
        """Return our page of a module of this import, or of an earlier one."""
        return self.ids.get(slug) or self.earlier.get(slug)

    def earlier_step(self, found: Target) -> str:
        """Return the block id of a step of a module that came with an earlier import, "" where it has no such step."""
        page, slide = self.earlier.get(found.module), self.ledger.slides().get(found.slide)
        if not page or not slide:
            return ""
        if page not in self.steps:
            steps = TrainingModulePage.objects.get(pk=page).steps
            self.steps[page] = {str(step.id) for step in steps}
        step = block_id("slide", slide)
        return step if step in self.steps[page] else ""

    @transaction.atomic
    def _empty(self, module: Module) -> int:
        """Return the id of a new empty page, or of the one that another import made in the meantime."""
        record = self.ledger.lock(MODULE, module.id)
        if record.page_id:
            return record.page_id
        page = TrainingModulePage(
            title=module.name[:255],
            slug=find_available_slug(self.home, slugify(module.slug) or f"module-{module.id}"),
            live=False,
            locale=self.home.locale,
        )
        # Read again: another import may have added pages, and the tree keeps count of its children.
        LearningIndexPage.objects.get(pk=self.home.pk).add_child(instance=page)
        self.ledger.write(MODULE, module.id, page=page, slug=module.slug[:255], built="", saved="")
        return int(page.pk)

    def fate(self, module: Module, record: ImportRecord | None) -> str:
        """Return what saving a changed module would do, without doing it."""
        if record is None or not record.built:
            return "created"
        return "skipped" if self._was_edited(module, record) else "updated"

    def _was_edited(self, module: Module, record: ImportRecord) -> bool:
        """Return whether an editor changed or deleted the page, and report it."""
        if self.overwrite or not record.built:
            return False
        if record.page is None:
            what = "This module was deleted here and stays so"
        elif page_print(record.page.get_latest_revision_as_object()) != record.saved:
            what = "This module was edited here; the source's changes were not taken"
        else:
            return False
        message = f"{what}. Use --overwrite-local-edits to take the source's version."
        self.defects.add(Kind.LOCAL_EDIT, Outcome.SKIPPED, module.source.path, message)
        return True

    def save(self, built: Built, commit: str) -> tuple[str, TrainingModulePage | None]:
        """Write a module into its page and publish it. Returns the column of the table, and the page."""
        module = built.module
        record = self.ledger.lock(MODULE, module.id)
        if record.built == built.sha256 and record.page_id:
            return "unchanged", None
        if self._was_edited(module, record) or module.slug not in self.ids:
            return "skipped", None
        fate = "updated" if record.built else "created"
        page = TrainingModulePage.objects.select_for_update().get(pk=self.ids[module.slug])
        publish = built.facts["live"] and (page.live or fate == "created")
        _fill(page, built, commit)
        if fate == "created":
            page.capacities.set(self._capacities_of(module))
        if not page.live:
            page.save()
        revision = page.save_revision()
        if publish:
            revision.publish()
        elif page.live:
            page.unpublish()
        page = TrainingModulePage.objects.get(pk=page.pk)
        self.ledger.write(
            MODULE,
            module.id,
            page=page,
            slug=module.slug[:255],
            source_path=module.source.path[:500],
            source_commit=commit,
            sha256=module.source.sha256,
            built=built.sha256,
            saved=page_print(page.get_latest_revision_as_object()),
        )
        return fate, page

    def _capacities_of(self, module: Module) -> list[Capacity]:
        slugs = suggested_capacities().get(module.slug, ())
        return [self.capacities[slug] for slug in slugs if slug in self.capacities]


def _fill(page: TrainingModulePage, built: Built, commit: str) -> None:
    content, facts = built.original, built.facts
    page.title = page.draft_title = content.title
    page.summary = content.summary
    page.introduction = content.introduction
    page.source_url = source_url(built.module.source.path, commit)
    # A stream field takes its raw data as JSON and builds its blocks from that.
    for name, raw in (("outcomes", content.outcomes), ("steps", content.steps)):
        setattr(page, name, json.dumps(raw))
    for name in ("form", "minutes_min", "minutes_max", "credit", "licence", "licence_url"):
        setattr(page, name, facts[name])
