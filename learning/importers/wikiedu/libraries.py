"""The source's libraries as ours: which modules belong together, in which categories."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from learning.models import ImportRecord, LibraryCategory, LibraryEntry
from learning.models import Library as OurLibrary

from .content import FORMAT, library_data
from .history import ImportHistory, library_print
from .records import Library, Training
from .reports import Defects, Kind, Outcome

LIBRARY = ImportRecord.Type.LIBRARY
FIELDS = ("name", "introduction", "listed", "credit", "licence")


def load_libraries(
    training: Training,
    ledger: ImportHistory,
    pages: Mapping[str, int],
    defects: Defects,
    *,
    dry_run: bool,
    overwrite: bool,
) -> dict[str, str]:
    """Bring the libraries in and return for each the column of the table it belongs to.

    `pages` holds the page of every module by its slug; a library without some of its modules has the rest.
    """
    fates = {}
    for library in training.libraries.values():
        data = library_data(library)
        built = _hash([data, sorted(pages.get(slug, 0) for slug in library.modules)])
        record = ledger.get(LIBRARY, library.id)
        if record and record.library_id and record.built == built:
            fates[library.slug] = "unchanged"
        elif record and record.built and not overwrite and _was_edited(record):
            message = "This library was edited or deleted here; the source's changes were not taken."
            defects.add(Kind.LOCAL_EDIT, Outcome.SKIPPED, library.source.path, message)
            fates[library.slug] = "skipped"
        else:
            fates[library.slug] = "updated" if record and record.built else "created"
            if not dry_run:
                _save(library, data, built, training.commit, ledger, pages)
    return fates


def _hash(data: Any) -> str:
    return hashlib.sha256(json.dumps([FORMAT, data], sort_keys=True).encode()).hexdigest()


def _was_edited(record: ImportRecord) -> bool:
    return record.library is None or library_print(record.library) != record.saved


@transaction.atomic
def _save(
    library: Library,
    data: dict[str, Any],
    built: str,
    commit: str,
    ledger: ImportHistory,
    pages: Mapping[str, int],
) -> None:
    record = ledger.lock(LIBRARY, library.id)
    ours = record.library or OurLibrary(slug=_free_slug(library.slug))
    for name in FIELDS:
        setattr(ours, name, data[name])
    ours.source_url = data["source_url"].format(commit=commit or "master")
    ours.save()
    _save_categories(ours, data["categories"], pages)
    ledger.write(
        LIBRARY,
        library.id,
        library=ours,
        slug=library.slug[:255],
        source_path=library.source.path[:500],
        source_commit=commit,
        sha256=library.source.sha256,
        built=built,
        saved=library_print(OurLibrary.objects.get(pk=ours.pk)),
    )


def _save_categories(ours: OurLibrary, categories: list[dict[str, Any]], pages: Mapping[str, int]) -> None:
    ours.categories.all().delete()
    for order, category in enumerate(categories):
        group = LibraryCategory.objects.create(
            library=ours, sort_order=order, title=category["title"][:200], description=category["description"]
        )
        LibraryEntry.objects.bulk_create(
            LibraryEntry(
                category=group,
                sort_order=place,
                module_id=pages[slug],
                name=name[:255],
                description=description,
            )
            for place, (slug, name, description) in enumerate(category["entries"])
            if slug in pages
        )


def _free_slug(slug: str) -> str:
    wanted = slug[:100]
    return f"wikiedu-{wanted}" if OurLibrary.objects.filter(slug=wanted).exists() else wanted
