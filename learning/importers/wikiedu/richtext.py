"""The tree's flowing text as rich text of the few tags that Wagtail's editor keeps.

`p h3 h4 ul ol li blockquote hr` and, inside them, `b i code sup sub s br a`. A page has its title and a
step its own, so that a body's highest heading is an h3.
"""

import re
from collections.abc import Callable, Iterable
from html import escape

from .links import Rewritten
from .markdown import Element

FLOW = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "hr", "dl"}
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
INLINE = {
    "strong": "b",
    "b": "b",
    "mark": "b",  # highlighted: the one emphasis of ours that stands out in running text
    "em": "i",
    "i": "i",
    "cite": "i",
    "var": "i",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "sup": "sup",
    "sub": "sub",
    "s": "s",
    "del": "s",
}
UNWRAPPED = {"span", "small", "u", "q", "abbr", "ins"}
MEDIA = {"img", "iframe", "figure"}
SPACE = re.compile(r"[ \t\r\n\f]+")
EMPTY_BRACKETS = re.compile(r" ?\(\s*\)")

GAPS = re.compile(r"^ +| {2,}")  # blanks that mean something in code

Nodes = Iterable[Element | str]


def code_lines(text: str) -> str:
    """Return preformatted text as lines of code in rich text, which knows no blocks of it."""
    lines = (escape(line.expandtabs(4), quote=False) for line in text.strip("\n").splitlines())
    kept = (GAPS.sub(lambda gap: "\u00a0" * len(gap[0]), line) for line in lines if line.strip())
    return "<br/>".join(f"<code>{line}</code>" for line in kept)


class Writer:
    """Writes rich text; pictures and videos met inside it are put into `media`, for the caller to place.

    `link` is called with each address and returns the new one.
    """

    def __init__(self, link: Callable[[str], Rewritten]) -> None:
        self.link = link
        self.media: list[Element] = []

    def block(self, element: Element) -> str:
        """Return one flowing element as HTML, "" where nothing is left of it."""
        if element.tag == "hr":
            return "<hr/>"
        if element.tag in {"ul", "ol"}:
            return self.list(element)
        if element.tag == "dl":
            return "".join(self.definition(child) for child in element.find("dt", "dd"))
        if element.tag == "blockquote":
            content = self.lines(element.children)
            return f"<blockquote>{content}</blockquote>" if content else ""
        content = self.line(element.children)
        tag = HEADINGS.get(element.tag, "p")
        return f"<{tag}>{content}</{tag}>" if content else ""

    def list(self, element: Element) -> str:
        """Return a list with its nested lists."""
        items = [child for child in element.children if isinstance(child, Element) and child.tag == "li"]
        written = "".join(f"<li>{self.item(item)}</li>" for item in items)
        return f"<{element.tag}>{written}</{element.tag}>" if written else ""

    def item(self, item: Element) -> str:
        """Return a list item: its lines, then the lists in it."""
        lists = [child for child in item.children if isinstance(child, Element) and child.tag in {"ul", "ol"}]
        rest = [child for child in item.children if child not in lists]
        return self.lines(rest) + "".join(self.list(child) for child in lists)

    def definition(self, element: Element) -> str:
        """Return a term in bold or its definition, each as a paragraph."""
        content = self.line(element.children)
        if not content:
            return ""
        return f"<p><b>{content}</b></p>" if element.tag == "dt" else f"<p>{content}</p>"

    def lines(self, nodes: Nodes) -> str:
        """Return paragraphs and other blocks as lines of one block, with line breaks between them."""
        lines: list[str] = []
        inline: list[Element | str] = []
        for node in nodes:
            if isinstance(node, Element) and not self.is_inline(node):
                lines.append(self.line(inline))
                inline = []
                lines.append(code_lines(node.text) if node.tag == "pre" else self.lines(node.children))
            else:
                inline.append(node)
        lines.append(self.line(inline))
        return "<br/>".join(line for line in lines if line)

    def is_inline(self, element: Element) -> bool:
        """Return whether an element runs with the text around it."""
        return element.tag in INLINE or element.tag in {*MEDIA, *UNWRAPPED, "a", "br"}

    def line(self, nodes: Nodes) -> str:
        """Return running text on one line, without space at its ends."""
        before = len(self.media)
        text = SPACE.sub(" ", self.inline(nodes)).strip()
        if len(self.media) > before:
            text = EMPTY_BRACKETS.sub("", text)  # what is left of “a star (☆)” when ☆ was a picture
        return re.sub(r"^(?:<br/> ?)+|(?: ?<br/>)+$", "", text)

    def inline(self, nodes: Nodes) -> str:
        """Return running text as it stands."""
        return "".join(escape(n, quote=False) if isinstance(n, str) else self.element(n) for n in nodes)

    def element(self, element: Element) -> str:
        """Return one element of running text."""
        if element.tag in MEDIA:
            self.media.append(element)
            return ""
        if element.tag == "br":
            return "<br/>"
        content = self.inline(element.children)
        if not content.strip():
            return content
        if element.tag == "a":
            return self.anchor(element, content)
        if element.tag == "q":
            return f"“{content}”"
        raised = element.tag == "span" and "super" in element.attributes.get("style", "")
        tag = "sup" if raised else INLINE.get(element.tag)
        return f"<{tag}>{content}</{tag}>" if tag else content

    def anchor(self, element: Element, content: str) -> str:
        """Return a link, or only its text where it leads nowhere."""
        href = element.attributes.get("href", "").strip()
        if not href:
            return content
        return f'<a href="{escape(self.link(href).href)}">{content}</a>'
