"""What editors have scheduled or handed in, each page by itself.

Wagtail publishes one after the other without a net: a page whose address is taken by now raises, has lost its date
by then, and all that come after it wait. Here such a page gets an address that is free; one that cannot be published
at all stays a draft; and in both cases those who scheduled it are told.
"""

from __future__ import annotations

import logging
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import DraftStateMixin, Page, PageLogEntry, Revision

from foundation.accounts.models import User
from foundation.notifications.services import notify

logger = logging.getLogger(__name__)
LONGEST_SLUG = 255


def expire_due() -> None:
    """Takes down what has expired."""
    drafting = (model for model in apps.get_models() if issubclass(model, DraftStateMixin))
    for model in (Page, *(model for model in drafting if not issubclass(model, Page))):
        for found in list(model._default_manager.filter(live=True, expire_at__lt=timezone.now())):
            found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def publish_due() -> None:
    """Publishes what is due, the oldest date first. Safe to repeat, also at the same time."""
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
    for key in list(due.values_list("pk", flat=True)):
        try:
            _publish(key)
        except Exception:
            # Nothing of it happened, so that it is tried again; the others go on.
            logger.exception("The scheduled revision %s could not be published", key)


def publish(revision: Revision, **more: Any) -> None:
    """Publishes a revision under an address that is free, and tells its writers where that is another one."""
    moved = _with_free_address(revision)
    revision.publish(**more)
    if moved:
        _tell(revision, "editing.published_elsewhere", slug=revision.content["slug"])


def _publish(key: int) -> None:
    try:
        with transaction.atomic():
            due = Revision.objects.select_for_update().filter(approved_go_live_at__lt=timezone.now())
            revision = due.filter(pk=key).first()
            if revision is None:
                return
            publish(revision, log_action="wagtail.publish.scheduled")
    except ValidationError as error:
        with transaction.atomic():
            revision = Revision.objects.get(pk=key)
            Revision.objects.filter(pk=key).update(approved_go_live_at=None)
            _tell(revision, "editing.not_published", error)


def _with_free_address(revision: Revision) -> bool:
    """Where a sibling has the page's slug by now, the page takes the next that is free. Answers whether it did."""
    page = revision.as_object()
    if not isinstance(page, Page) or page.is_root():
        return False
    taken = set(page.get_siblings(inclusive=False).values_list("slug", flat=True))
    if page.slug not in taken:
        return False
    number = 2
    while (free := f"{page.slug[: LONGEST_SLUG - 6]}-{number}") in taken:
        number += 1
    revision.content["slug"] = free
    revision.save(update_fields=["content"])
    return True


def _tell(revision: Revision, kind: str, error: ValidationError | None = None, **more: str) -> None:
    """Those who wrote it and those who chose its day, each in their language."""
    found = revision.content_object
    page = found.specific_deferred if isinstance(found, Page) else found
    scheduled = PageLogEntry.objects.filter(
        page_id=revision.object_id, action="wagtail.publish.schedule", user__isnull=False
    )
    chose = scheduled.order_by("-timestamp").values_list("user_id", flat=True).first()
    keys = {revision.user_id, chose, getattr(page, "owner_id", None)}
    url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if isinstance(page, Page) else ""
    for user in User.objects.filter(pk__in=keys - {None}, is_active=True):
        with translation.override(user.language or "en"):
            context = {"title": str(page), "reason": " ".join(error.messages) if error else "", **more}
            notify(user, kind, context, url=url, key=f"{kind}:{revision.pk}")
