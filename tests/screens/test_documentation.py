"""The pictures of docs/: small, all of them shown, and each told in words to those who do not see it."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from tests.screens.documentation import EXCERPTS, FOLDER, MOST_BYTES, excerpts, small

DOCS = FOLDER.parent
PICTURE = re.compile(r"!\[([^\]]*)\]\((?:docs/)?pictures/([\w-]+)\.webp\)")


def shown() -> list[tuple[str, str, str]]:
    """(page, alternative text, picture) of each picture in the docs and in README.md."""
    pages = [DOCS.parent / "README.md", *sorted(DOCS.glob("**/*.md"))]
    return [
        (page.name, *found)
        for page in pages
        for found in PICTURE.findall(page.read_text(encoding="utf-8").replace("\n", " "))
    ]


def test_each_picture_is_there_and_shown_and_none_beside() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == set(EXCERPTS)
    assert {picture for _page, _text, picture in shown()} == set(EXCERPTS)


def test_each_picture_shows_a_kind_of_page_that_there_is() -> None:
    assert [name for name, _view in excerpts()] == list(EXCERPTS)


def test_no_picture_is_heavy() -> None:
    assert {file.name for file in FOLDER.iterdir() if file.stat().st_size > MOST_BYTES} == set()


def test_each_picture_has_words_for_those_who_do_not_see_it() -> None:
    short = [(page, picture) for page, text, picture in shown() if len(text.split()) < 12]
    assert short == [], "Say what the picture shows, not only what it is called."


def test_readers_are_told_that_its_people_are_invented() -> None:
    pages = {page for page, _text, _picture in shown()}
    silent = {
        page
        for page in pages
        if "invented" not in ((DOCS / page) if page != "README.md" else DOCS.parent / page).read_text()
    }
    assert silent == set()


def png(picture: Image.Image) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_a_picture_loses_as_many_colours_as_it_must() -> None:
    many = Image.radial_gradient("L").resize((400, 400))
    coloured = Image.merge("RGB", (many, many.rotate(90), many.transpose(Image.Transpose.ROTATE_180)))
    made = small(png(coloured))
    assert len(made) <= MOST_BYTES
    with Image.open(io.BytesIO(made)) as opened:
        assert (opened.format, opened.size) == ("WEBP", (400, 400))


def test_a_plain_picture_keeps_its_colours() -> None:
    plain = Image.new("RGB", (400, 300), (253, 252, 249))
    plain.paste((51, 102, 204), (20, 20, 200, 100))
    with Image.open(io.BytesIO(small(png(plain)))) as opened:
        assert opened.convert("RGB").tobytes() == plain.tobytes()


def test_what_cannot_be_light_is_refused() -> None:
    with pytest.raises(ValueError, match="show less"):
        small(png(Image.effect_noise((500, 500), 255)))
