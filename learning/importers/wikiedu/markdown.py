"""Markdown to a well-formed tree: render as the source does, mend, parse."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
OPTIONAL_END = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody"}

# fmt: off
INLINE = {
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "span", "strong", "sub", "sup", "u", "var",
}
BLOCKS = {
    "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "iframe", "img", "li", "main",
    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}
# fmt: on
TAGS = INLINE | BLOCKS
ATTRIBUTES = {
    "*": {"class", "style", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "iframe": {"src", "width", "height"},
    "ol": {"start"},
}
# Closing tags after which Markdown only starts again with a blank line. Authors forget it, and what
# follows would be taken as HTML, its asterisks and brackets shown as they are.
GLUED = re.compile(r"^[ \t]*</(?:figure|div|details|iframe|center)>[ \t]*$(?=\n[ \t]*[^\s<])", re.MULTILINE)


@dataclass
class Element:
    """A node of the tree; children are elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        """Return the names in its class attribute."""
        return set(self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        """Return all text in it, as written."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def find(self, *tags: str) -> Iterator["Element"]:
        """Yield every element below with one of the tags, in document order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                yield from child.find(*tags)


@cache
def _markdown() -> MarkdownIt:
    # The settings of the source's own player: raw HTML, bare links, footnotes.
    return MarkdownIt("js-default", {"html": True, "linkify": True}).use(footnote_plugin)


def render(markdown: str) -> str:
    """Return HTML as the source's own player makes it, nothing mended and nothing made safe."""
    return str(_markdown().render(markdown))


def glued_lines(markdown: str) -> list[int]:
    """Return the lines (from 0) that end a block of HTML to which the next text is glued."""
    return [markdown.count("\n", 0, match.start()) for match in GLUED.finditer(markdown)]


def tree(markdown: str) -> Element:
    """Return the body as a tree of safe, well-formed HTML below a root element.

    Unclosed tags are closed where a browser would close them, scripts and unknown tags are dropped (their
    text stays), and a missing blank line after a figure is put in.
    """
    html = render(GLUED.sub(lambda match: match[0] + "\n", markdown))
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    builder = _TreeBuilder()
    builder.feed(clean)
    builder.close()
    return builder.root


class _TreeBuilder(HTMLParser):
    """Builds the tree. nh3 has closed every tag, so that no rule of HTML is needed here."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root")
        self.stack = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self.stack) > 1:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


@dataclass(frozen=True)
class Imbalance:
    """A tag that is opened or closed alone, and the body's line (from 0) it stands in."""

    tag: str
    line: int
    closing: bool


@dataclass(frozen=True)
class Problems:
    """What is wrong with the HTML in a body: tags without partner, and tags we do not take."""

    unbalanced: list[Imbalance]
    unknown: list[tuple[str, int]]


def problems(markdown: str) -> Problems:
    """Return the tags that stand alone, and those that are not on our list, with their lines (from 0)."""
    checker = _BalanceChecker()
    for token in _markdown().parse(markdown):
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            checker.check(token.content, line)
        for child in token.children or ():
            if child.type == "html_inline":
                checker.check(child.content, line)
            elif child.type in {"softbreak", "hardbreak"}:
                line += 1
    return Problems(checker.result(), checker.unknown)


class _BalanceChecker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.line = 0
        self.open: list[tuple[str, int]] = []
        self.found: list[Imbalance] = []
        self.unknown: list[tuple[str, int]] = []

    def check(self, html: str, line: int) -> None:
        self.reset()
        self.line = line
        self.feed(html)
        self.close()

    def here(self) -> int:
        return self.line + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.unknown.append((tag, self.here()))
        if tag not in VOID:
            self.open.append((tag, self.here()))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:  # `<div/>` opens a div in HTML
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag not in [name for name, _ in self.open]:
            self.found.append(Imbalance(tag, self.here(), closing=True))
            return
        while True:
            name, line = self.open.pop()
            if name == tag:
                return
            self._unclosed(name, line)

    def _unclosed(self, tag: str, line: int) -> None:
        if tag not in OPTIONAL_END:
            self.found.append(Imbalance(tag, line, closing=False))

    def result(self) -> list[Imbalance]:
        for tag, line in self.open:
            self._unclosed(tag, line)
        self.open = []
        return sorted(self.found, key=lambda found: found.line)
