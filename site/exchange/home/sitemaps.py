"""What crawlers may read: every live public page in every language, capacities, organisations, listings.

People are left out: they are for people, not crawlers. A job writes the sitemap as files, an index and parts of at most
PART addresses, since a large site's is too much to be made while somebody waits. Until the next one is whole the one
before is sent; files that a crawler is reading stay for a while.
"""

from __future__ import annotations

import gzip
import io
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast
from xml.sax.saxutils import escape

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage as _default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from directory.models import Capacity, Listing, Organisation
from exchange.home.storage.base import UniqueNames
from foundation.jobs.services import enqueue

default_storage = cast(UniqueNames, _default_storage)
LANGUAGES = [code for code, _name in settings.INTERFACE_LANGUAGES]
PART = 10_000  # addresses in one file; the protocol allows 50,000 and 50 MB
# Beside the uploads, which all machines of a site share; nobody is sent it from there.
FOLDER, INDEX = "sitemaps", "index.xml"
POINTER = f"{FOLDER}/current"
KEPT = 60 * 60  # seconds that files of an earlier sitemap stay
ASKED_FOR = "exchange.home.sitemaps-asked-for"
COME_BACK = 300  # seconds
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True)
class Entry:
    """One thing: its addresses by language."""

    addresses: tuple[tuple[str, str], ...]

    @property
    def xml(self) -> str:
        """A `url` element for each language, each naming all of them."""
        alternates = ""
        if len(self.addresses) > 1:
            alternates = "".join(
                f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(url)}"/>'
                for code, url in self.addresses
            )
        return "".join(f"<url><loc>{escape(url)}</loc>{alternates}</url>\n" for _code, url in self.addresses)


def write() -> list[str]:
    """Writes all files anew and puts them in the place of those before; answers the names of the parts."""
    made = f"{FOLDER}/{time.time_ns()}"
    names = [name for section, entries in _sections() for name in _write_parts(made, section, entries)]
    stamp = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    addresses = (_absolute(reverse("sitemap_part", args=[name])) for name in names)
    lines = "".join(
        f"<sitemap><loc>{escape(address)}</loc><lastmod>{stamp}</lastmod></sitemap>\n"
        for address in addresses
    )
    index = f"{HEAD}<sitemapindex {SCHEMA}>\n{lines}</sitemapindex>\n"
    default_storage.put(f"{made}/{INDEX}", ContentFile(index.encode()))
    # In one step: a reader finds the old sitemap or the new one, each of them whole.
    default_storage.put(POINTER, ContentFile(made.encode()))
    _take_old_away(made)
    return names


def _write_parts(made: str, section: str, entries: Iterable[Entry]) -> Iterator[str]:
    """The files of one section; each thing stands in one file with all its languages."""
    remaining = iter(entries)
    number = 0
    # By things, so that a file holds at most PART addresses.
    while chunk := list(islice(remaining, max(PART // len(settings.LANGUAGES), 1))):
        number += 1
        name = f"{section}-{number}"
        # Without a time in its head, the same addresses are the same file.
        packed = io.BytesIO()
        with gzip.GzipFile("", "wb", compresslevel=6, fileobj=packed, mtime=0) as file:
            file.write(f'{HEAD}<urlset {SCHEMA} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'.encode())
            file.write("".join(entry.xml for entry in chunk).encode())
            file.write(b"</urlset>\n")
        default_storage.put(f"{made}/{name}.xml.gz", ContentFile(packed.getvalue()))
        yield name


def _sections() -> Iterator[tuple[str, Iterable[Entry]]]:
    yield "pages", _pages()
    slugs = Capacity.objects.order_by("pk").values_list("slug", flat=True)
    yield "capacities", _entries("home:capacity", slugs, "a-slug")
    slugs = Organisation.objects.listed().order_by("pk").values_list("slug", flat=True)
    yield "organisations", _entries("directory:organisation", slugs, "a-slug")
    numbers = Listing.objects.shown().order_by("pk").values_list("pk", flat=True)
    yield "listings", _entries("directory:listing", numbers, "00000000-0000-4000-8000-000000000000")


def _pages() -> Iterator[Entry]:
    """Pages of editors, those of one translation key together."""
    groups: dict[object, list[tuple[str, str]]] = {}
    pages = Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("path")
    for page in pages.iterator(chunk_size=2_000):
        url = page.get_url()
        if url:
            groups.setdefault(page.translation_key, []).append((page.locale.language_code, _absolute(url)))
    return (Entry(tuple(group)) for group in groups.values())


def _entries(name: str, arguments: object, sample: str) -> Iterator[Entry]:
    """Things with one address in each language of the interface."""
    frames = []
    for code in LANGUAGES:
        with translation.override(code):
            # Looked up once: a hundred thousand times it is what takes the time.
            before, after = _absolute(reverse(name, args=[sample])).split(sample)
            frames.append((code, before, after))
    for argument in arguments.iterator(chunk_size=2_000):  # type: ignore[attr-defined]
        yield Entry(tuple((code, f"{before}{argument}{after}") for code, before, after in frames))


def _take_old_away(current: str) -> None:
    until = time.time_ns() - KEPT * 10**9
    for old in default_storage.listdir(FOLDER)[0]:
        if f"{FOLDER}/{old}" == current or (old.isdigit() and int(old) > until):
            continue
        for name in default_storage.listdir(f"{FOLDER}/{old}")[1]:
            default_storage.delete(f"{FOLDER}/{old}/{name}")
        default_storage.delete(f"{FOLDER}/{old}")


def _stored(name: str) -> File[Any] | None:
    """A file of the sitemap that is whole; None where there is none of this name. Raises OSError."""
    try:
        with default_storage.open(POINTER) as pointer:
            made = pointer.read().decode()
        # Before version 0.4 the folder's name alone stood there.
        return default_storage.open(f"{FOLDER}/{made.rpartition('/')[2]}/{name}")
    except FileNotFoundError:
        return None


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """The index of all parts. Where none was written yet, one is asked for."""
    try:
        index = _stored(INDEX)
    except OSError:  # a store that does not answer
        return _later()
    if index is None:
        if cache.add(ASKED_FOR, True, COME_BACK):
            enqueue("exchange.home.tasks.write_sitemap")
        return _later()
    return FileResponse(index, content_type="application/xml")


@require_safe
def sitemap_part(request: HttpRequest, name: str) -> HttpResponseBase:
    """One part, compressed as it lies there."""
    try:
        part = _stored(f"{name}.xml.gz")
    except OSError:
        return _later()
    if part is None:
        raise Http404
    return FileResponse(part, content_type="application/gzip")


def _later() -> HttpResponse:
    return HttpResponse(status=503, headers={"Retry-After": str(COME_BACK), "Cache-Control": "no-store"})


def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: nothing personal, no search results."""
    languages = {*Locale.objects.values_list("language_code", flat=True), *LANGUAGES}
    lines = ["User-agent: *", "Disallow: /admin/"]
    for code in sorted(languages):
        lines += [
            f"Disallow: /{code}/{part}/" for part in ("account", "my", "notifications", "people", "search")
        ]
    lines.append(f"Sitemap: {_absolute('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def _absolute(url: str) -> str:
    return url if url.startswith("http") else settings.BASE_URL + url
