"""Uploaded files: who may read them is decided on the file itself, however it is asked for."""

from http import HTTPStatus

import pytest
from django.test import RequestFactory
from wagtail.models import Collection, CollectionViewRestriction

from exchange.home.models import CreditedDocument
from exchange.home.serve import media
from tests.factories.accounts import UserFactory

OTHER_SPELLINGS = [
    "/media/./documents/minutes.pdf",
    "/media/documents/./minutes.pdf",
    "/media/%2e/documents/minutes.pdf",
    "/media/x/../documents/minutes.pdf",
    "/media/images/../documents/minutes.pdf",
    "/media/images/%2e%2e/documents/minutes.pdf",
    "/media//documents/minutes.pdf",
    "/media/documents//minutes.pdf",
    "/media/%2fdocuments/minutes.pdf",
    "/media/documents%2fminutes.pdf",
    "/media/documents%2F.%2Fminutes.pdf",
    "/media/documents%5cminutes.pdf",
    "/media/.%5cdocuments/minutes.pdf",
    "/media/documents/minutes.pdf%00",
    "/media/documents/minutes.pdf%00.png",
    "/media/images%00/../documents/minutes.pdf",
    "/media/documents/minutes.pdf/",
    "/media/documents/minutes.pdf/.",
    "/media/Documents/minutes.pdf",
    "/media/images/linked/minutes.pdf",
    "/media/%252e/documents/minutes.pdf",
    "/media/media/documents/minutes.pdf",
]


@pytest.fixture
def private(db, settings, tmp_path):
    """A document that only members may read, and a link that leads into its folder from an open one."""
    settings.MEDIA_ROOT = tmp_path / "media"
    collection = Collection.get_first_root_node().add_child(name="Private")
    # Under a plain name, as files from before marks in names have, so that its other spellings can be listed.
    (tmp_path / "media" / "documents").mkdir(parents=True)
    (tmp_path / "media" / "documents" / "minutes.pdf").write_bytes(b"%PDF minutes")
    document = CreditedDocument.objects.create(
        title="minutes", collection=collection, file="documents/minutes.pdf"
    )
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    (tmp_path / "media" / "images").mkdir()
    (tmp_path / "media" / "images" / "linked").symlink_to(tmp_path / "media" / "documents")
    return document


@pytest.mark.parametrize("address", OTHER_SPELLINGS)
def test_a_private_document_is_not_read_by_another_spelling(client, private, address):
    answer = client.get(address)
    assert answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST)
    assert b"minutes" not in b"".join(answer)


@pytest.mark.parametrize(
    "path",
    ["./documents/minutes.pdf", "x/../documents/minutes.pdf", "documents/minutes.pdf\0", "/etc/passwd"],
)
def test_what_a_web_server_leaves_as_it_is_reaches_nothing_either(private, path):
    """Test clients and proxies tidy addresses up; the view must not need that."""
    from django.contrib.auth.models import AnonymousUser
    from django.http import Http404

    request = RequestFactory().get("/media/x")
    request.user = AnonymousUser()
    with pytest.raises(Http404):
        media(request, path)


def test_who_may_read_a_private_document_gets_it_and_nobody_keeps_it(client, private):
    client.force_login(UserFactory())
    answer = client.get(private.file.url)
    assert b"".join(answer.streaming_content) == b"%PDF minutes"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_an_open_document_may_be_kept_by_all(client, private):
    CollectionViewRestriction.objects.all().delete()
    answer = client.get(private.file.url)
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["Cache-Control"].startswith("public")


def test_a_document_is_private_wherever_its_file_lies(client, private, settings):
    folder = settings.MEDIA_ROOT / "images"
    (folder / "scan.pdf").write_bytes(b"%PDF")
    assert client.get("/media/images/scan.pdf").status_code == HTTPStatus.OK
    CreditedDocument.objects.create(title="scan", collection=private.collection, file="images/scan.pdf")
    assert client.get("/media/images/scan.pdf").status_code == HTTPStatus.NOT_FOUND


def test_one_file_of_two_documents_is_as_private_as_the_stricter(client, private):
    root = Collection.get_first_root_node()
    CreditedDocument.objects.create(title="the same, open", collection=root, file=private.file.name)
    assert client.get(private.file.url).status_code == HTTPStatus.NOT_FOUND


def test_a_file_that_nobody_knows_is_not_sent(client, private, settings):
    (settings.MEDIA_ROOT / "documents" / "left-over.pdf").write_bytes(b"%PDF")
    (settings.MEDIA_ROOT / "dump.sql").write_bytes(b"secret")
    assert client.get("/media/documents/left-over.pdf").status_code == HTTPStatus.NOT_FOUND
    assert client.get("/media/dump.sql").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("way", ["x-accel-redirect", "x-sendfile"])
def test_a_web_server_is_handed_only_what_may_be_read(client, private, settings, way):
    settings.SEND_FILES_BY, settings.SEND_FILES_FROM = way, "/protected-media/"
    for address in [private.file.url, *OTHER_SPELLINGS]:
        answer = client.get(address)
        assert answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST)
        assert "X-Accel-Redirect" not in answer.headers
        assert "X-Sendfile" not in answer.headers
    client.force_login(UserFactory())
    answer = client.get(private.file.url)
    assert answer.content == b""
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "application/pdf"
    if way == "x-sendfile":
        assert answer.headers["X-Sendfile"] == private.file.path
    else:
        assert answer.headers["X-Accel-Redirect"] == "/protected-media/documents/minutes.pdf"


def test_a_name_with_signs_is_quoted_for_the_web_server(client, private, settings):
    settings.SEND_FILES_BY, settings.SEND_FILES_FROM = "x-accel-redirect", "/protected-media/"
    (settings.MEDIA_ROOT / "images" / "mäh 100%.png").write_bytes(b"png")
    answer = client.get("/media/images/m%C3%A4h%20100%25.png")
    assert answer.headers["X-Accel-Redirect"] == "/protected-media/images/m%C3%A4h%20100%25.png"


def test_an_empty_file_is_sent_as_it_is(client, private, settings):
    (settings.MEDIA_ROOT / "images" / "empty.txt").write_bytes(b"")
    answer = client.get("/media/images/empty.txt")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (HTTPStatus.OK, b"")
