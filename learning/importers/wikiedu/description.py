"""A module's description, taken apart: one sentence for lists, what one learns, and the rest."""

import re
from dataclasses import dataclass
from html import unescape

from .body import Reporter
from .markdown import Element, tree
from .records import Text
from .reports import Defects
from .richtext import FLOW, SPACE, Writer

SUMMARY_LENGTH = 300  # characters, the limit of the page's summary
OUTCOME_LENGTH = 250  # characters, the limit of an outcome
PROMISE = re.compile(
    r"\b(able to|you will know|you'll know|answering questions|sabrás|podrás|deberías|serás capaz)\b",
    re.IGNORECASE,
)
# The source asks what one can answer afterwards; our page says what one can do.
ANSWER = {"en": "Answer: {}", "es": "Responder: {}"}


@dataclass(frozen=True)
class Description:
    """`summary` and `outcomes` are plain text, `introduction` is rich text."""

    summary: str = ""
    introduction: str = ""
    outcomes: tuple[str, ...] = ()


def read_description(text: Text, language: str, path: str, defects: Defects) -> Description:
    """Return the parts of a description in one language.

    The first paragraph is the summary. A list below a paragraph that promises what one can do afterwards
    becomes the outcomes, and takes the place of that paragraph.
    """
    writer = Writer(Reporter(text, path, defects).link)
    elements = [child for child in tree(text.value).children if isinstance(child, Element)]
    elements = [element for element in elements if element.tag in FLOW]
    outcomes: list[str] = []
    rest: list[Element] = []
    for element in elements:
        before = rest[-1] if rest else None
        if element.tag == "ul" and before and PROMISE.search(before.text) and not outcomes:
            found = _outcomes(element, language)
            if all(len(outcome) <= OUTCOME_LENGTH for outcome in found):
                outcomes = found
                rest.pop()
                continue
        rest.append(element)
    summary, rest = _summary(rest)
    return Description(summary, "".join(writer.block(element) for element in rest), tuple(outcomes))


def _outcomes(items: Element, language: str) -> list[str]:
    texts = [_plain(item) for item in items.find("li")]
    sentence = ANSWER.get(language, "{}")
    return [sentence.format(text) if text.endswith("?") else text for text in texts if text]


def _summary(elements: list[Element]) -> tuple[str, list[Element]]:
    """Return the summary and what is left; a first paragraph that cannot be said plainly is in both."""
    if not elements or elements[0].tag != "p":
        return "", elements
    first = elements[0]
    text = _plain(first)
    if len(text) > SUMMARY_LENGTH:
        shortened = text[: SUMMARY_LENGTH - 1]
        return shortened[: shortened.rfind(" ")] + "…", elements
    return text, elements if any(first.find("a")) else elements[1:]


def _plain(element: Element) -> str:
    return unescape(SPACE.sub(" ", element.text)).strip()
