"""The names of style classes: which are so short that they must be guessed, styled without a use, used without a style.

    python -m tests.house.classes

A class is used where a template, a component's sample or a string of our Python code or scripts holds its name.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import ROOMS, ROOT, STYLES, TEMPLATES, files

SHORT = 4
# Short, and words that say what they are all the same.
PLAIN = """
    band big bio body card chip date done door face find full grid half hero hit icon key late lead mark menu more
    name need now page quiz row rows side tabs task tiny tree turn warn wide
"""
WORDS = frozenset(PLAIN.split())
NAME = r"[A-Za-z][\w-]*"
# The desk has its own styles, mails have none.
NOT_STYLED_HERE = re.compile(
    r"/(?:admin|wagtailadmin|wagtail_localize|mails?|emails?)/|/make_media\.py$|/importers/"
)
Uses = dict[str, set[str]]


def styled() -> Uses:
    """Each class that our styles name, with the files that do."""
    found: Uses = defaultdict(set)
    for file in files(STYLES, "css"):
        text = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", file.read_text(), flags=re.S)
        for selector in re.findall(r"([^{};]+)\{", text):
            for name in re.findall(rf"\.({NAME})", selector):
                found[name].add(place(file))
    return found


def used_in_markup() -> Uses:
    """Each class in the class attributes of templates and samples; what template tags put there is not read."""
    found: Uses = defaultdict(set)
    for file in [*files(TEMPLATES, "html"), *files(("frontend/components",), "json")]:
        if NOT_STYLED_HERE.search(place(file)):
            continue
        for value in class_attributes(file.read_text()):
            # A name that a tag completes (side-{{ side }}) is none yet.
            words = re.sub(rf"(?:{NAME})?-?(?:{{%.*?%}}|{{{{.*?}}}})", completed, value, flags=re.S).split()
            for name in words:
                if re.fullmatch(NAME, name):
                    found[name].add(place(file))
    return found


def completed(match: re.Match[str]) -> str:
    """What stays of a template tag and the letters before it: nothing of those that it completes."""
    before = re.split(r"{[{%]", match[0])[0]
    return " " if "{{" in match[0] else f"{before} "


def class_attributes(text: str) -> Iterator[str]:
    """The values of class="…" in a template or a sample, template tags included."""
    for start in re.finditer(r"(?<![\w-])class=(\\?\")", text):
        rest = text[start.end() :]
        inside = re.match(rf"(?:{{%.*?%}}|{{{{.*?}}}}|(?!{re.escape(start[1])}).)*", rest, flags=re.S)
        yield inside[0] if inside else ""


def spoken_of() -> set[str]:
    """The words that may become a class elsewhere: short strings of Python and of template tags, scripts, samples."""
    words: set[str] = set()
    for file in files(ROOMS, "py"):
        if not NOT_STYLED_HERE.search(place(file)):
            words.update(name for text in python_strings(file) for name in names_in(text))
    for file in files(("frontend/js",), "js"):
        words.update(re.findall(NAME, file.read_text()))
    for file in files(TEMPLATES, "html"):
        for tag in re.findall(r"{[%{].*?[%}]}", file.read_text()):
            words.update(re.findall(rf"[\"']({NAME})[\"']", tag))
    for file in files(("frontend/components",), "json"):
        for layout in re.findall(r'"layout": "([^"]*)"', file.read_text()):
            words.update(layout.split())
    return words


def python_strings(file: Path) -> Iterator[str]:
    """Every string of a module, docstrings and the pieces of f-strings included."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def names_in(text: str) -> list[str]:
    """The classes in a string that is nothing but classes, or that holds class attributes; else none."""
    if re.fullmatch(rf" ?{NAME}(?: {NAME}){{0,3}} ?", text):
        return text.split()
    return [name for value in class_attributes(text) for name in re.findall(NAME, value)]


def prefixes() -> set[str]:
    """The beginnings that a template or Python completes: shade-{{ number }}, f"side-{side}"."""
    texts = [file.read_text() for file in [*files(TEMPLATES, "html"), *files(ROOMS, "py")]]
    return {prefix for text in texts for prefix in re.findall(r"(?<![\w-])([a-z]+-)\{", text)}


def too_short() -> set[str]:
    """Names that a reader must guess."""
    return {name for name in styled() if len(name) <= SHORT and name not in WORDS}


def without_use() -> Uses:
    """Styles that nothing wears."""
    worn, spoken, begun = used_in_markup(), spoken_of(), tuple(prefixes())
    return {
        name: where
        for name, where in styled().items()
        if name not in worn and name not in spoken and not name.startswith(begun)
    }


def without_style() -> Uses:
    """Classes that no style and no script names."""
    known = styled()
    scripts = " ".join(file.read_text() for file in files(("frontend/js",), "js"))
    return {
        name: where
        for name, where in used_in_markup().items()
        if name not in known and not re.search(rf"\.{re.escape(name)}\b", scripts)
    }


def place(file: Path) -> str:
    """A file's path within the checkout."""
    return file.relative_to(ROOT).as_posix()


def main() -> None:
    """Prints the figures, and what is short, unused or without a style."""
    names = styled()
    short = [name for name in names if len(name) <= SHORT]
    print(
        f"{len(names)} classes, {len(short)} of at most {SHORT} letters, {len(too_short())} of them to be guessed"
    )
    for title, found in (("Without a use", without_use()), ("Without a style", without_style())):
        print(f"{title}: {len(found)}")
        for name, where in sorted(found.items()):
            print(f"  {name}: {', '.join(sorted(where))}")
    print(*sorted(too_short()))


if __name__ == "__main__":
    main()
