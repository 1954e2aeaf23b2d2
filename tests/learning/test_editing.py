"""Editors, moderators and schedules: what becomes public, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Workflow

from foundation.accounts.constants import Role
from learning.models import Cohort, Enrolment, Library
from learning.models.base import source_of
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory
from tests.factories.learning import make_cohort, make_course, make_module, make_webinar, translate

pytestmark = pytest.mark.django_db


def test_a_change_goes_through_moderation_before_readers_see_it(client):
    page = make_module(title="Open otters")
    page.summary = "Told by an editor."
    page.save_revision()
    workflow = Workflow.objects.get(name="Moderators approval")
    editor, moderator = UserFactory(role=Role.EDITOR), UserFactory(role=Role.MODERATOR)
    state = workflow.start(page, editor)
    assert "Told by an editor." not in client.get(page.url).text
    state.current_task_state.approve(user=moderator)
    assert "Told by an editor." in client.get(page.url).text


def test_a_scheduled_lesson_appears_on_its_day(client):
    page = make_module(live=False, title="Tomorrow's lesson")
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    address = f"/en/learn/{page.slug}/"
    assert client.get(address).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        call_command("publish_scheduled")
    assert client.get(address).status_code == 200


def test_an_earlier_revision_can_be_brought_back(client):
    page = make_module(title="First words")
    first = page.latest_revision
    page.title = "Second words"
    page.save_revision().publish()
    restored = first.as_object()
    restored.save_revision().publish()
    assert "First words" in client.get(page.url).text


def test_capacities_of_a_draft_are_not_those_of_the_published_page(client):
    known = CapacityFactory(slug="boards", label="Boards")
    new = CapacityFactory(slug="elections", label="Elections")
    page = make_module(capacities=[known])
    page.capacities.add(new)
    page.save_revision()
    shown = client.get(page.url).text
    assert "Boards" in shown
    assert "Elections" not in shown
    page.get_latest_revision().publish()
    assert "Elections" in client.get(page.url).text


def test_a_translation_reads_the_capacities_of_its_original(client):
    known = CapacityFactory(slug="boards", label="Boards", es="Juntas")
    page = make_module(capacities=[known])
    spanish = translate(page, "es")
    later = CapacityFactory(slug="elections", label="Elections", es="Elecciones")
    page.capacities.add(later)
    page.save_revision().publish()
    shown = client.get(spanish.url).text
    assert "Juntas" in shown
    assert "Elecciones" in shown
    assert source_of(spanish) == page


def test_roles_may_do_what_their_work_asks():
    coordinator, editor = UserFactory(role=Role.COORDINATOR), UserFactory(role=Role.EDITOR)
    assert coordinator.has_perm("learning.add_cohort")
    assert coordinator.has_perm("learning.change_enrolment")
    assert editor.has_perm("learning.change_library")
    assert not UserFactory().has_perm("learning.change_cohort")


def test_a_course_that_is_deleted_takes_its_cohorts_along_and_nothing_else():
    course, other = make_course(), make_course()
    make_cohort(course)
    kept = make_cohort(other)
    course.delete()
    assert list(Cohort.objects.all()) == [kept]
    assert not Enrolment.objects.exists()


def test_every_route_of_every_page_kind_opens_for_everybody(client):
    module, webinar, course = make_module(), make_webinar(), make_course()
    make_cohort(course)
    Library.objects.create(name="First steps", slug="first-steps")
    urls = [module.url, f"{module.url}step/1/", f"{module.url}done/", webinar.url, course.url]
    urls += [f"{webinar.url}captions/en/", f"{webinar.url}transcript/en/", "/en/learn/library/first-steps/"]
    for user in (None, UserFactory(), UserFactory(role=Role.EDITOR)):
        if user is not None:
            client.force_login(user)
        for url in urls:
            assert client.get(url).status_code == 200, url
