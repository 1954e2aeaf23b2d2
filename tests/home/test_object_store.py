"""Uploaded files in an object store: a real one on loopback. Who may read them is decided here all the same."""

from __future__ import annotations

import gzip
import io
import os
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest
import time_machine
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from exchange.home import sitemaps, tasks
from exchange.home.models import CreditedDocument, CreditedImage
from exchange.home.storage.s3 import NoAnswer
from exchange.settings import environment
from tests import s3_server
from tests.elasticsearch_server import Missing
from tests.factories.accounts import UserFactory
from tests.factories.home import make_site
from tests.races import at_once

pytestmark = pytest.mark.django_db
PDF = b"%PDF minutes of the meeting"


@pytest.fixture(scope="module")
def server():
    try:
        with s3_server.running() as running:
            yield running
    except Missing as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(str(reason))
        pytest.skip(str(reason))


@pytest.fixture
def store(server, settings, monkeypatch, tmp_path):
    """The site with the store in place of a folder."""
    monkeypatch.setenv("STORAGE_URL", f"{server.storage_url}&region=eu-central-1")
    _folder, storage = environment.storage("STORAGE_URL", tmp_path)
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    yield server
    for name in server.names():
        (server.folder / s3_server.BUCKET / name).unlink()


def document(name="minutes.pdf", content=PDF, **given):
    made = CreditedDocument(title=name, **given)
    made.file.save(name, ContentFile(content))
    return made


@pytest.fixture
def private(store):
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return document(collection=collection)


def fetched(link, **headers):
    with urlopen(Request(link, headers=headers), timeout=10) as answer:  # noqa: S310 - the store on loopback
        return answer.status, answer.read(), answer.headers


def test_a_file_is_kept_in_the_store_and_has_an_address_of_the_site(store):
    made = document()
    assert made.file.url == f"/media/{made.file.name}"
    assert made.file.name in store.names()
    with made.file.open() as file:
        assert file.read() == PDF
    made.file.delete(save=False)
    assert made.file.name not in store.names()


def test_a_private_file_is_reached_by_its_readers_alone_and_by_a_link_that_ends_soon(client, private, store):
    stranger = client.get(private.file.url)
    assert stranger.status_code == HTTPStatus.NOT_FOUND
    bare = f"http://127.0.0.1:{store.port}/{s3_server.BUCKET}/{private.file.name}"
    with pytest.raises(HTTPError, match="403"):
        fetched(bare)
    client.force_login(UserFactory())
    answer = client.get(private.file.url)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (HTTPStatus.FOUND, "private, no-store")
    link = answer.headers["Location"]
    assert int(parse_qs(urlsplit(link).query)["X-Amz-Expires"][0]) <= 60
    _status, content, headers = fetched(link)
    assert content == PDF
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == 'inline; filename="minutes.pdf"'
    assert headers["Cache-Control"] == "private, no-store"
    # Nobody makes it last longer, or lead to another file.
    for other in (
        link.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"),
        link.replace("minutes", "budget"),
        link.replace("minutes.pdf", "minutes.exe"),
    ):
        assert other != link
        with pytest.raises(HTTPError, match="403"):
            fetched(other)


def test_a_link_is_refused_when_its_time_is_over(private):
    with time_machine.travel(datetime.now(UTC) - timedelta(seconds=61)):
        link = default_storage.signed_link(private.file.name, 60)
    with pytest.raises(HTTPError, match="403"):
        fetched(link)
    assert fetched(default_storage.signed_link(private.file.name, 60))[1] == PDF


def test_players_get_the_part_they_ask_for(client, store):
    made = document("talk.txt", b"0123456789")
    link = client.get(made.file.url).headers["Location"]
    status, content, headers = fetched(link, Range="bytes=2-4")
    assert (status, content, headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")


@pytest.mark.parametrize("spelling", ["./{}", "x/../{}", "/{}", "{}/", "{}/.", "{}%00", "documents//{}"])
def test_another_spelling_of_a_file_leads_nowhere(client, private, spelling):
    client.force_login(UserFactory())
    answer = client.get("/media/" + spelling.format(private.file.name))
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_a_drawing_is_saved_from_the_store_and_does_not_run_there(client, store):
    name = default_storage.save("images/drawing.svg", ContentFile(b"<svg onload='alert(1)'/>"))
    link = client.get(f"/media/{name}").headers["Location"]
    assert fetched(link)[2]["Content-Disposition"] == 'attachment; filename="drawing.svg"'


def test_files_of_one_name_at_one_moment_stay_apart(store):
    def save(number):
        return default_storage.save("documents/names.txt", ContentFile(b"%d" % number))

    found = at_once(*(lambda number=number: save(number) for number in range(8)))
    assert len(set(found)) == 8
    for number, name in enumerate(found):
        with default_storage.open(name) as file:
            assert file.read() == b"%d" % number


def test_smaller_sizes_of_long_similar_names_stay_apart(store):
    """Wagtail cuts the names of smaller sizes after 56 letters."""
    found = []
    for colour in ("red", "blue"):
        content = io.BytesIO()
        Image.new("RGB", (40, 40), colour).save(content, "PNG")
        name = f"{'a-very-long-name-' * 4}{colour}.png"
        image = CreditedImage.objects.create(title=colour, file=File(content, name))
        found.append(image.get_rendition("width-20"))
    names = [rendition.file.name for rendition in found]
    assert len({*names}) == 2
    assert all(name in store.names() for name in names)
    with default_storage.open(names[0]) as file, Image.open(file) as picture:
        assert picture.getpixel((5, 5)) == (255, 0, 0)


def test_who_looks_at_the_beginning_fetches_that_alone(store):
    name = default_storage.save("documents/talk.webm", ContentFile(b"head" + bytes(2_000_000)))
    with default_storage.open(name) as file:
        assert file.read(4) == b"head"
        assert file.file.raw.at < 1_000_000
        assert len(file.read()) == 2_000_000


def test_a_store_that_is_away_is_an_error_that_readers_of_files_know(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("STORAGE_URL", "s3://key:secret@127.0.0.1:9/bucket?tls=off")
    storage = environment.storage("STORAGE_URL", tmp_path)[1]
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    for call in (
        lambda: default_storage.open("documents/x.pdf"),
        lambda: default_storage.save("documents/x.pdf", ContentFile(b"x")),
        lambda: default_storage.size("documents/x.pdf"),
    ):
        with pytest.raises(NoAnswer, match="does not answer"):
            call()


def test_files_move_into_the_store_and_keep_their_addresses(client, server, settings, monkeypatch, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    made = document("Übersicht.pdf")
    address = made.file.url
    assert b"".join(client.get(address).streaming_content) == PDF
    monkeypatch.setenv("STORAGE_URL", server.storage_url)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": environment.storage("STORAGE_URL", tmp_path)[1],
    }
    told = io.StringIO()
    for _time in range(2):
        call_command("copy_files", str(tmp_path / "media"), stdout=told)
    assert told.getvalue().splitlines() == [
        "1 files copied, 0 were there already.",
        "0 files copied, 1 were there already.",
    ]
    answer = client.get(address)
    assert fetched(answer.headers["Location"])[1] == PDF
    assert CreditedDocument.objects.get().file.url == address


def test_the_sitemap_lies_where_all_machines_find_it(client, store, index, monkeypatch):
    make_site()
    for _time in range(2):
        tasks.write_sitemap()
    text = b"".join(client.get("/sitemap.xml")).decode()
    assert "/sitemaps/pages-1.xml.gz" in text
    assert b"/en/" in gzip.decompress(b"".join(client.get("/sitemaps/pages-1.xml.gz")))
    assert len([name for name in store.names() if name.endswith("index.xml")]) == 2
    monkeypatch.setattr(sitemaps, "KEPT", 0)
    tasks.write_sitemap()
    assert len([name for name in store.names() if name.endswith("index.xml")]) == 1
    assert client.get("/sitemaps/nothing.xml.gz").status_code == HTTPStatus.NOT_FOUND
