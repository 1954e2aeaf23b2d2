"""A video is a video by what it holds, wherever a file is uploaded or chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exchange.home.models import CreditedDocument
from foundation.accounts.constants import Role
from learning.formats import Playable, playable
from learning.models import WebinarPage
from tests.factories.accounts import UserFactory
from tests.learning.test_in_the_admin import adding, recording

DEMO = Path(settings.ROOT) / "site" / "exchange" / "demo" / "media"
WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\x82\x84webm" + b"\x86\x85V_VP9"
WEBM_SOUND = WEBM.replace(b"V_VP9", b"A_OPUS")
MATROSKA = WEBM.replace(b"webm", b"matroska")
MP4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41"
M4A = b"\0\0\0\x20ftypM4A \0\0\x02\0M4A mp42"
AVIF = b"\0\0\0\x20ftypavif\0\0\0\0avifmif1"
THEORA = b"OggS\0\x02" + bytes(22) + b"\x80theora"
OPUS = b"OggS\0\x02" + bytes(22) + b"OpusHead"
MP3 = b"ID3\x04" + bytes(40)
HTML, PDF = b"<!doctype html><p>hello", b"%PDF-1.7\n"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (WEBM, Playable.WEBM),
        (WEBM_SOUND, Playable.WEBM_SOUND),
        (MP4, Playable.MP4),
        (M4A, Playable.M4A),
        (THEORA, Playable.OGG),
        (OPUS, Playable.OGG_SOUND),
        (MP3, Playable.MP3),
        (b"\xff\xfb\x90\x64" + bytes(40), Playable.MP3),
        *((head, None) for head in (MATROSKA, AVIF, HTML, PDF, b"", b"\xff", b"\xff\xd8\xff\xe0", b"OggS")),
    ],
)
def test_what_plays_is_known_by_its_first_bytes(head, kind):
    assert playable(head) is kind


@pytest.mark.parametrize(("ending", "kind"), [("webm", Playable.WEBM), ("ogg", Playable.OGG_SOUND)])
def test_the_recordings_of_the_demonstration_are_known(ending, kind):
    files = list(DEMO.glob(f"*.{ending}"))
    assert files
    assert {playable(file.read_bytes()[:65_536]) for file in files} == {kind}


@pytest.fixture
def editor(client: Any, db: None, settings: Any, tmp_path: Path) -> Any:
    """Signed in as an editor, with a folder for files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    found = UserFactory(role=Role.EDITOR)
    client.force_login(found)
    return found


def document(content: bytes, name: str) -> CreditedDocument:
    found = CreditedDocument(title=name)
    found.file.save(name, ContentFile(content))
    return found


DOORS = [
    ("wagtaildocs:add", "file", ""),
    ("wagtaildocs:add_multiple", "files[]", ""),
    ("wagtaildocs_chooser:create", "document-chooser-upload-file", "document-chooser-upload-"),
]


def upload(client: Any, door: tuple[str, str, str], content: bytes, name: str) -> Any:
    route, field, prefix = door
    sent = {field: SimpleUploadedFile(name, content), f"{prefix}title": "Kept", f"{prefix}collection": "1"}
    return client.post(reverse(route), sent, headers={"X-Requested-With": "XMLHttpRequest"})


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("content", "name"), [(HTML, "talk.mp4"), (PDF, "talk.webm"), (MATROSKA, "talk.webm")]
)
def test_a_file_that_is_only_called_a_video_is_refused(client, editor, door, content, name):
    answer = upload(client, door, content, name)
    assert "holds no video and no sound" in answer.text
    assert not CreditedDocument.objects.exists()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("content", "name", "kept"),
    [
        (MP4, "talk.webm", "documents/talk.mp4"),
        (WEBM, "talk.txt", "documents/talk.webm"),
        (WEBM, "talk.webm", "documents/talk.webm"),
        (OPUS, "talk.opus", "documents/talk.opus"),
        (PDF, "talk.pdf", "documents/talk.pdf"),
    ],
)
def test_a_video_is_called_what_it_is(client, editor, door, content, name, kept):
    upload(client, door, content, name)
    assert CreditedDocument.objects.get().filename == kept.removeprefix("documents/")


@pytest.mark.parametrize(
    ("field", "content", "message"),
    [
        ("video", HTML, "holds no video that browsers play"),
        ("video", OPUS, "holds sound only"),
        ("audio", PDF, "holds no sound that browsers play"),
        ("audio", WEBM, "holds a video"),
        ("slides", MP4, "and no slides"),
    ],
)
def test_what_is_chosen_is_looked_at_and_the_rest_is_kept(client, editor, field, content, message):
    chosen = document(content, "talk.mp4")
    answer = client.post(adding(WebinarPage), recording(**{field: str(chosen.pk)}))
    assert message in answer.text
    assert "Working with a museum" in answer.text
    assert not WebinarPage.objects.exists()


def test_what_fits_is_taken(client, editor):
    fitting = {
        "video": str(document(MP4, "talk.webm").pk),
        "audio": str(document(OPUS, "talk.ogg").pk),
        "slides": str(document(PDF, "talk.pdf").pk),
    }
    client.post(adding(WebinarPage), recording(**fitting))
    page = WebinarPage.objects.get()
    assert page.video
    assert page.audio
    assert page.slides


def test_a_file_that_is_lost_is_named(client, editor):
    lost = document(MP4, "talk.mp4")
    Path(lost.file.path).unlink()
    assert "not in the site" in client.post(adding(WebinarPage), recording(video=str(lost.pk))).text
