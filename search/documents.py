"""Which kinds of objects the index holds: each room registers a DocumentType in its `documents.py`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.module_loading import autodiscover_modules

from foundation.kinds import registry
from search.types import Document

Watch = Callable[[Any], Iterable[Any]]
WatchMany = Callable[[Sequence[Any]], Iterable[Any]]


@dataclass(frozen=True)
class Plain:
    """How the rows of a document type are asked in the database while the index rests.

    `rows` are those that `ids` lists, no others. `key` is the field whose text is a document's id; several
    rows may share it. The words of a question are looked for in the lookups of `titles`, and by `words`, a
    function from a word to a condition. `newest` is the field to order by. `filters` maps those facets that
    the database can narrow by to a function from the chosen values to a condition; facets not named there are
    looked up in the documents, of fewer rows. Nothing here may look at what a document does not show: a
    condition on a hidden field tells what is in it.
    """

    rows: models.QuerySet[Any]
    key: str = "pk"
    titles: tuple[str, ...] = ("title",)
    newest: str = "updated"
    words: Callable[[str], models.Q] | None = None
    filters: Mapping[str, Callable[[Sequence[str]], models.Q]] = field(default_factory=dict)


class DocumentType:
    """One kind of object in the index.

    `watches` maps each model whose rows a document shows to a function from an instance to the ids of the
    documents that show it. `fields` names, for models of which a document shows little, what it shows: saving
    only other fields (`save(update_fields=…)`) is no change. Changes without signals (QuerySet.update,
    bulk_create) are announced with `search.api.changed`. `watches_many` answers for many rows of a model at
    once, with one query, where thousands change together.
    """

    kind: ClassVar[str]
    watches: ClassVar[Mapping[type[models.Model], Watch]] = {}
    watches_many: ClassVar[Mapping[type[models.Model], WatchMany]] = {}
    fields: ClassVar[Mapping[type[models.Model], frozenset[str]]] = {}

    def showing(self, model: type[models.Model], rows: Sequence[Any]) -> list[Any]:
        """The ids of the documents that show any of these rows of a model, each once."""
        if (many := self.watches_many.get(model)) is not None:
            return list(dict.fromkeys(many(rows)))
        watch = self.watches.get(model, lambda row: ())
        return list(dict.fromkeys(id for row in rows for id in watch(row)))

    def ids(self) -> Iterable[str]:
        """The ids of all objects that belong in the index, for a rebuild; an iterator if there are many."""
        raise NotImplementedError

    def build(self, ids: Sequence[str]) -> Iterable[Document]:
        """The documents of these ids, with a fixed number of queries for all of them.

        An id that is not yielded (deleted, draft, private, paused) is removed from the index.
        """
        raise NotImplementedError

    def shown(self, ids: Sequence[str]) -> set[str]:
        """Those of these ids that belong in the index now."""
        plain = self.plain()
        if plain is None:
            return {document.id for document in self.build(ids)}
        found = plain.rows.filter(**{f"{plain.key}__in": ids}).order_by()
        return set(map(str, found.values_list(plain.key, flat=True)))

    def plain(self) -> Plain | None:
        """How to find objects without the index; None looks through the first of `ids` only."""
        return None


_types: dict[str, DocumentType] = {}


def register(cls: type[DocumentType]) -> type[DocumentType]:
    """Class decorator: take a document type into the index. Raises ValueError for a kind that no `kinds.py` declares."""
    if registry.find(cls.kind) is None:
        raise ValueError(f"{cls.__name__}: {cls.kind!r} is not one of {', '.join(registry.names())}.")
    if cls.kind in _types and type(_types[cls.kind]).__qualname__ != cls.__qualname__:
        raise ValueError(f"Both {type(_types[cls.kind]).__name__} and {cls.__name__} are {cls.kind!r}.")
    _types[cls.kind] = cls()
    watchers.cache_clear()
    return cls


def unregister(kind: str) -> None:
    """Take a kind out again; its models are no longer watched for it."""
    _types.pop(kind, None)
    watchers.cache_clear()


@functools.cache
def watchers() -> Mapping[type[models.Model], tuple[DocumentType, ...]]:
    """Which document types show something of each watched model."""
    found: dict[type[models.Model], tuple[DocumentType, ...]] = {}
    for made in _types.values():
        for model in made.watches:
            found[model] = (*found.get(model, ()), made)
    return found


def watched(label: str) -> type[models.Model] | None:
    """The watched model of this name ("app.model"); None where its app is gone, or nothing watches it any more."""
    return next((model for model in watchers() if model._meta.label_lower == label), None)


def document_types() -> Mapping[str, DocumentType]:
    """The registered types by kind."""
    return dict(_types)


def document_type(kind: str) -> DocumentType | None:
    """The type of a kind, None when no room declares it."""
    return _types.get(kind)


def autodiscover() -> None:
    """Import every app's `documents.py`."""
    autodiscover_modules("documents")


def facts_by_language(make: Callable[[str], Iterable[str]]) -> dict[str, dict[str, list[str]]]:
    """The facts of a document's card in each language of the interface; `make(language)` answers them with that
    language active, empty ones among them."""
    found = {}
    for code, _name in settings.INTERFACE_LANGUAGES:
        with translation.override(code):
            found[code] = {"facts": [fact for fact in make(code) if fact]}
    return found
