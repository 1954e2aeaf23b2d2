"""The world that is attacked: that of tests/test_matrix.py, with everything that the admin has addresses for."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Page, Site, UploadedFile, Workflow
from wagtail_localize.models import StringSegment, Translation

from directory.models import Organisation
from exchange.home.models import CreditedDocument, CreditedImage
from foundation.accounts.constants import Role
from learning.models import Enrolment, Library
from tests.factories import learning as lessons
from tests.factories.accounts import UserFactory
from tests.factories.directory import PersonFactory
from tests.test_matrix import NOTE, World, world

__all__ = ["world"]

FURTHER = {"translator": Role.TRANSLATOR, "moderator": Role.MODERATOR}


@pytest.fixture
def attacked(world: World, index: Any, tmp_path: Any) -> World:
    """The same people and things, two more roles, a superuser, and one of each thing that the admin keeps."""
    for who, role in FURTHER.items():
        user = UserFactory(email=f"{who}@private.example", name=who.title(), role=role)
        world.people[who] = PersonFactory(name=who.title(), user=user, contact_note=NOTE)
    root = UserFactory(email="superuser@private.example", name="Superuser", admin=True)
    world.people["superuser"] = PersonFactory(name="Superuser", user=root, contact_note=NOTE)
    world.things |= {**_pages(world), **_files(tmp_path), **_records(world)}
    index.rebuild()
    return world


def _pages(world: World) -> dict[str, Any]:
    lesson = world.things["lesson"]
    original = Page.objects.get(slug="draft-lesson").specific
    translated = lessons.translate(lesson, "es", publish=False)
    goal = Translation.objects.get(
        source__object_id=translated.translation_key, target_locale=translated.locale
    )
    editor = world.people["editor"].user
    original.save_revision(user=editor)
    state = original.get_workflow().start(original, editor)
    return {
        "original": original,
        "home": Site.objects.get(is_default_site=True).root_page,
        "learning_home": lesson.get_parent(),
        "revision": lesson.save_revision(),
        "translation": goal,
        "translation_source": goal.source,
        "segment": StringSegment.objects.filter(source=goal.source).first(),
        "workflow_state": state,
        "task_state": state.current_task_state,
        "task": state.current_task_state.task,
        "workflow": Workflow.objects.first(),
        "editing_session": EditingSession.objects.create(
            user=editor,
            content_type=ContentType.objects.get_for_model(Page),
            object_id=str(lesson.pk),
            last_seen_at=timezone.now(),
        ),
        "step": lesson.steps[0].id,
    }


def _files(folder: Any) -> dict[str, Any]:
    path = folder / "dot.png"
    Pillow.new("RGB", (8, 8), "red").save(path)
    with path.open("rb") as file:
        image = CreditedImage.objects.create(title="A dot", file=ImageFile(file, name="dot.png"))
    document = CreditedDocument.objects.create(title="A file", file=ContentFile(b"words", name="words.txt"))
    uploaded = UploadedFile.objects.create(
        file=ContentFile(b"words", name="waiting.txt"),
        for_content_type=ContentType.objects.get_for_model(CreditedDocument),
    )
    return {"image": image, "document": document, "uploaded": uploaded}


def _records(world: World) -> dict[str, Any]:
    enrolment = Enrolment.objects.create(
        cohort_id=world.things["cohort"], user=world.people["other"].user, state="enrolled"
    )
    return {
        "organisation_pk": Organisation.objects.get(slug=world.things["organisation"]).pk,
        "enrolment": enrolment,
        "library": Library.objects.create(name="A library"),
        "locale": Locale.objects.get_or_create(language_code="fr")[0],
        "site": Site.objects.get(is_default_site=True),
        "victim": world.people["other"].user.pk,
        "group": Group.objects.get(name=Role.EDITOR.value),
        "redirect": Redirect.objects.create(old_path="/old", redirect_link="/en/"),
        "collection": Collection.get_first_root_node().add_child(name="A collection"),
    }
