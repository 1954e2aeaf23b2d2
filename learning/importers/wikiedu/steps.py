"""Slides to steps: pieces and quizzes as the data of our StreamField.

Every block's id is made of the slide's id and the block's place among its like, never at random: progress
and translations hang on it, and an edited slide keeps the ids of what did not change.
"""

import re
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from math import ceil
from typing import Any

from .blocks import Accordion, Button, Code, Image, Layout, Note, Piece, RichText, Table, Video
from .links import Target, replace_targets, target
from .records import Slide
from .richtext import code_lines

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://dashboard.wikiedu.org/training")
SIZES = {Layout.HALF: "half", Layout.START: "third", Layout.END: "third", Layout.ICON: "third"}
WORDS_A_MINUTE = 180
VIDEO_MINUTES = 3
TAG = re.compile(r"<[^>]*>")

Block = dict[str, Any]


@dataclass(frozen=True)
class QuizHtml:
    """A quiz with its texts as rich text: the question, and (id, text, right, feedback) of each answer."""

    question: str
    answers: tuple[tuple[int, str, bool, str], ...]


@dataclass(frozen=True)
class Version:
    """A slide in one language."""

    title: str
    pieces: tuple[Piece, ...]
    quiz: QuizHtml | None = None
    kicker: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What a step must know of this site.

    `page` returns the id of our page for a link into the training, or None; `step` the block id of the step it
    leads to, or ""; `address` is where such a link led originally; `image` returns the id of our copy of a
    picture, or None.
    """

    page: Callable[[Target], int | None]
    step: Callable[[Target], str]
    address: Callable[[Target], str]
    image: Callable[[Image], int | None]


def block_id(*parts: str | int) -> str:
    """Return the id of a block from what identifies it at the source."""
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts)))


def plain(html: str) -> str:
    """Return HTML of one line as plain text."""
    return unescape(TAG.sub("", html.replace("<br/>", " "))).strip()


def same_shape(one: Version, other: Version) -> bool:
    """Return whether two languages of a slide have the same blocks in the same order."""
    shapes = [[type(piece) for piece in version.pieces] for version in (one, other)]
    return shapes[0] == shapes[1] and (one.quiz is None) == (other.quiz is None)


def codes_differ(one: Version, other: Version) -> bool:
    """Return whether the code of a slide is another one in another language."""
    return [p for p in one.pieces if isinstance(p, Code)] != [p for p in other.pieces if isinstance(p, Code)]


def step(slide: Slide, version: Version, around: Surroundings, *, code_as_text: bool = False) -> Block:
    """Return a slide as a step. `code_as_text` shows code as text that can be translated."""
    body = _Steps(slide, around, code_as_text).body(version)
    return {
        "type": "step",
        "id": block_id("slide", slide.id),
        "value": {
            "title": version.title[:200],
            "kicker": version.kicker.rstrip(": ")[:120],
            "minutes": _minutes(version),
            "body": body,
            "next_label": slide.button_text[:60],
        },
    }


def resolve(html: str, around: Surroundings) -> str:
    """Return rich text with links into the training leading to our pages, or else to the original."""

    def attributes(found: Target) -> str:
        page, place = around.page(found), around.step(found)
        if not page:
            return f'href="{escape(around.address(found))}"'
        return f'linktype="page" id="{page}"' + (f' step="{place}"' if place else "")

    return replace_targets(html, attributes)


def _minutes(version: Version) -> int:
    words = sum(
        len(plain(piece.html).split()) for piece in version.pieces if isinstance(piece, RichText | Note)
    )
    videos = sum(isinstance(piece, Video) for piece in version.pieces)
    return max(1, ceil(words / WORDS_A_MINUTE) + VIDEO_MINUTES * videos)


class _Steps:
    """Builds the body of one step; counts blocks of each type to name them."""

    def __init__(self, slide: Slide, around: Surroundings, code_as_text: bool) -> None:
        self.slide = slide
        self.around = around
        self.code_as_text = code_as_text
        self.seen: Counter[str] = Counter()

    def body(self, version: Version) -> list[Block]:
        blocks = [block for piece in version.pieces for block in self.blocks(piece)]
        if version.quiz:
            blocks.append(self.question(version.quiz))
        return blocks

    def blocks(self, piece: Piece) -> list[Block]:
        match piece:
            case RichText(html):
                return [self.named("text", self.html(html))]
            case Note(html):
                return [self.named("callout", {"kind": "note", "title": "", "text": self.html(html)})]
            case Image():
                return [self.image(piece)]
            case Video():
                return [self.named("video", self.video(piece))]
            case Button(label, href):
                return [self.named("button", self.button(label, href))]
            case Accordion():
                return self.accordion(piece)
            case Code(text):
                return [self.code(text)]
            case Table():
                return [self.table(piece)]

    def named(self, kind: str, value: Any) -> Block:
        self.seen[kind] += 1
        return {"type": kind, "id": block_id("slide", self.slide.id, kind, self.seen[kind]), "value": value}

    def items(self, kind: str, values: list[Any]) -> list[Block]:
        """Return the items of a list block that belongs to the next block of a kind."""
        name = ("slide", self.slide.id, kind, self.seen[kind] + 1, "item")
        return [
            {"type": "item", "id": block_id(*name, number), "value": value}
            for number, value in enumerate(values, start=1)
        ]

    def html(self, html: str) -> str:
        return resolve(html, self.around)

    def image(self, image: Image) -> Block:
        ours = self.around.image(image)
        caption = self.html(image.caption)
        if ours:
            value = {"image": ours, "alt": image.alt, "caption": plain(caption), "credit": image.credit}
            return self.named("image", value)
        return self.named(
            "remote_image",
            {
                "url": image.src,
                "file_page": image.file_page or image.credit_url,
                "alt": image.alt,
                "caption": f"<p>{caption}</p>" if caption else "",
                "credit": image.credit,
                "licence": image.licence,
                "size": SIZES.get(image.layout, "full"),
            },
        )

    def video(self, video: Video) -> Block:
        return {"recording": None, "start": "", "url": video.url, "title": video.title, "credit": ""}

    def button(self, label: str, href: str) -> Block:
        found = target(href)
        page = self.around.page(found) if found else None
        address = self.around.address(found) if found and not page else href
        value = {"label": label[:120], "page": page, "url": "" if page else address}
        step = self.around.step(found) if found and page else ""
        return {**value, "step": step} if step else value

    def accordion(self, accordion: Accordion) -> list[Block]:
        """Return an accordion of its text; what is not text follows below it."""
        text = "".join(p.html for p in accordion.pieces if isinstance(p, RichText | Note))
        others = [p for p in accordion.pieces if not isinstance(p, RichText | Note)]
        items = self.items("accordion", [{"title": accordion.summary, "text": self.html(text)}])
        first = self.named("accordion", {"items": items})
        return [first, *(block for piece in others for block in self.blocks(piece))]

    def code(self, text: str) -> Block:
        if not self.code_as_text:
            return self.named("code", {"code": text, "language": "", "caption": ""})
        return self.named("text", f"<p>{code_lines(text)}</p>")

    def table(self, table: Table) -> Block:
        if any("<a " in cell for row in table.rows for cell in row):
            # Cells of our table are plain; a list keeps the links.
            rows = "".join(f"<li>{' · '.join(row)}</li>" for row in table.rows)
            return self.named("text", self.html(f"<ul>{rows}</ul>"))
        cells = [[plain(cell) for cell in row] for row in table.rows]
        head, rest = (cells[0], cells[1:]) if table.header else ([], cells)
        name = ("slide", self.slide.id, "table", self.seen["table"] + 1)
        return self.named(
            "table",
            {
                "caption": "",
                "header": self.items("table", head),
                "rows": [
                    {
                        "type": "item",
                        "id": block_id(*name, "row", number),
                        "value": {
                            "cells": [
                                {"type": "item", "id": block_id(*name, "row", number, place), "value": cell}
                                for place, cell in enumerate(row)
                            ]
                        },
                    }
                    for number, row in enumerate(rest)
                ],
            },
        )

    def question(self, quiz: QuizHtml) -> Block:
        name = ("slide", self.slide.id, "question")
        return {
            "type": "question",
            "id": block_id(*name),
            "value": {
                "question": self.html(quiz.question),
                "mode": "single",
                # The source's explanations open with “Correct” or “Incorrect” themselves.
                "verdict_in_feedback": all(feedback for *_, feedback in quiz.answers),
                "answers": [
                    {
                        "type": "item",
                        "id": block_id(*name, "answer", number),
                        "value": {"text": text[:1000], "correct": correct, "feedback": self.html(feedback)},
                    }
                    for number, text, correct, feedback in quiz.answers
                ],
            },
        }
