"""A Markdown body to typed pieces, with nothing lost: every word, link and picture, in order."""

import re
from collections.abc import Iterable

from .blocks import Accordion, Button, Code, Note, Piece, RichText, Table
from .images import Figures
from .links import Rewritten, rewrite
from .markdown import BLOCKS, Element, glued_lines, problems, tree
from .records import Text
from .reports import Defects, Kind, Outcome
from .richtext import FLOW, MEDIA, SPACE, Writer

PARAGRAPHS = FLOW - {"ul", "ol", "dl", "blockquote", "hr"}
CONTAINERS = BLOCKS - MEDIA


def read_body(text: Text, title: str, path: str, defects: Defects) -> tuple[Piece, ...]:
    """Return the pieces of a body. `title` names its videos, `path` its file in defects."""
    if not text.value.strip():
        return ()
    body = _Body(text, title, path, defects)
    body.check()
    return tuple(body.pieces(tree(text.value).children))


def read_line(text: Text, path: str, defects: Defects) -> str:
    """Return a short Markdown text (a question, an explanation) as rich text."""
    pieces = read_body(text, "", path, defects)
    return "".join(piece.html for piece in pieces if isinstance(piece, RichText))


class Reporter:
    """Reports what is wrong in one text, by the line of its file."""

    def __init__(self, text: Text, path: str, defects: Defects) -> None:
        self.text = text
        self.path = path
        self.defects = defects

    def report(self, kind: Kind, outcome: Outcome, message: str, clue: str | int = 0) -> None:
        """Report a defect. `clue` is a line of the text (from 0), or something that stands in that line."""
        if isinstance(clue, str):
            clue = self.text.value.count("\n", 0, max(self.text.value.find(clue), 0))
        line = self.text.line_of(clue)
        self.defects.add(kind, outcome, self.path, message, line=line, field=self.text.field)

    def link(self, href: str) -> Rewritten:
        """Rewrite an address and report those that only worked on the source's site."""
        new = rewrite(href)
        if new.note:
            message = f"The link “{href.strip()}” only worked on its own site; {new.note}."
            self.report(Kind.RELATIVE_LINK, Outcome.MENDED, message, href)
        return new

    def check(self) -> None:
        """Report the HTML that has to be mended."""
        if "<" not in self.text.value:
            return
        found = problems(self.text.value)
        for tag in found.unbalanced:
            how = "is closed but was never opened" if tag.closing else "is never closed"
            message = f"<{tag.tag}> {how}; mended as a browser does."
            self.report(Kind.UNBALANCED_HTML, Outcome.MENDED, message, tag.line)
        for name, line in found.unknown:
            message = f"<{name}> is not among the tags we take; it was dropped."
            self.report(Kind.DROPPED_MARKUP, Outcome.SKIPPED, message, line)
        for line in glued_lines(self.text.value):
            message = "A blank line is missing below; the text there was read as if it stood."
            self.report(Kind.GLUED_TEXT, Outcome.MENDED, message, line)


class _Body(Reporter):
    def __init__(self, text: Text, title: str, path: str, defects: Defects) -> None:
        super().__init__(text, path, defects)
        self.figures = Figures(title, self.link, self.report)

    def pieces(self, nodes: Iterable[Element | str]) -> list[Piece]:
        """Return the pieces of some nodes and what is in them."""
        pieces: list[Piece] = []
        flow = _Flow(self, pieces)
        for node in nodes:
            if isinstance(node, str) or (node.tag not in BLOCKS and not any(node.find(*CONTAINERS))):
                flow.add_inline(node)
            elif _is_note(node):
                flow.flush()
                pieces.append(Note(flow.write(node)))
            elif _buttons(node):
                flow.flush()
                pieces.extend(self.buttons(node))
            elif node.tag in FLOW:
                flow.add_block(node)
            else:
                flow.flush()
                pieces.extend(self.special(node))
        flow.flush()
        return pieces

    def special(self, node: Element) -> list[Piece]:
        """Return the pieces of an element that is not flowing text."""
        if node.tag in MEDIA:
            return self.figures.read(node)
        if node.tag == "pre":
            text = node.text.strip("\n")
            return [Code(text)] if text.strip() else []
        if node.tag == "table":
            return self.table(node)
        if node.tag == "details":
            return [self.accordion(node)]
        return self.pieces(node.children)

    def buttons(self, node: Element) -> list[Piece]:
        """Return the buttons in a container that holds nothing else."""
        found: list[Piece] = []
        for anchor in _buttons(node):
            label = SPACE.sub(" ", anchor.text).strip()
            href = anchor.attributes.get("href", "").strip()
            if label and href:
                found.append(Button(label, self.link(href).href))
            else:
                message = "A button without a label or an address was dropped."
                self.report(Kind.BROKEN_LINK, Outcome.SKIPPED, message, href or label)
        return found

    def accordion(self, node: Element) -> Piece:
        """Return a `details` element."""
        summary = next(node.find("summary"), Element("summary"))
        rest = [child for child in node.children if child is not summary]
        label = SPACE.sub(" ", summary.text).strip()
        return Accordion(label or "…", tuple(self.pieces(rest)))

    def table(self, node: Element) -> list[Piece]:
        """Return a table, then what its cells hold besides text."""
        writer = Writer(self.link)
        rows = tuple(
            tuple(writer.lines(cell.children) for cell in row.find("td", "th")) for row in node.find("tr")
        )
        rows = tuple(row for row in rows if any(row))
        found: list[Piece] = [Table(rows, header=any(node.find("th")))] if rows else []
        return found + self.figures.read_all(writer.media)


class _Flow:
    """Gathers flowing text until something else interrupts it."""

    def __init__(self, body: _Body, pieces: list[Piece]) -> None:
        self.body = body
        self.pieces = pieces
        self.inline: list[Element | str] = []
        self.html = ""

    def add_inline(self, node: Element | str) -> None:
        self.inline.append(node)

    def add_block(self, node: Element) -> None:
        self.end_paragraph()
        if node.tag in PARAGRAPHS and any(node.find(*CONTAINERS)):
            self.flush()
            self.pieces.extend(self.body.pieces(node.children))
            return
        self.html += self.write(node)
        self.flush_media()

    def write(self, node: Element) -> str:
        writer = Writer(self.body.link)
        html = writer.block(node)
        self.media = writer.media
        return html

    def flush_media(self) -> None:
        """A picture within a sentence is shown below it."""
        if self.media:
            media, self.media = self.media, []
            self.end_rich_text()
            self.pieces.extend(self.body.figures.read_all(media))

    def end_paragraph(self) -> None:
        """Bare text between blocks is a paragraph."""
        inline, self.inline = self.inline, []
        if any(isinstance(node, Element) or node.strip() for node in inline):
            self.html += self.write(Element("p", {}, inline))
            self.flush_media()

    def end_rich_text(self) -> None:
        if self.html:
            self.pieces.append(RichText(self.html))
        self.html = ""

    def flush(self) -> None:
        self.end_paragraph()
        self.end_rich_text()


def _is_note(node: Element) -> bool:
    return node.tag in {"p", "div"} and "training__note" in node.classes


def _buttons(node: Element) -> list[Element]:
    """Return the button links of an element that holds nothing else, else an empty list."""
    if node.tag not in {"p", "div", "center"}:
        return []
    anchors = list(node.find("a"))
    is_container = "training__button-container" in node.classes
    if not anchors or not (is_container or all("btn" in anchor.classes for anchor in anchors)):
        return []
    if any(node.find(*MEDIA, "pre", "table", "details", "ul", "ol")):
        return []
    words = re.sub(r"\s", "", node.text)
    return anchors if words == re.sub(r"\s", "", "".join(a.text for a in anchors)) else []
