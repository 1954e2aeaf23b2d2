"""Copies of pictures, fetched from a server on this machine."""

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from urllib.parse import urlsplit

import pytest
from PIL import Image as Picture
from wagtail.images import get_image_model

from foundation.downloads import fetch as fetch_inside
from learning.importers.wikiedu import downloads
from learning.importers.wikiedu.reports import Kind

from .conftest import GARDEN, blocks, bring_in, page, row

pytestmark = pytest.mark.usefixtures("learning_home")


class Commons(BaseHTTPRequestHandler):
    """Has every JPEG, sends rubbish for every PNG."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        content = b"this is no picture"
        if self.path.endswith(".jpg"):
            buffer = io.BytesIO()
            Picture.new("RGB", (40, 30), "brown").save(buffer, "JPEG")
            content = buffer.getvalue()
        self.send_response(404 if "Two_worms" in self.path else 200)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def fetch(settings, tmp_path) -> Iterator:
    """Fetch from the loopback server whatever the host."""
    settings.MEDIA_ROOT = tmp_path / "media"
    Commons.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Commons)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield lambda url: fetch_inside(
        f"http://127.0.0.1:{server.server_port}{urlsplit(url).path}",
        most=downloads.MAX_BYTES,
        agent=downloads.USER_AGENT,
        also=[ip_network("127.0.0.1/32")],
    )
    server.shutdown()
    server.server_close()


def test_a_picture_is_copied_with_its_credit_and_shown_from_here(fetch):
    bring_in(GARDEN, download_images=True, fetch=fetch)
    copy = get_image_model().objects.get()
    assert (copy.width, copy.height) == (40, 30)
    assert copy.credit == "Photo by A. Gardener"
    assert copy.licence == "CC BY-SA 4.0"
    assert copy.source_url == "https://commons.wikimedia.org/wiki/File:Brown_earth,_wet.jpg"
    assert copy.commons_file == "Brown earth, wet.jpg"
    assert copy.collection.name == "Wiki Education"
    image = blocks(page("soil-and-water"), 0, "image")[0]
    assert image["image"] == copy


def test_a_picture_that_cannot_be_fetched_stays_a_link_and_is_named(fetch):
    result = bring_in(GARDEN, download_images=True, fetch=fetch)
    remote = blocks(page("soil-and-water"), 2, "remote_image")
    assert len(remote) == 3
    failed = [d for d in result.defects.of(Kind.BROKEN_IMAGE) if "could not be fetched" in d.message]
    assert len(failed) == 3
    assert all(d.path.endswith("0013-pictures-of-worms.yml") for d in failed)


def test_a_second_import_fetches_nothing_again_and_changes_nothing(fetch):
    bring_in(GARDEN, download_images=True, fetch=fetch)
    Commons.asked = []
    result = bring_in(GARDEN, download_images=True, fetch=fetch)
    assert not [path for path in Commons.asked if path.endswith(".jpg")]
    assert row(result, "modules")["unchanged"] == 3
    assert get_image_model().objects.count() == 1


def test_a_dry_run_fetches_nothing(fetch):
    bring_in(GARDEN, download_images=True, dry_run=True, fetch=fetch)
    assert Commons.asked == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/a.png"])
def test_only_the_web_is_fetched_from(url):
    with pytest.raises(ValueError, match="http"):
        downloads.fetch(url)
