"""Every page says itself which style sheets it needs and where in the menu it stands; nothing is guessed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError

from foundation.design.layout import Shell
from foundation.design.navigation import SECTIONS
from tests.house.classes import NAME, class_attributes
from tests.house.sources import ROOT, TEMPLATES, files

BUILT = ROOT / "frontend" / "static" / "exchange"
SHEETS = {
    file.stem: {
        name
        for selector in re.findall(r"([^{};]+)\{", file.read_text())
        for name in re.findall(rf"\.({NAME})", selector)
    }
    for file in BUILT.glob("*.css")
}
BYTES = {file.stem: file.stat().st_size for file in BUILT.glob("*.css")}
# Frames that other templates fill, and the sheet of all components.
COMPONENTS = "design/patterns.html"


def by_name() -> dict[str, Path]:
    """Each template under the name by which others include or extend it."""
    found = {}
    for file in files(TEMPLATES, "html"):
        parts = file.relative_to(ROOT).parts
        start = parts.index("templates") + 1 if "templates" in parts else 1
        name = "/".join(parts[start:])
        found[name if "templates" in parts else f"components/{name}"] = file
    return found


FOUND = by_name()
TEXTS = {name: re.sub(r"{#.*?#}", "", file.read_text()) for name, file in FOUND.items()}


def parent(name: str) -> str:
    """What a template extends, or nothing."""
    extended = re.search(r'{%\s*extends\s+"([^"]+)"', TEXTS.get(name, ""))
    return extended[1] if extended else ""


def family(name: str) -> list[str]:
    """A template and what it extends, up to base.html."""
    above = parent(name)
    return [name, *(family(above) if above in TEXTS and above != name else [])]


PAGES = sorted(name for name in TEXTS if name != "base.html" and family(name)[-1] == "base.html")


def declared(name: str) -> list[str] | None:
    """The sheets that a page names, itself or in what it extends; none where nothing is said."""
    for one in family(name)[:-1]:
        if block := re.search(r"{%\s*block styles\s*%}(.*?){%\s*endblock", TEXTS[one], flags=re.S):
            return re.findall(r'"([\w-]+)"', block[1])
    return None


def pieces(name: str) -> set[str]:
    """A template with all that it includes, extends and draws by a component's tag."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in seen or one == "base.html" or one not in TEXTS:
            continue
        seen.add(one)
        text = TEXTS[one]
        waiting += re.findall(r'{%\s*(?:include|extends)\s+"([^"]+)"', text)
        waiting += [f"components/{tag}/{tag}.html" for tag in re.findall(r"{%\s*(\w+)", text)]
    return seen


def worn(name: str) -> set[str]:
    """The classes of a page as far as its templates say them."""
    values = (value for piece in pieces(name) for value in class_attributes(TEXTS[piece]))
    return {word for value in values for word in re.sub(r"{[{%].*?[%}]}", " ", value).split()}


def test_there_are_pages() -> None:
    assert len(PAGES) > 60


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_its_sheets(name: str) -> None:
    names = declared(name)
    assert names is not None
    assert set(names) <= set(SHEETS) - {"site"}
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_the_sheet_of_every_class_it_wears(name: str) -> None:
    on_page = {"site", *(declared(name) or [])}
    lacking = {
        word: homes
        for word in worn(name)
        if (homes := {sheet for sheet, classes in SHEETS.items() if word in classes}) and not homes & on_page
    }
    assert lacking == {}


@pytest.mark.parametrize("name", PAGES)
def test_the_sheets_of_a_page_stay_near_the_goal_of_45_kilobytes(name: str) -> None:
    most = 62_000 if name == COMPONENTS else 48_000
    assert BYTES["site"] + sum(BYTES[sheet] for sheet in declared(name) or []) <= most


def test_a_page_s_section_is_the_one_it_names(rf) -> None:
    context = Context({"shell": Shell(rf.get("/en/learn/"))})
    assert context["shell"].section == ""
    assert Template('{% load design %}{% section "mentoring" %}').render(context) == ""
    assert context["shell"].section == "mentoring"


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="unheard-of"):
        Template('{% load design %}{% section "unheard-of" %}').render(Context())


def test_every_section_is_some_page_s() -> None:
    named = {key for text in TEXTS.values() for key in re.findall(r'{%\s*section\s+"(\w+)"', text)}
    assert named == {key for key, *_rest in SECTIONS}
