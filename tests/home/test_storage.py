"""Names of stored files, and what STORAGE_URL takes."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from exchange.home.models import CreditedDocument
from exchange.home.storage.base import called
from exchange.settings import environment
from tests.races import at_once

CASES = {
    "plan #1 50%.pdf": "plan_1_50.pdf",
    "plan+1&2.pdf": "plan_1_2.pdf",
    "Übersicht.pdf": "Übersicht.pdf",
    "U\u0308bersicht.pdf": "Übersicht.pdf",
    "تقرير المنح.pdf": "تقرير_المنح.pdf",
    "report .pdf": "report.pdf",
    "no-ending": "no-ending",
    ".hidden.pdf": "hidden.pdf",
    "a/b.pdf": "b.pdf",
    "会" * 99 + ".pdf": None,
}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.mark.django_db
@pytest.mark.parametrize("name", CASES)
def test_a_file_is_downloaded_under_a_name_that_its_person_recognises(client, name):
    made = CreditedDocument(title="x")
    made.file.save(name, ContentFile(b"%PDF"))
    assert re.search(r"-[0-9a-f]{12}(\.pdf)?$", made.file.name)
    assert CASES[name] in (None, called(made.file.name))
    answer = client.get(made.file.url)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (HTTPStatus.OK, b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("inline; filename")


def test_a_file_written_anew_gets_a_new_mark_in_place_of_the_old():
    first = default_storage.save("documents/minutes.pdf", ContentFile(b"1"))
    second = default_storage.save(first, ContentFile(b"2"))
    assert first != second
    assert called(first) == called(second) == "minutes.pdf"


def test_files_of_one_name_at_one_moment_stay_apart(folder):
    calls = [
        lambda number=number: default_storage.save("documents/names.txt", ContentFile(b"%d" % number))
        for number in range(8)
    ]
    found = at_once(*calls)
    assert [Path(folder / name).read_bytes() for name in found] == [b"%d" % number for number in range(8)]


def storage(monkeypatch, url):
    monkeypatch.setenv("STORAGE_URL", url)
    return environment.storage("STORAGE_URL", Path("/data/media"))


def test_without_a_word_files_lie_in_the_data_folder(monkeypatch):
    assert storage(monkeypatch, "")[0] == Path("/data/media")
    assert storage(monkeypatch, "/srv/files")[0] == Path("/srv/files")
    assert storage(monkeypatch, "file:///srv/my%20files")[0] == Path("/srv/my files")


def test_a_store_is_read_with_its_signs(monkeypatch):
    url = "s3://key:a%2Fb%3Ac@files.example.org:9000/bucket/some/where?region=eu-west-3&public=https://cdn.example.org/"
    folder, found = storage(monkeypatch, url)
    assert folder == Path("/data/media")
    assert found["OPTIONS"] == {
        "endpoint_url": "https://files.example.org:9000",
        "bucket_name": "bucket",
        "location": "some/where/",
        "access_key": "key",
        "secret_key": "a/b:c",
        "region_name": "eu-west-3",
        "public_url": "https://cdn.example.org",
    }
    assert environment.origin_of(found) == ["https://cdn.example.org"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("media", "absolute path"),
        ("gs://bucket", "s3://"),
        ("s3://host/bucket", "lacks the key, the secret"),
        ("s3://key@host/bucket", "lacks the secret"),
        ("s3://key:secret@host", "lacks the name of the bucket"),
        ("s3://key:secret@/bucket", "lacks the host"),
        ("s3://key:wrong/secret@host/bucket", "%2F"),
        ("s3://key:secret@host/bucket?regoin=x", "regoin"),
        ("s3://key:secret@host/bucket?tls=maybe", "tls"),
        ("s3://key:secret@host/bucket?public=files", "public"),
    ],
)
def test_half_of_a_store_stops_the_start_with_a_sentence(monkeypatch, url, said):
    with pytest.raises(ImproperlyConfigured) as refused:
        storage(monkeypatch, url)
    assert said in str(refused.value)
    assert "wrong" not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_a_store_without_its_extra_is_refused_with_its_name(monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match="extra s3"):
        storage(monkeypatch, "s3://key:secret@host/bucket")
