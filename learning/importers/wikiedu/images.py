"""Figures, pictures and embedded videos to pieces, with alternative text, credit and licence.

Where a picture comes from (file name, file page, credit, licence) is read from its address and the text beside it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, unquote, urlsplit

from .blocks import Button, Image, Layout, Piece, RichText, Video
from .links import SITE, Rewritten
from .markdown import Element
from .reports import Kind, Outcome
from .richtext import FLOW, SPACE, Writer

PATH = re.compile(r"/wikipedia/(?P<project>commons|[a-z-]+)/(?:thumb/)?[0-9a-f]/[0-9a-f]{2}/(?P<name>[^/]+)")
WIKIS = {"commons": "https://commons.wikimedia.org/wiki/"}
LICENCES = (
    (re.compile(r"\bcc[\s-]?0\b|\bcc[\s-]zero\b", re.IGNORECASE), "CC0"),
    (re.compile(r"\bcc[\s-]+by[\s-]+sa(?:[\s-]+(\d\.\d))?", re.IGNORECASE), "CC BY-SA"),
    (re.compile(r"\bcc[\s-]+by(?:[\s-]+(\d\.\d))?", re.IGNORECASE), "CC BY"),
    (re.compile(r"\bgfdl\b", re.IGNORECASE), "GFDL"),
    (re.compile(r"\bpublic domain\b|\bdominio público\b", re.IGNORECASE), "Public domain"),
)
CREDIT = re.compile(
    r"\s*(photo|image|illustration|graphic|screenshot|animated gif|foto|imagen|gif animado)"
    r"\s+(by|from|de|por)\b",
    re.IGNORECASE,
)
LAYOUTS = {
    "alt-layout-100": Layout.FULL,
    "alt-layout-80": Layout.WIDE,
    "alt-layout-70": Layout.WIDE,
    "alt-layout-50": Layout.HALF,
    "alt-layout-40-right": Layout.END,
    "alt-layout-30-right": Layout.END,
    "alt-layout-40-left": Layout.START,
    "alt-layout-30-left": Layout.START,
}
ICON_WIDTH = 24  # pixels; anything narrower is a sign within a sentence


@dataclass(frozen=True)
class WikiFile:
    """A file on Commons or on one Wikipedia."""

    name: str
    page: str


def wiki_file(src: str) -> WikiFile | None:
    """Return the file behind an address on upload.wikimedia.org, whatever its size; else None."""
    parts = urlsplit(src.strip())
    match = PATH.match(parts.path) if parts.hostname == "upload.wikimedia.org" else None
    if not match:
        return None
    name = unquote(match["name"]).replace("_", " ")
    project = match["project"]
    wiki = WIKIS.get(project, f"https://{project}.wikipedia.org/wiki/")
    return WikiFile(name, wiki + "File:" + quote(name.replace(" ", "_"), safe="(),!'*-._~:"))


def split_credit(text: str) -> tuple[str, str]:
    """Return who a credit line names, and the licence in one spelling ("" where it names none).

    A licence in the middle of the line stays in it as well, so that no word is lost.
    """
    for pattern, name in LICENCES:
        match = pattern.search(text)
        if match:
            version = match[1] if match.groups() else None
            at_end = not re.search(r"\w", text[match.end() :])
            credit = text[: match.start()].rstrip(" ,;:–(") if at_end else text
            return credit, f"{name} {version}" if version else name
    return text, ""


def is_credit(text: str) -> bool:
    """Return whether a caption only says who made the picture."""
    return bool(CREDIT.match(text))


def layout_of(classes: set[str], style: str, image_style: str, width: str, src: str) -> Layout:
    """Return the layout that the figure's classes or the picture's width ask for."""
    for name, layout in LAYOUTS.items():
        if name in classes:
            return layout
    if re.search(r"width:\s*100%", style):
        return Layout.FULL
    pixels = re.search(r"width:\s*(\d+)px", image_style) or re.match(r"(\d+)$", width)
    pixels = pixels or re.search(r"/(\d+)px-[^/]+$", src)
    if pixels and int(pixels[1]) <= ICON_WIDTH:
        return Layout.ICON
    return Layout.NATURAL


YOUTUBE = re.compile(
    r"(?:https?:)?//(?:www\.|m\.)?"
    r"(?:youtube(?:-nocookie)?\.com/(?:embed/|watch\?v=|shorts/)|youtu\.be/)(?P<id>[\w-]{6,20})"
)


@dataclass(frozen=True)
class Caption:
    """What a figcaption says: HTML of the caption, or a credit, and the file page it links to."""

    html: str = ""
    text: str = ""
    credit: str = ""
    credit_url: str = ""
    licence: str = ""


class Figures:
    """Reads the figures of one body. `title` names its videos where the source gives them none."""

    def __init__(
        self,
        title: str,
        link: Callable[[str], Rewritten],
        report: Callable[[Kind, Outcome, str, str], None],
    ) -> None:
        self.title = title
        self.link = link
        self.report = report

    def read_all(self, elements: Iterable[Element]) -> list[Piece]:
        """Return the pieces of several figures, in order."""
        return [piece for element in elements for piece in self.read(element)]

    def read(self, element: Element) -> list[Piece]:
        """Return the pieces of a `figure`, `img` or `iframe`."""
        if element.tag == "iframe":
            return [self.video(element)]
        if element.tag == "img":
            return self.image(element, Element("figure"), Caption())
        return self.figure(element)

    def figure(self, figure: Element) -> list[Piece]:
        """Return a figure's pictures; its caption belongs to the last of them."""
        captions = list(figure.find("figcaption"))
        caption = self.caption(captions)
        images = list(figure.find("img"))
        pieces: list[Piece] = [self.video(frame) for frame in figure.find("iframe")]
        for image in images:
            pieces += self.image(image, figure, caption if image is images[-1] else Caption())
        if not images and caption.html:
            pieces.append(RichText(f"<p>{caption.html}</p>"))
        elif not images and caption.credit:
            words = ", ".join(part for part in (caption.credit, caption.licence) if part)
            pieces.append(RichText(f"<p>{escape(words, quote=False)}</p>"))
        pieces += self.loose_text(figure, captions)
        return pieces

    def loose_text(self, figure: Element, captions: list[Element]) -> list[Piece]:
        """Return text that stands in a figure beside its caption, mostly because a tag was not closed."""
        loose = [child for child in figure.children if child not in captions]
        writer = Writer(self.link)
        blocks = [child for child in loose if isinstance(child, Element) and child.tag in FLOW]
        html = "".join(writer.block(block) for block in blocks)
        rest = writer.line(child for child in loose if child not in blocks and _is_text(child))
        html += f"<p>{rest}</p>" if rest else ""
        return [RichText(html)] if html else []

    def caption(self, captions: list[Element]) -> Caption:
        """Return what the captions of a figure say."""
        text = SPACE.sub(" ", " ".join(caption.text for caption in captions)).strip()
        anchors = [anchor for caption in captions for anchor in caption.find("a")]
        hrefs = [anchor.attributes.get("href", "") for anchor in anchors]
        file_page = next((href for href in hrefs if "/wiki/File:" in href), "")
        if not re.search(r"\w", text):
            if text:
                self.report(Kind.DROPPED_MARKUP, Outcome.MENDED, f"The caption “{text}” was dropped.", text)
            return Caption(credit_url=file_page)
        by_class = any("image-credit" in caption.classes for caption in captions)
        if (by_class or is_credit(text)) and len([href for href in hrefs if href]) <= 1:
            credit, licence = split_credit(text)
            return Caption(credit=credit, credit_url=hrefs[0] if hrefs else "", licence=licence)
        html = Writer(self.link).lines([child for caption in captions for child in caption.children])
        empty = [a.attributes.get("href", "") for a in anchors if not a.text.strip()]
        return Caption(html=html, text=text, credit_url=empty[0] if empty else "")

    def image(self, element: Element, figure: Element, caption: Caption) -> list[Piece]:
        """Return a picture, or nothing where it has no address."""
        written = element.attributes.get("src", "")
        src = written.strip()
        if not src:
            self.report(
                Kind.BROKEN_IMAGE, Outcome.SKIPPED, "A picture without an address was dropped.", "<img"
            )
            return []
        if src.startswith("//"):
            src = f"https:{src}"
        elif not re.match(r"https?://", src):
            src = f"{SITE}/{src.lstrip('./')}"
            message = f"The picture “{written}” is relative; its address is now {src}."
            self.report(Kind.RELATIVE_LINK, Outcome.MENDED, message, written)
        file = wiki_file(src)
        layout = layout_of(
            figure.classes,
            figure.attributes.get("style", ""),
            element.attributes.get("style", ""),
            element.attributes.get("width", ""),
            src,
        )
        return [
            Image(
                src=src,
                file_name=file.name if file else "",
                file_page=file.page if file else "",
                alt=self.alt(element, caption, written),
                caption=caption.html,
                credit=caption.credit,
                credit_url=caption.credit_url,
                licence=caption.licence,
                layout=layout,
            )
        ]

    def alt(self, element: Element, caption: Caption, written: str) -> str:
        """Return the alternative text: the author's, else the caption, else "" for somebody to write."""
        alt = SPACE.sub(" ", element.attributes.get("alt", "")).strip()
        if alt:
            return alt
        name = unquote(urlsplit(written.strip()).path.rsplit("/", 1)[-1])
        if caption.text:
            message = f"The picture “{name}” has no alternative text; its caption was taken."
            self.report(Kind.MISSING_ALT, Outcome.MENDED, message, written)
        else:
            message = f"The picture “{name}” has no alternative text."
            self.report(Kind.MISSING_ALT, Outcome.NOTED, message, written)
        return caption.text

    def video(self, frame: Element) -> Piece:
        """Return a YouTube video; any other embedded page becomes a link to it."""
        src = frame.attributes.get("src", "").strip()
        match = YOUTUBE.match(src)
        title = frame.attributes.get("title", "").strip()
        if not title:
            message = f"A video has no title; it got the slide's: “{self.title}”."
            self.report(Kind.MISSING_VIDEO_TITLE, Outcome.MENDED, message, src)
        if match:
            portrait = "youtube-short" in frame.classes or "/shorts/" in src
            return Video(match["id"], title or self.title, portrait)
        message = f"The embedded page “{src}” became a link."
        self.report(Kind.DROPPED_MARKUP, Outcome.MENDED, message, src)
        return Button(title or self.title or src, self.link(src).href)


def _is_text(node: Element | str) -> bool:
    return isinstance(node, str) or node.tag not in {"img", "iframe", "figcaption", "figure"}
