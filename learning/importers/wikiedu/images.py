"""Where a picture comes from: its file name, file page, credit and licence."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from .blocks import Layout

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
