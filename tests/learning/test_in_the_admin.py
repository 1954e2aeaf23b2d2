"""Modules, recordings and courses in the editors' admin: made from nothing, previewed, translated."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation

from exchange.accounts.enums import Role
from learning.models import WebinarPage
from tests.factories.accounts import UserFactory
from tests.factories.learning import (
    VTT,
    learning_home,
    make_course,
    make_module,
    make_webinar,
    step,
    translate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Any) -> Any:
    """Signed in as an editor."""
    found = UserFactory(role=Role.EDITOR)
    client.force_login(found)
    return found


def recording(*captions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What the form of a recording sends."""
    fields = {
        "title": "Working with a museum",
        "slug": "working-with-a-museum",
        "introduction": rich_text(""),
        "outcomes": streamfield([]),
        "chapters": streamfield([]),
        "captions": inline_formset(list(captions)),
        "speakers": inline_formset([]),
        "duration": "0",
        "spoken_language": "en",
        "level": "first",
        "comments": inline_formset([]),
    }
    return nested_form_data({**fields, **more})


def adding(model: Any) -> str:
    """Where a page of this kind is made."""
    names = (model._meta.app_label, model._meta.model_name)
    return reverse("wagtailadmin_pages:add", args=[*names, learning_home().pk])


def test_a_recording_without_captions_is_kept_as_a_draft(client, editor):
    client.post(adding(WebinarPage), recording())
    page = WebinarPage.objects.get(title="Working with a museum")
    assert not page.live


def test_a_recording_is_published_with_captions_and_not_without(client):
    client.force_login(UserFactory(role=Role.MODERATOR))
    where = {"external_url": "https://commons.wikimedia.org/wiki/File:Example.webm", "action-publish": "1"}
    refused = client.post(adding(WebinarPage), recording(**where))
    assert "Add captions in at least one language" in refused.text
    assert not WebinarPage.objects.exists()
    client.post(adding(WebinarPage), recording({"language": "en", "text": VTT}, **where))
    assert WebinarPage.objects.get().live


def test_captions_are_not_taken_from_a_published_recording(client):
    client.force_login(UserFactory(role=Role.MODERATOR))
    page = make_webinar(title="Working with a museum", slug="working-with-a-museum")
    row = page.captions.get()
    gone = {"id": str(row.pk), "language": "en", "text": VTT, "DELETE": "1"}
    sent = recording(external_url=page.external_url, **{"action-publish": "1"})
    sent |= nested_form_data({"captions": inline_formset([gone], initial=1)})
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
    assert "Add captions in at least one language" in answer.text
    assert WebinarPage.objects.get().captions.count() == 1


def test_every_mode_of_a_preview_can_be_opened_by_its_name():
    page = make_module(step("Why meet"), step("Where"))
    modes = [mode for mode, _label in page.preview_modes]
    assert len(modes) == 3
    assert all("/" not in mode for mode in modes)
    found = {}
    for mode in modes:
        answer = page.make_preview_request(preview_mode=mode)
        assert answer.status_code == 200
        found[mode] = answer.content.decode()
    assert len(set(found.values())) == 3
    assert "Where" in found[modes[2]]


@pytest.mark.parametrize("make", [make_module, make_webinar, make_course])
@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.EDITOR, Role.MODERATOR, Role.ADMINISTRATOR])
def test_the_translation_editor_opens_with_every_preview(client, make, role):
    page = translate(make(), "es", publish=False)
    client.force_login(UserFactory(role=role))
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
    assert "localize" in answer.text
    for mode, _label in page.preview_modes:
        known = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)
        address = reverse("wagtail_localize:preview_translation", args=[known.pk, *([mode] if mode else [])])
        assert client.get(address).status_code == 200, mode
