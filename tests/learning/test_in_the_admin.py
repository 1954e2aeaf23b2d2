"""Modules, recordings and courses in the editors' admin: made from nothing, previewed, translated."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation

from exchange.home.models import CreditedDocument, CreditedImage
from foundation.accounts.constants import Role
from learning.models import CoursePage, TrainingModulePage, WebinarPage
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


def lesson(*body: tuple[str, Any], **more: Any) -> dict[str, Any]:
    """What the form of a lesson of one step sends."""
    step_of = {"title": "", "kicker": "", "minutes": "", "next_label": "", "body": streamfield(list(body))}
    fields = {
        "title": "Half a lesson",
        "slug": "half-a-lesson",
        "introduction": rich_text(""),
        "outcomes": streamfield([]),
        "steps": streamfield([("step", step_of)]),
        "next_modules": inline_formset([]),
        "form": "training",
        "level": "first",
        "comments": inline_formset([]),
    }
    return nested_form_data({**fields, **more})


HALF_WRITTEN = [
    ("button", {"label": "", "page": "", "url": ""}),
    ("video", {"recording": "", "start": "4:", "url": "", "title": "", "credit": ""}),
    ("image", {"image": "", "alt": "", "caption": "", "credit": ""}),
    ("text", rich_text("")),
    (
        "question",
        {"question": rich_text(""), "mode": "single", "answers": {"count": "0"}},
    ),
]


def test_half_written_blocks_are_kept_in_a_draft_which_can_be_looked_at(client, editor):
    answer = client.post(adding(TrainingModulePage), lesson(*HALF_WRITTEN))
    page = TrainingModulePage.objects.get(title="Half a lesson")
    assert answer.status_code == 302
    draft = page.get_latest_revision_as_object()
    assert [block.block_type for block in draft.steps[0].value["body"]] == [kind for kind, _ in HALF_WRITTEN]
    for mode, _label in draft.preview_modes:
        assert draft.make_preview_request(preview_mode=mode).status_code == 200


def test_half_written_blocks_are_not_published(client):
    client.force_login(UserFactory(role=Role.MODERATOR))
    answer = client.post(adding(TrainingModulePage), lesson(*HALF_WRITTEN, **{"action-publish": "1"}))
    assert answer.status_code == 200
    assert not TrainingModulePage.objects.exists()


def test_half_written_captions_and_speakers_are_kept_in_a_draft(client, editor):
    sent = recording(
        {"language": "", "text": "WEB"}, speakers=inline_formset([{"name": "", "about": "Host"}])
    )
    client.post(adding(WebinarPage), sent)
    page = WebinarPage.objects.get()
    assert page.captions.get().text == "WEB"
    assert page.get_latest_revision_as_object().make_preview_request().status_code == 200
    with pytest.raises(ValidationError):
        page.get_latest_revision().publish()


SRT = "1\n00:00:01,000 --> 00:00:02,000\nHola.\n\n2\n00:00:06,000 --> 00:00:05,000\nAtrás\n"
SBV = "0:00:01.000,0:00:02.000\nHola.\n"


def uploaded(client: Any, name: str, content: str) -> CreditedDocument:
    """A file of captions, uploaded where documents are."""
    file = SimpleUploadedFile(name, content.encode())
    sent = {"title": name, "file": file, "collection": str(Collection.get_first_root_node().pk), "tags": ""}
    answer = client.post(reverse("wagtaildocs:add"), sent)
    assert answer.status_code == 302, answer.text
    return CreditedDocument.objects.get(title=name)


@pytest.mark.parametrize(("name", "content"), [("es.vtt", VTT), ("es.srt", SRT), ("es.sbv", SBV)])
def test_captions_of_each_form_are_uploaded_and_taken(client, editor, settings, tmp_path, name, content):
    settings.MEDIA_ROOT = tmp_path
    file = uploaded(client, name, content)
    sent = recording({"language": "es", "text": "", "file": str(file.pk)})
    told = client.post(adding(WebinarPage), sent, follow=True)
    draft = WebinarPage.objects.get().get_latest_revision_as_object()
    assert draft.captions.get().text.startswith("WEBVTT")
    assert ("Captions in Español: Line 6: this caption ends before it begins" in told.text) is (
        name == "es.srt"
    )


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}])
def test_a_file_without_captions_takes_nothings_place(client, settings, tmp_path, action):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(UserFactory(role=Role.MODERATOR))
    page = make_webinar(title="Working with a museum", slug="working-with-a-museum")
    file = uploaded(client, "broken.vtt", "WEBVTT\n\n00:05.000 --> 00:04.000\nBackwards\n")
    row = {"id": str(page.captions.get().pk), "language": "en", "text": VTT, "file": str(file.pk)}
    sent = recording(external_url=page.external_url, **action)
    sent |= nested_form_data({"captions": inline_formset([row], initial=1)})
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
    assert answer.status_code == 200
    assert (
        "Captions in English: the file broken.vtt cannot be taken. Line 3: this caption ends" in answer.text
    )
    assert "We asked for a room" in answer.text
    assert WebinarPage.objects.get().get_latest_revision_as_object().captions.get().text == VTT


@pytest.mark.parametrize("model", [TrainingModulePage, CoursePage, WebinarPage])
@pytest.mark.parametrize(
    ("title", "slug"), [("Ein Prüfling", "ein-prüfling"), ("مرحبا", "مرحبا"), ("!!!", None)]
)
def test_an_address_is_made_of_the_title(client, editor, model, title, slug):
    fields = {**recording(), **lesson(), "weeks-count": "0", "facilitators-TOTAL_FORMS": "0"}
    fields |= {"facilitators-INITIAL_FORMS": "0", "title": title, "slug": "", "steps-count": "0"}
    for number in ("", "-2"):
        answer = client.post(adding(model), fields)
        assert answer.status_code == 302, answer.text
        made = model.objects.order_by("-pk").first()
        assert made.slug == f"{slug or model._meta.model_name}{number}"


BARE = {
    "steps-count": "0",
    "weeks-count": "0",
    "facilitators-TOTAL_FORMS": "0",
    "facilitators-INITIAL_FORMS": "0",
}


@pytest.mark.parametrize(
    ("model", "missing"),
    [(TrainingModulePage, "Add at least one step."), (CoursePage, "Add at least one week.")],
)
@pytest.mark.parametrize(
    ("role", "action"),
    [(Role.MODERATOR, "action-publish"), (Role.EDITOR, "action-submit"), (Role.EDITOR, "")],
)
def test_what_is_missing_is_asked_for_when_it_is_published_or_handed_in(client, model, missing, role, action):
    client.force_login(UserFactory(role=role))
    sent = lesson() | BARE | ({action: "1"} if action else {})
    answer = client.post(adding(model), sent)
    if action:
        assert missing in answer.text
        assert "Say in one sentence what people get out of it." in answer.text
    assert model.objects.exists() is (not action)


@pytest.mark.parametrize("below", [False, True])
def test_several_at_once_are_not_published_either_while_one_is_half(client, below):
    client.force_login(UserFactory(role=Role.MODERATOR))
    half = make_module(title="Only a title", steps=[], live=False)
    whole = make_course(title="A whole course", summary="In one line.", live=False)
    chosen = [learning_home()] if below else [half, whole]
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    address += "?" + "&".join(f"id={page.pk}" for page in chosen)
    sent = {"include_descendants": "on"} if below else {}
    told = client.post(address, sent, follow=True).text
    assert "is missing in Only a title" in told
    assert not TrainingModulePage.objects.get().live
    half.steps = [step("One")]
    half.save_revision()
    client.post(address, sent)
    assert TrainingModulePage.objects.get().live
    assert CoursePage.objects.get(pk=whole.pk).live


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'msgid "x"\nmsgstr "y"\n', "was not downloaded from this translation"),
        (b"\xff\xfe no catalogue", "was not downloaded from this translation"),
        (b"", "Choose the PO file first"),
        (None, "Choose the PO file first"),
        (
            b'msgid ""\nmsgstr "X-WagtailLocalize-TranslationID: other\\n"\n',
            "created for a different translation",
        ),
    ],
)
def test_a_catalogue_of_something_else_is_refused_with_a_message(client, content, message):
    page = translate(make_module(), "es", publish=False)
    known = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)
    client.force_login(UserFactory(role=Role.TRANSLATOR))
    sent = {"next": reverse("wagtailadmin_home")}
    if content is not None:
        sent["file"] = SimpleUploadedFile("catalogue.po", content)
    address = reverse("wagtail_localize:upload_pofile", args=[known.pk])
    answer = client.post(address, sent, follow=True)
    assert answer.status_code == 200
    assert message in answer.text


def test_the_catalogue_of_the_page_itself_is_taken(client):
    page = translate(make_module(), "es", publish=False)
    known = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)
    client.force_login(UserFactory(role=Role.TRANSLATOR))
    ours = client.get(reverse("wagtail_localize:download_pofile", args=[known.pk])).content
    address = reverse("wagtail_localize:upload_pofile", args=[known.pk])
    sent = {"next": reverse("wagtailadmin_home"), "file": SimpleUploadedFile("catalogue.po", ours)}
    assert "Successfully imported" in client.post(address, sent, follow=True).text


def picture(settings: Any, tmp_path: Any, description: str = "") -> CreditedImage:
    """An image as it is after an upload: titled by its file's name."""
    settings.MEDIA_ROOT = tmp_path
    drawn = BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    found = CreditedImage(
        title="IMG_2041", description=description, file=ContentFile(drawn.getvalue(), "IMG_2041.png")
    )
    found.save()
    return found


def with_picture(image: Any, **more: Any) -> dict[str, Any]:
    """A lesson with one picture."""
    return titled(lesson(("image", {"image": str(image.pk), "alt": "", "caption": "", "credit": "", **more})))


def titled(sent: dict[str, Any]) -> dict[str, Any]:
    """The same with all that a lesson needs to be published."""
    return sent | {"summary": "In one line.", "steps-0-value-title": "One"}


FAR = {"url": "https://upload.wikimedia.org/a.png", "file_page": "", "alt": "", "caption": rich_text("")}
REMOTE = {**FAR, "credit": "", "licence": "", "size": "full"}


@pytest.mark.parametrize(
    ("described", "sent", "shown"),
    [
        ("", {}, None),
        ("Three people at a table", {}, "Three people at a table"),
        ("Three people at a table", {"alt": "A meeting"}, "A meeting"),
        ("Three people at a table", {"decorative": "on"}, ""),
        ("", {"alt": "A meeting", "decorative": "on"}, ""),
    ],
)
def test_a_picture_is_published_with_a_description_or_as_decoration(
    client, settings, tmp_path, described, sent, shown
):
    client.force_login(UserFactory(role=Role.MODERATOR))
    image = picture(settings, tmp_path, described)
    fields = with_picture(image, **sent) | {"action-publish": "1"}
    answer = client.post(adding(TrainingModulePage), fields)
    if shown is None:
        assert "Say what the picture tells" in answer.text
        assert not TrainingModulePage.objects.exists()
        return
    page = TrainingModulePage.objects.get()
    assert f'alt="{shown}"' in client.get(f"{page.get_url()}step/1/").text


def test_a_draft_may_lack_the_description(client, settings, tmp_path):
    client.force_login(UserFactory(role=Role.EDITOR))
    client.post(adding(TrainingModulePage), with_picture(picture(settings, tmp_path)))
    draft = TrainingModulePage.objects.get().get_latest_revision_as_object()
    assert draft.steps[0].value["body"][0].value["alt"] == ""


@pytest.mark.parametrize(
    ("sent", "taken"), [({}, False), ({"alt": "Soil"}, True), ({"decorative": "on"}, True)]
)
def test_so_is_a_picture_on_another_site(client, sent, taken):
    client.force_login(UserFactory(role=Role.MODERATOR))
    fields = titled(lesson(("remote_image", {**REMOTE, **sent}))) | {"action-publish": "1"}
    answer = client.post(adding(TrainingModulePage), fields)
    assert TrainingModulePage.objects.exists() is taken
    assert taken or "Say what the picture tells" in answer.text


def test_the_name_of_a_file_is_offered_to_nobody(client, settings, tmp_path):
    client.force_login(UserFactory(role=Role.EDITOR))
    image = picture(settings, tmp_path)
    chosen = client.get(reverse("wagtailimages_chooser:chosen", args=[image.pk])).json()["result"]
    assert chosen["default_alt_text"] == ""
