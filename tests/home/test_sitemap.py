"""The sitemap: an index with parts, written by a job, whole at every moment."""

from __future__ import annotations

import gzip
import re
import time
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.cache import cache

from directory.models import Listing
from exchange.home import sitemaps as sitemaps
from exchange.home import tasks
from foundation.jobs.registry import declared
from tests.factories.directory import CapacityFactory, ListingFactory, OrganisationFactory, PersonFactory
from tests.factories.home import make_site

pytestmark = pytest.mark.django_db
URL = "{http://www.sitemaps.org/schemas/sitemap/0.9}url"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.delete(sitemaps.ASKED_FOR)
    return tmp_path / "sitemaps"


@pytest.fixture
def site(index):
    return make_site("ar")


def parts(client):
    """The texts of all parts that the index names, by name."""
    text = b"".join(client.get("/sitemap.xml").streaming_content).decode()
    ElementTree.fromstring(text)  # noqa: S314 - our own
    found = {}
    for address in re.findall(r"<loc>(.*?)</loc>", text):
        path = "/" + address.split("/", 3)[3]
        answer = client.get(path)
        assert answer.status_code == 200, path
        found[path] = gzip.decompress(b"".join(answer.streaming_content)).decode()
    return found


def test_it_names_every_language_and_no_person(client, site):
    CapacityFactory(slug="money", label="Money")
    organisation = OrganisationFactory()
    listing, person = ListingFactory(), PersonFactory()
    tasks.write_sitemap()
    text = "".join(parts(client).values())
    for address in ("/en/capacities/money/", "/ar/capacities/money/", listing.get_absolute_url()):
        assert f"{address}</loc>" in text
    assert f"/organisations/{organisation.slug}/</loc>" in text
    assert re.search(r'hreflang="ar" href="[^"]*/ar/capacities/money/"', text)
    assert re.search(r'<loc>[^<]*/ar/</loc><xhtml:link rel="alternate" hreflang="en"', text)
    assert str(person.pk) not in text


def test_many_things_are_many_parts_and_none_is_left_out(client, site, monkeypatch, settings):
    monkeypatch.setattr(sitemaps, "PART", 3 * len(settings.LANGUAGES))
    person = PersonFactory()
    listings = [ListingFactory(person=person) for _ in range(8)]
    tasks.write_sitemap()
    texts = {path: text for path, text in parts(client).items() if "listings-" in path}
    assert len(texts) == 3
    for text in texts.values():
        addresses = ElementTree.fromstring(text).findall(URL)  # noqa: S314
        assert len(addresses) <= 3 * len(sitemaps.LANGUAGES)
    for listing in listings:
        assert sum(f"/en/listings/{listing.pk}/</loc>" in text for text in texts.values()) == 1


def test_writing_asks_the_database_as_often_for_many_as_for_one(site, django_assert_max_num_queries):
    person = PersonFactory()
    ListingFactory(person=person)
    with django_assert_max_num_queries(20) as first:
        tasks.write_sitemap()
    for _ in range(20):
        ListingFactory(person=person)
        OrganisationFactory()
    with django_assert_max_num_queries(len(first.captured_queries)):
        tasks.write_sitemap()


def test_asking_for_it_reads_no_row(client, site, django_assert_num_queries):
    tasks.write_sitemap()
    with django_assert_num_queries(0):
        client.get("/sitemap.xml")
        client.get("/sitemaps/pages-1.xml.gz")


def test_where_there_is_none_one_is_asked_for_once(client, site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as queued:
        for _ in range(3):
            answer = client.get("/sitemap.xml")
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(sitemaps.COME_BACK))
    assert len(queued) == 1
    assert client.get("/sitemap.xml").status_code == 200


def test_one_that_fails_half_way_leaves_the_one_before(client, site, monkeypatch):
    ListingFactory()
    tasks.write_sitemap()
    before = parts(client)
    Listing.objects.all().delete()

    def broken(*args):
        raise OSError("no room")

    monkeypatch.setattr(sitemaps, "_entries", broken)
    with pytest.raises(OSError, match="no room"):
        tasks.write_sitemap()
    assert parts(client) == before


def test_files_of_earlier_ones_go_after_a_while(client, site, folder):
    with time_machine.travel(time.time() - 2 * sitemaps.KEPT):
        for _ in range(2):
            tasks.write_sitemap()
    assert len([entry for entry in folder.iterdir() if entry.is_dir()]) == 2
    tasks.write_sitemap()
    assert len([entry for entry in folder.iterdir() if entry.is_dir()]) == 1
    assert parts(client)


@pytest.mark.parametrize("name", ["pages-2", "index", "current"])
def test_what_is_no_part_is_not_there(client, site, name):
    tasks.write_sitemap()
    assert client.get(f"/sitemaps/{name}.xml.gz").status_code == 404
    assert client.get(f"/media/sitemaps/{name}", follow=True).status_code == 404


def test_it_is_written_again_and_again():
    assert "exchange.home.tasks.write_sitemap" in {row.function for row in declared().values()}
