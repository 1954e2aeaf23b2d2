"""What earlier imports brought in, and whether it was edited here since."""

import hashlib
import json
import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from learning.models import ImportRecord, Library, TrainingModulePage

SOURCE = "wikiedu"
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
PAGE_FIELDS = ("title", "summary", "introduction", "form", "minutes_min", "minutes_max", "credit", "licence")


class ImportHistory:
    """The records of one source, read in one query. Two dashboards count their modules and slides alike."""

    def __init__(self, source: str = SOURCE) -> None:
        self.source = source
        rows = ImportRecord.objects.filter(source=source)
        self.records = {(row.type, row.source_id): row for row in rows}

    def get(self, type_name: str, source_id: int | str) -> ImportRecord | None:
        """Return the record of one thing, or None where it was never imported."""
        return self.records.get((type_name, str(source_id)))

    def pages(self) -> dict[str, int]:
        """Return the page of every module that was ever imported, by the module's slug."""
        rows = (row for (kind, _id), row in self.records.items() if kind == ImportRecord.Type.MODULE)
        return {row.slug: row.page_id for row in rows if row.slug and row.page_id}

    def slides(self) -> dict[str, str]:
        """Return the source's id of every slide that was ever imported, by its slug."""
        rows = (row for (kind, _id), row in self.records.items() if kind == ImportRecord.Type.SLIDE)
        return {row.slug: row.source_id for row in rows if row.slug}

    def lock(self, type_name: str, source_id: int | str) -> ImportRecord:
        """Return the record as it is now, made if need be, and keep other imports off it until the end of
        the transaction."""
        rows = ImportRecord.objects.select_for_update()
        record, _ = rows.get_or_create(source=self.source, type=type_name, source_id=str(source_id))
        self.records[type_name, str(source_id)] = record
        return record

    def write(self, type_name: str, source_id: int | str, **values: Any) -> ImportRecord:
        """Create or change the record of one thing."""
        record, _ = ImportRecord.objects.update_or_create(
            source=self.source, type=type_name, source_id=str(source_id), defaults=values
        )
        self.records[type_name, str(source_id)] = record
        return record

    def write_all(self, records: Iterable[ImportRecord]) -> None:
        """Create or change the records of many slides at once."""
        rows = list(records)
        ImportRecord.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["source", "type", "source_id"],
            update_fields=["slug", "source_path", "source_commit", "sha256", "updated"],
        )
        for row in rows:
            self.records[row.type, row.source_id] = row


def page_print(page: TrainingModulePage) -> str:
    """Return the hash of what an import wrote into a page; it changes when an editor changes that.

    What the editor rewrites without a change of content (keys of paragraphs, entities) does not count.
    """
    values: dict[str, Any] = {name: getattr(page, name) for name in PAGE_FIELDS}
    for name in ("outcomes", "steps"):
        block = page._meta.get_field(name).stream_block
        raw = block.get_prep_value(getattr(page, name))
        values[name] = block.get_prep_value(block.to_python(raw))
    return _hash(values)


def library_print(library: Library) -> str:
    """Return the hash of what an import wrote into a library."""
    names = ("name", "introduction", "listed", "credit", "licence")
    categories = [
        [
            category.title,
            category.description,
            [(entry.module_id, entry.name, entry.description) for entry in category.entries.all()],
        ]
        for category in library.categories.all()
    ]
    return _hash([[getattr(library, name) for name in names], categories])


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(_normal(value), sort_keys=True).encode()).hexdigest()


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return unescape(BLOCK_KEY.sub("", value)).replace("<br>", "<br/>").replace("<hr>", "<hr/>")
    if isinstance(value, dict):
        # A button without a step has an empty one as soon as it was saved by an editor.
        return {str(key): _normal(item) for key, item in value.items() if (key, item) != ("step", "")}
    if isinstance(value, list | tuple):
        return [_normal(item) for item in value]
    return value
