"""Scheduled pages: none is lost, none holds up the others, and whoever chose the day is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow

from foundation.accounts.constants import Role
from foundation.jobs.tasks import publish_scheduled
from foundation.notifications.models import Notification
from foundation.notifications.registry import KINDS
from learning.models import TrainingModulePage
from tests.factories.accounts import UserFactory
from tests.factories.learning import make_module, make_webinar

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Any:
    """Whoever chooses the day."""
    return UserFactory(role=Role.MODERATOR, language="en")


@pytest.fixture
def later() -> Iterator[None]:
    """Two hours on, where pages of one hour on are due."""
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        yield


def schedule(page: Page, editor: Any, hours: float = 1) -> None:
    page.go_live_at = timezone.now() + timedelta(hours=hours)
    page.save_revision(user=editor).publish(user=editor)


def two_hours_later() -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        publish_scheduled()


def with_slug(page: Page, slug: str) -> Page:
    page.slug = slug
    return page


def told(editor: Any) -> list[str]:
    rows = Notification.objects.filter(user=editor).order_by("pk")
    return [
        KINDS[row.kind].render("subject", row.context) + " " + KINDS[row.kind].render("body", row.context)
        for row in rows
    ]


def test_a_page_whose_address_was_taken_is_published_under_another_and_its_editor_told(client, editor):
    page = make_module(title="Talking to a museum")
    schedule(with_slug(page, "museums"), editor)
    make_module(title="Museums", slug="museums")
    make_module(title="More museums", slug="museums-2")
    after = make_module(title="After it", live=False)
    schedule(after, editor, hours=1.5)
    two_hours_later()
    assert Page.objects.get(pk=page.pk).slug == "museums-3"
    assert client.get("/en/learn/museums-3/").status_code == 200
    assert Page.objects.get(pk=after.pk).live
    assert ["ends in “museums-3”" in text for text in told(editor)] == [True]
    assert "Talking to a museum" in told(editor)[0]
    assert Notification.objects.get().url.endswith(f"/pages/{page.pk}/edit/")
    two_hours_later()
    assert len(told(editor)) == 1


def test_a_page_that_cannot_be_published_stays_a_draft_and_its_editor_is_told_why(editor):
    page = make_webinar(live=False)
    schedule(page, editor)
    page.captions.all().delete()
    after = make_module(title="After it", live=False)
    schedule(after, editor, hours=1.5)
    revision = page.get_latest_revision()
    revision.content["captions"] = []
    revision.save(update_fields=["content"])
    two_hours_later()
    page.refresh_from_db()
    assert not page.live
    assert page.get_latest_revision().approved_go_live_at is None
    assert Page.objects.get(pk=after.pk).live
    [text] = told(editor)
    assert "Add captions in at least one language" in text
    assert "kept as a draft" in text


def test_what_fails_for_another_reason_keeps_its_day_and_holds_up_no_other(editor, monkeypatch, caplog):
    page, after = make_module(live=False), make_module(title="After it", live=False)
    schedule(page, editor)
    schedule(after, editor, hours=1.5)
    saved = TrainingModulePage.save

    def failing(self: Any, *args: Any, **kwargs: Any) -> Any:
        if self.pk == page.pk:
            raise RuntimeError("the disk is full")
        return saved(self, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(TrainingModulePage, "save", failing)
        two_hours_later()
    assert Page.objects.get(pk=after.pk).live
    assert "the disk is full" in caplog.text
    two_hours_later()
    assert Page.objects.get(pk=page.pk).live


def test_an_approved_page_whose_address_was_taken_is_published_under_another(client, editor):
    page = make_module(title="Talking to a museum")
    with_slug(page, "museums").save_revision(user=editor)
    state = Workflow.objects.get(name="Moderators approval").start(page, editor)
    make_module(title="Museums", slug="museums")
    moderator = UserFactory(role=Role.MODERATOR)
    client.force_login(moderator)
    task = state.current_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    assert client.post(approve).status_code == 302
    assert Page.objects.get(pk=page.pk).slug == "museums-2"
    assert "ends in “museums-2”" in told(editor)[0]


def test_a_page_that_has_expired_is_taken_down(editor):
    page = make_module()
    page.expire_at = timezone.now() + timedelta(hours=1)
    page.save_revision(user=editor).publish(user=editor)
    two_hours_later()
    assert not Page.objects.get(pk=page.pk).live


def test_a_dry_run_changes_nothing(editor, later, capsys):
    with time_machine.travel(timezone.now() - timedelta(hours=2), tick=False):
        page = make_module(title="Tomorrow", live=False)
        schedule(page, editor)
    call_command("publish_scheduled", dryrun=True)
    assert not Page.objects.get(pk=page.pk).live
