"""From Django's signals to the outbox: every change of a watched model is announced in its transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db import DatabaseError, models
from django.db.models.signals import m2m_changed, post_save, pre_delete

from search.documents import DocumentType, Watch
from search.outbox import announce

logger = logging.getLogger(__name__)
# What keeping a draft, or locking a page, writes on the page itself. Nothing of it is shown to readers.
DRAFT_FIELDS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)
_disconnectors: dict[str, list[Callable[[], None]]] = {}


def watch(document_type: DocumentType) -> None:
    """Listen to all models a document type shows."""
    for model, ids_of in document_type.watches.items():
        _watch_model(document_type.kind, model, ids_of, document_type.fields.get(model))


def unwatch(document_type: DocumentType) -> None:
    """Stop listening for a document type."""
    for disconnect in _disconnectors.pop(document_type.kind, []):
        disconnect()


def _watch_model(kind: str, model: type[models.Model], ids_of: Watch, shown: frozenset[str] | None) -> None:
    from wagtail.models import Page

    def changed(instances: Iterable[Any]) -> None:
        announce(kind, (id for instance in instances for id in ids_of(instance)))

    def saved(sender: Any, instance: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is None or is_shown(update_fields):
            changed([instance])

    def is_shown(fields: Iterable[str]) -> bool:
        if shown is not None:
            return not shown.isdisjoint(fields)
        return not issubclass(model, Page) or not DRAFT_FIELDS.issuperset(fields)

    def many(sender: Any, instance: Any, action: str, pk_set: set[Any] | None, **kwargs: Any) -> None:
        if action not in ("post_add", "post_remove", "pre_clear", "post_clear"):
            return
        if isinstance(instance, model):
            changed([instance])
        elif pk_set:
            changed(model._default_manager.filter(pk__in=pk_set))
        elif action == "pre_clear":
            changed(_related(instance, sender, model))

    _connect(kind, post_save, saved, model)
    # Before the row is gone, while its relations can still be followed; Django deletes in the same
    # transaction, and nobody reads the entry before that is committed.
    _connect(kind, pre_delete, saved, model)
    for field in model._meta.many_to_many:
        _connect(kind, m2m_changed, many, field.remote_field.through)
    _watch_pages(kind, model, changed)


def _related(instance: Any, through: Any, model: type[models.Model]) -> Iterable[Any]:
    """The watched objects on the other side of a many-to-many relation about to be cleared."""
    for field in model._meta.many_to_many:
        if field.remote_field.through is through:
            return model._default_manager.filter(**{field.name: instance})
    return ()


def _watch_pages(kind: str, model: type[models.Model], changed: Callable[[Iterable[Any]], None]) -> None:
    """Wagtail's own signals: publishing ends after the children are saved, moving writes raw SQL."""
    from wagtail.models import Page
    from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

    if not issubclass(model, Page):
        return

    def published(sender: Any, instance: Any, **kwargs: Any) -> None:
        if isinstance(instance, model):
            changed([instance])

    def moved(sender: Any, instance: Any, **kwargs: Any) -> None:
        # The address of every page below changes with it.
        below = Page.objects.descendant_of(instance, inclusive=True).values_list("pk", flat=True)
        changed(model._default_manager.filter(pk__in=below))

    for signal, receiver in (
        (page_published, published),
        (page_unpublished, published),
        (page_slug_changed, moved),
        (post_page_move, moved),
    ):
        _connect(kind, signal, receiver, None)


def _connect(kind: str, signal: Any, receiver: Callable[..., None], sender: Any) -> None:
    def safely(sender: Any, **kwargs: Any) -> None:
        if kwargs.get("raw"):
            return  # a fixture: rows that this one points at may not be there yet; rebuild afterwards
        try:
            receiver(sender, **kwargs)
        except DatabaseError:
            raise  # the transaction is broken already; hiding it would lose the caller's change
        except Exception:
            # A mistake in a room's watch must not stop people from saving; verify finds what it missed.
            logger.exception("The search index was not told of a change of %s", sender)

    signal.connect(safely, sender=sender, weak=False)
    _disconnectors.setdefault(kind, []).append(lambda: signal.disconnect(safely, sender=sender))
