"""Files made to hurt whoever opens them: refused with a sentence within a moment, or kept as harmless as any other."""

from __future__ import annotations

import json
import resource
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from directory.models import Capacity, Organisation
from directory.models.capacity import CapacityText
from exchange.home.models import CreditedDocument, CreditedImage
from learning.captions import CaptionError, parse_captions, read_captions
from tests.home.test_pictures import editor, folder

__all__ = ["editor", "folder"]

SECONDS, MEMORY = 30.0, 250_000_000  # far above what any of them takes, far below what each is made to take
LAUGHS = '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'


@contextmanager
def in_bounds() -> Iterator[None]:
    """Takes neither long nor much memory: the peak of the process grows by no more than a picture needs."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert time.monotonic() - began < SECONDS
    assert grown < MEMORY, f"{grown:,} bytes"


def kept(folder: Path) -> list[Path]:
    """Every file that was stored."""
    return [path for path in folder.rglob("*") if path.is_file()]


# Pictures -----------------------------------------------------------------------------------------------


def png(width: int, height: int, pixels: bytes = b"\0") -> bytes:
    """A PNG that says how large it is; the pixels may be fewer, or far more."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def with_text_bomb() -> bytes:
    """A compressed comment of 200 MB in a picture of one pixel (what CVE-2014-9601 was about)."""
    text = b"Comment\0\0" + zlib.compress(b"a" * 200_000_000, 9)
    part = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    small = png(1, 1, b"\0\0")
    return small[:33] + part + small[33:]


PICTURES: dict[str, Callable[[], bytes]] = {
    "pixels.png": lambda: png(60_000, 60_000),
    "pixels-that-are-there.png": lambda: png(40_000, 20_000, b"\0" * 200_000_000),
    "pixels.gif": lambda: b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\x80\0\0\0\0\0\xff\xff\xff,",
    "more-than-it-says.png": lambda: png(2, 2, b"\0" * 1_000_000)[:-40],
    "empty.png": lambda: b"",
    "page.png": lambda: b"<html><script>alert(1)</script></html>",
    "laughs.svg": lambda: f"{LAUGHS}]>{SVG}<text>&a11;</text></svg>".encode(),
    "quadratic.svg": lambda: (
        f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>{SVG}<text>{"&a;" * 50_000}</text></svg>'.encode()
    ),
    "outside.svg": lambda: (
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{SVG}<text>&a;</text></svg>'.encode()
    ),
    "no-drawing.svg": lambda: b"<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>",
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_is_a_bomb_is_refused_with_a_sentence(
    client: Any, editor: Any, folder: Path, name: str
) -> None:
    file = SimpleUploadedFile(name, PICTURES[name]())
    with in_bounds():
        answer = client.post(reverse("wagtailimages:add"), {"title": "A harbour", "file": file})
    assert answer.status_code == 200
    assert answer.context["form"].errors.get("file"), name
    assert 'value="A harbour"' in answer.content.decode()
    assert not CreditedImage.objects.exists()
    assert kept(folder) == []


def test_a_comment_that_unpacks_to_a_bomb_is_never_unpacked(client: Any, editor: Any, folder: Path) -> None:
    file = SimpleUploadedFile("comment.png", with_text_bomb())
    with in_bounds():
        answer = client.post(reverse("wagtailimages:add"), {"title": "A harbour", "file": file})
    assert answer.status_code in (200, 302)
    assert all(path.stat().st_size < 10_000 for path in kept(folder))


ACTIVE = f"""{SVG}<script>alert(1)</script><a href="javascript:alert(2)"><text onclick="alert(3)">x</text></a>
<image href="http://inner.example/x"/><foreignObject><iframe src="http://inner.example/"/></foreignObject></svg>"""


def test_a_drawing_with_a_program_can_never_run_as_a_page_of_ours(client: Any, editor: Any) -> None:
    file = SimpleUploadedFile("drawing.svg", ACTIVE.encode())
    client.post(reverse("wagtailimages:add"), {"title": "A drawing", "file": file})
    drawing = CreditedImage.objects.get()
    answer = client.get(drawing.file.url)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


# Documents ----------------------------------------------------------------------------------------------


def zip_bomb() -> bytes:
    """Archives in an archive, each of a file of ten million zeros, and a way out of the folder."""
    inner, outer = BytesIO(), BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("zeros", b"\0" * 10_000_000)
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(50):
            archive.writestr(f"../../{number}.zip", inner.getvalue())
    return outer.getvalue()


def test_an_archive_is_never_opened(client: Any, editor: Any, folder: Path) -> None:
    content = zip_bomb()
    file = SimpleUploadedFile("slides.zip", content)
    with in_bounds():
        client.post(reverse("wagtaildocs:add"), {"title": "Slides", "file": file})
    assert CreditedDocument.objects.count() == 1
    assert [path.stat().st_size for path in kept(folder)] == [len(content)]


@pytest.mark.parametrize("name", ["page.html", "page.svg", "page.xhtml", "program.exe", "page.pdf.html"])
def test_a_page_or_a_program_is_no_document(client: Any, editor: Any, folder: Path, name: str) -> None:
    file = SimpleUploadedFile(name, b"<script>alert(1)</script>")
    answer = client.post(reverse("wagtaildocs:add"), {"title": "A page", "file": file})
    assert answer.context["form"].errors["file"]
    assert kept(folder) == []


def test_a_page_that_calls_itself_something_else_is_sent_as_what_it_says(client: Any, editor: Any) -> None:
    file = SimpleUploadedFile("report.pdf", b"<html><script>alert(1)</script></html>")
    client.post(reverse("wagtaildocs:add"), {"title": "A report", "file": file})
    document = CreditedDocument.objects.get()
    answer = client.get(document.file.url)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


# Captions -----------------------------------------------------------------------------------------------

HEAD = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n"
CAPTIONS = {
    "one line of millions": HEAD + "a" * 5_000_000,
    "opened and never closed": HEAD + "<" * 1_000_000,
    "ever deeper": HEAD + "<c.red>" * 200_000 + "word",
    "entities without end": HEAD + "&" * 1_000_000 + "amp;" * 200_000,
    "a time of nines": f"WEBVTT\n\n{'9' * 1_000_000}:00.000 --> {'9' * 1_000_000}:01.000\nword",
    "arrows": "WEBVTT\n\n" + "-->" * 500_000,
    "blanks": HEAD + " " * 1_000_000 + "word",
    "very many": "WEBVTT\n\n" + "00:00:01.000 --> 00:00:03.000\nword\n\n" * 60_000,
    "rolling": "WEBVTT\n\n" + "00:00:01.000 --> 00:00:03.000\nwe said\nwe said it\n\n" * 40_000,
    "a head without end": "WEBVTT " + "\n".join(["NOTE x"] * 300_000),
}


@pytest.mark.parametrize("kind", CAPTIONS)
def test_captions_are_read_in_a_moment_whatever_they_hold(kind: str) -> None:
    with in_bounds():
        try:
            told = [note.about for note in read_captions(CAPTIONS[kind]).notes]
        except CaptionError as refused:
            told = refused.messages
    assert all(len(words) < 1_000 for words in told)


def test_markup_in_captions_is_words(shared_data: Path) -> None:
    text = (shared_data / "field-cases" / "round-2" / "caption-hostile.vtt").read_text(encoding="utf-8")
    said = " ".join(words for _start, _end, _voice, words in parse_captions(text))
    assert "here" in said
    assert (
        "help <script>alert(5)</script>" in said
    )  # written as words, and so escaped wherever they are shown
    assert "<img" not in said
    assert "javascript:" not in said


# What is brought in by commands -------------------------------------------------------------------------

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://www.w3.org/2004/02/skos/core#">'
CONCEPT = '<s:Concept rdf:about="https://x.example/a"><s:prefLabel xml:lang="en">{}</s:prefLabel></s:Concept></rdf:RDF>'
TAXONOMIES: dict[str, Callable[[], bytes]] = {
    "laughs.rdf": lambda: f"{LAUGHS}]>{RDF}{CONCEPT.format('&a11;')}".encode(),
    "deep.jsonld": lambda: ("[" * 200_000 + "]" * 200_000).encode(),
    "number.jsonld": lambda: (
        json.dumps({"@context": {}, "@graph": []})[:-1].encode() + b',"x":' + b"9" * 10_000 + b"}"
    ),
    "cell.csv": lambda: b'slug,parent,label_en\n"' + b"a" * 5_000_000 + b'",,x\n',
    "deep.ttl": lambda: b"<a> <b> " + b"( " * 200_000,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", TAXONOMIES)
def test_a_taxonomy_that_is_a_bomb_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(TAXONOMIES[name]())
    before = Capacity.objects.count()
    with in_bounds(), pytest.raises(CommandError) as refused:
        call_command("import_capacities", str(file), stdout=StringIO())
    assert name in str(refused.value)
    assert len(str(refused.value)) < 2_000
    assert Capacity.objects.count() == before


@pytest.mark.django_db
def test_an_entity_never_reads_a_file_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("kept from everybody")
    file = tmp_path / "outside.rdf"
    entity = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    file.write_text(f"{entity}{RDF}{CONCEPT.format('&a; label')}")
    out = StringIO()
    try:
        call_command("import_capacities", str(file), stdout=out, stderr=out)
    except CommandError as refused:
        out.write(str(refused))
    assert "kept from everybody" not in out.getvalue()
    assert not CapacityText.objects.filter(text__contains="kept from").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [b"name\n" + b'"' + b"a" * 3_000_000, b"\0" * 100_000, b"name," * 300_000]
)
def test_a_list_of_organisations_that_is_a_bomb_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "affiliates.csv"
    file.write_bytes(content)
    with in_bounds(), pytest.raises(CommandError) as refused:
        call_command("import_organisations", str(file), stdout=StringIO())
    assert 0 < len(str(refused.value)) < 2_000
    assert not Organisation.objects.exists()
