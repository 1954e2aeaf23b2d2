"""Words that would take effect if they were not escaped, in every text field; and what a reader's browser makes of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring
from selectolax.lexbor import LexborHTMLParser
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from tests.security.canaries import NO_SECRET, TOKEN, VOCABULARY, Planted, reason

# Whatever an address may begin with that is run instead of opened; blanks and the like do not count.
RUN = ("javascript:", "vbscript:", "data:text", "data:image/svg")
ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "srcset",
    "poster",
    "data",
    "xlink:href",
    "background",
    "ping",
}
DATA = {"application/json", "application/ld+json", "speculationrules", "importmap"}
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr"]
# No words: an address, and a number at Wikidata; what a tag is found by is its slug.
MADE = ("taggit.Tag", "directory.Capacity.")
FORMS = (
    # One that fits into the shortest field leaves an attribute and begins an element whose only attribute is the secret.
    "'\"><i {token}>",
    "</script><script {token}>alert('{token}')</script>",
    "\"><img src=x onerror=alert('{token}')>",
    "</textarea></title></style></template><svg {token} onload=alert('{token}')>",
    "{{{{7*7}}}}<!--><i {token}>",
    "<a href=\"javascript:alert('{token}')\" {token}>x</a>",
)


class Hostile(Planted):
    """A world in which everything is shown and each field holds markup of an attacker."""

    everywhere = True

    def planted(self, label: str) -> bool:
        """The vocabulary and whatever else is for everybody, too."""
        field = label.rpartition(".")[2]
        return reason(label) in ("", VOCABULARY) and field not in NO_SECRET and not label.startswith(MADE)

    def words(self, token: str, limit: int | None) -> str:
        """One of the forms that fits, each in its turn."""
        form = FORMS[len(self.places) % len(FORMS)].format(token=token)
        return form if not limit or len(form) <= limit else FORMS[0].format(token=token)

    def address(self, token: str) -> str:
        """What a form takes for an address, and more than one."""
        return f"https://example.org/?\"'><i/{token}>"

    def rich(self, token: str) -> str:
        """What the editor of long texts makes of such words, and of a link that would be run."""
        return rich_text(
            FORMS[len(self.places) % len(FORMS)].format(token=token), f"javascript:alert('{token}')"
        )


def rich_text(words: str, url: str) -> str:
    """As Wagtail stores what its editor sends."""
    block = {"key": "a", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}
    block |= {"text": words, "entityRanges": [{"offset": 0, "length": 4, "key": 0}]}
    content = json.dumps({"blocks": [block], "entityMap": {"0": link}})
    return str(ContentstateConverter(FEATURES).to_database_format(content))


def effects(answer: Any) -> Iterator[str]:
    """What of the secrets of an answer took effect: as an element, an attribute, an address, a script; or broke it."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind == "text/html":
        yield from of_html(content.decode(errors="replace"))
    elif kind.endswith(("/xml", "+xml")):
        try:
            for element in fromstring(content).iter():
                for name in (element.tag, *element.attrib):
                    if TOKEN.search(str(name)):
                        yield f"<{name}> in XML"
        except ParseError as error:
            yield f"XML that is none: {error}"
    elif kind == "application/json":
        json.loads(content)


def of_html(html: str) -> Iterator[str]:
    """The same of a page, or of a piece of one."""
    if not TOKEN.search(html):
        return
    for node in LexborHTMLParser(html).root.traverse(include_text=False):
        tag = node.tag or ""
        if TOKEN.search(tag):
            yield f"<{tag}>"
        if tag in ("script", "style"):
            yield from _of_script(tag, node.attributes.get("type") or "", node.text(deep=True))
        for name, value in node.attributes.items():
            if TOKEN.search(name):
                yield f"<{tag} {name}>"
            elif value and TOKEN.search(value):
                plain = "".join(value.split()).lower().lstrip("\x00\x01\x02\x03\x04\x05\x06\x07\x08")
                if name in ADDRESSES and plain.startswith(RUN):
                    yield f'<{tag} {name}="{value[:60]}">'
                if name.startswith("on") or name in ("style", "srcdoc"):
                    yield f'<{tag} {name}="{value[:60]}">'


def _of_script(tag: str, kind: str, text: str) -> Iterator[str]:
    if not TOKEN.search(text):
        return
    if tag == "style":
        yield f"<style> with {text[:60]!r}"
    elif kind in DATA:
        json.loads(text)
    elif kind not in ("text/template", "text/x-template", "text/django-form-template", "text/html"):
        for found in TOKEN.finditer(text):
            before = text[max(0, found.start() - 40) : found.start()]
            # In a literal, what would end it or the script is written as a code.
            if "<" in before or '"><' in before:
                yield f"<script> with …{before[-20:]!r}"
    else:
        yield from of_html(text)
