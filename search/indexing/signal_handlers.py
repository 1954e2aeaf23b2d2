"""From Django's signals to the outbox: every change of a watched model is announced in its transaction."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db import DatabaseError, models
from django.db.models.signals import m2m_changed, post_save, pre_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from search.documents import DocumentType, watchers
from search.outbox import announce, announce_rows

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


def connect() -> None:
    """Listen to what document types watch; called once when the site starts."""
    for signal, receiver in (
        (post_save, saved),
        (pre_delete, deleted),
        (m2m_changed, related),
        (page_published, published),
        (page_unpublished, published),
        # The address of every page below changes with it.
        (page_slug_changed, moved),
        (post_page_move, moved),
    ):
        signal.connect(receiver, dispatch_uid=f"search.{receiver.__name__}")


def _safely(receiver: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(receiver)
    def receive(sender: Any, **kwargs: Any) -> None:
        if kwargs.get("raw"):
            return  # a fixture: rows that this one points at may not be there yet; rebuild afterwards
        try:
            receiver(sender, **kwargs)
        except DatabaseError:
            raise  # the transaction is broken already; hiding it would lose the caller's change
        except Exception:
            # A mistake in a room's watch must not stop people from saving; verify finds what it missed.
            logger.exception("The search index was not told of a change of %s", sender)

    return receive


@_safely
def saved(sender: Any, instance: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """One row for what was saved, whichever documents show it: the drain finds those."""
    for made in watchers().get(sender, ()):
        if update_fields is None or _is_shown(made, sender, update_fields):
            announce_rows(sender, [instance.pk])
            return


def _is_shown(made: DocumentType, model: type[models.Model], fields: Iterable[str]) -> bool:
    shown = made.fields.get(model)
    if shown is not None:
        return not shown.isdisjoint(fields)
    return not issubclass(model, Page) or not DRAFT_FIELDS.issuperset(fields)


@_safely
def deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Before the row is gone, while its relations can still be followed: a row for each document.

    Django deletes in the same transaction, and nobody reads the entries before that is committed.
    """
    for made in watchers().get(sender, ()):
        announce(made.kind, made.showing(sender, [instance]), signalled=True)


@_safely
def related(sender: Any, instance: Any, action: str, pk_set: set[Any] | None, **kwargs: Any) -> None:
    """A many-to-many relation of a watched model, from either side."""
    if action not in ("post_add", "post_remove", "pre_clear", "post_clear"):
        return
    for model in watchers():
        for field in model._meta.many_to_many:
            if field.remote_field.through is not sender:
                continue
            if isinstance(instance, model):
                announce_rows(model, [instance.pk])
            elif pk_set:
                announce_rows(model, pk_set)
            elif action == "pre_clear":
                there = model._default_manager.filter(**{field.name: instance})
                announce_rows(model, there.values_list("pk", flat=True))


@_safely
def published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Publishing ends after the children of a page are saved."""
    for model in watchers():
        if issubclass(model, Page) and isinstance(instance, model):
            announce_rows(model, [instance.pk])


@_safely
def moved(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Moving writes raw SQL."""
    below = Page.objects.descendant_of(instance, inclusive=True).values_list("pk", flat=True)
    for model in watchers():
        if issubclass(model, Page):
            announce_rows(model, model._default_manager.filter(pk__in=below).values_list("pk", flat=True))
