"""A translated text beside its original, segment by segment, as wagtail-localize cuts both apart."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments, quote_path_component
from wagtail_localize.strings import INLINE_TAGS, StringValue

# A segment must hold something, or the original would be shown in its place.
BLANK = "<b></b>"
TAG = re.compile(r"<(\w+)")


@dataclass
class Cut:
    """One text of a page: its shell of tags ("" for plain text) and the segments in it, in order."""

    template: str = ""
    strings: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def tags(self) -> list[str]:
        """Return the opening tags of the shell in order; emphasis around a whole text is no part of it."""
        return [tag for tag in TAG.findall(self.template) if tag not in INLINE_TAGS]


@dataclass(frozen=True)
class Aligned:
    """What each segment of the original becomes: its translation or None, and links that differ.

    `problem` says what did not fit, or "".
    """

    texts: list[str | None]
    links: dict[str, str]
    problem: str = ""


def cut(instance: Any) -> dict[str, Cut]:
    """Return the texts of an unsaved or saved page by their path."""
    found: dict[str, Cut] = defaultdict(Cut)
    for segment in extract_segments(instance):
        if isinstance(segment, TemplateSegmentValue):
            found[segment.path].template = segment.template
        elif isinstance(segment, StringSegmentValue):
            attributes = segment.attrs or {}
            if isinstance(attributes, str):
                attributes = json.loads(attributes)
            found[segment.path].strings.append((segment.string.data, attributes))
    return dict(found)


def align(original: Cut, translated: Cut) -> Aligned:
    """Put a translated text beside its original.

    Where the translation has the same shell, or stops early, segments go side by side. Where it does not,
    all of it goes into the first segment, and the others stay empty: nothing lost, nothing invented.
    """
    tags, other = original.tags, translated.tags
    if tags == other or (len(other) < len(tags) and tags[: len(other)] == other):
        problem = "" if tags == other else "it is shorter than the original"
        return _side_by_side(original.strings, translated.strings, problem)
    joined = "<br/><br/>".join(_without_links(data, attributes) for data, attributes in translated.strings)
    texts: list[str | None] = [BLANK] * len(original.strings)
    if texts and joined:
        texts[0] = StringValue.from_translated_html(joined).data
    return Aligned(texts, {}, "it has other paragraphs than the original and went in as one")


def _side_by_side(
    original: Sequence[tuple[str, dict[str, Any]]],
    translated: Sequence[tuple[str, dict[str, Any]]],
    problem: str,
) -> Aligned:
    texts: list[str | None] = []
    links: dict[str, str] = {}
    for index, (_, attributes) in enumerate(original):
        if index >= len(translated):
            texts.append(None)
            continue
        data, other = translated[index]
        names = _match_links(attributes, other)
        texts.append(_rename_links(data, other, names))
        for name, ours in names.items():
            href, wanted = attributes[ours].get("href"), other[name].get("href")
            if href and wanted and href != wanted:
                links[href] = wanted
    return Aligned(texts, links, problem)


def _match_links(original: dict[str, Any], translated: dict[str, Any]) -> dict[str, str]:
    """Return for each link of a translation the link of the original that it is: same target, else same place."""
    names: dict[str, str] = {}
    for name, attributes in translated.items():
        same = [
            ours for ours, theirs in original.items() if theirs == attributes and ours not in names.values()
        ]
        if same:
            names[name] = same[0]
    free = [ours for ours in original if ours not in names.values()]
    for name, attributes in translated.items():
        # Only an address can be another one in a translation; a page of ours cannot.
        if name not in names and free and "href" in attributes and "href" in original[free[0]]:
            names[name] = free.pop(0)
    return names


def _rename_links(data: str, attributes: dict[str, Any], names: dict[str, str]) -> str:
    soup = BeautifulSoup(data, "html.parser")
    for anchor in soup.find_all("a"):
        ours = names.get(str(anchor.get("id")))
        if ours:
            anchor["id"] = ours
        else:
            _spell_out(anchor, attributes)
    return str(soup)


def _without_links(data: str, attributes: dict[str, Any]) -> str:
    soup = BeautifulSoup(data, "html.parser")
    for anchor in soup.find_all("a"):
        _spell_out(anchor, attributes)
    return str(soup)


def _spell_out(anchor: Any, attributes: dict[str, Any]) -> None:
    """A link that the original has no place for: its words, and its address in brackets."""
    href = attributes.get(str(anchor.get("id")), {}).get("href")
    if href:
        anchor.append(f" ({href})")
    anchor.unwrap()


def override_path(path: str, href: str) -> str:
    """Return the path under which wagtail-localize keeps another address for a link of a text."""
    return f"{path}.{quote_path_component(href)}"


def distinct(pairs: Iterable[tuple[Any, str | None]]) -> dict[Any, str]:
    """Return translations by original; of two for the same text in one place the first stays."""
    found: dict[Any, str] = {}
    for key, text in pairs:
        if text:
            found.setdefault(key, text)
    return found
