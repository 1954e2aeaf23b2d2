"""Making a slug for a capacity that comes with an address of its own."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container
from urllib.parse import unquote

from directory.taxonomy.concepts import Concept, in_language

SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
MADE_LENGTH = 60  # of a slug that is made here; leaves room for a number behind it
WITHOUT_MARKS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "œ": "oe"}
)


def slug_for(concept: Concept, last: str) -> str:
    """A slug for a concept of others: of the last part of its address where that is a word, else of its label.

    Codes (`3A80F194`, `c_1234`) say nothing in an address; where there are no Latin letters at all they have to.
    """
    last = unquote(last)
    names = [in_language(concept.labels, "en"), *(concept.labels[code] for code in sorted(concept.labels))]
    for text in (last if _is_word(last) else "", *names, last):
        if slug := slugged(text):
            return slug
    return f"capacity-{hashlib.sha256(concept.address.encode()).hexdigest()[:8]}"


def slugged(text: str) -> str:
    """The text as a slug: Latin letters without their marks, digits, hyphens; words joined by capitals apart."""
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "-", text.translate(WITHOUT_MARKS))
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    # What is left of another script is no name: "2" of "الباب 2".
    if sum(map(str.isalpha, slug)) * 2 < sum(map(str.isalpha, text)):
        return ""
    if len(slug) > MADE_LENGTH:
        slug = slug[: MADE_LENGTH + 1].rpartition("-")[0] or slug[:MADE_LENGTH]
    return slug


def free(slug: str, taken: Container[str]) -> str:
    """The slug, with the first number behind it that makes it one of its own."""
    number, found = 1, slug
    while found in taken:
        number += 1
        found = f"{slug[:MADE_LENGTH]}-{number}"
    return found


def _is_word(text: str) -> bool:
    digits = sum(sign.isdigit() for sign in text)
    return (
        digits <= 1 and bool(re.search(r"[^\W\d_]{3}", text)) and not re.fullmatch(r"[0-9a-fA-F]{6,}", text)
    )
