"""A person or an organisation without a picture: initials on a quiet shape that is always the same for a name."""

from __future__ import annotations

import unicodedata
import zlib
from functools import lru_cache

from django.utils.safestring import SafeString

from foundation.design.components import draw

COLOURS = 6
PERSON_SHAPES = (
    "M44 8A34 34 0 1 1-24 8a34 34 0 0 1 68 0",
    "M86 58a34 34 0 1 1-68 0 34 34 0 0 1 68 0",
    "M0 64V26a38 38 0 0 1 38 38z",
    "M64 0v44A44 44 0 0 1 20 0z",
)
ORGANISATION_SHAPES = ("M0 0h32v32H0zM32 32h32v32H32z", "M0 32h64v32H0z", "M0 64 64 0v64z", "M20 0h44v64z")
# Letters of these scripts are joined or need no second one: two initials side by side would read as a word.
ONE_LETTER = ("ARABIC", "SYRIAC", "DEVANAGARI", "BENGALI", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI")


def initials(name: str) -> str:
    """At most two letters: of the first and the last word, one where the script asks for it."""
    words = [word for word in (_letters(part) for part in name.split()) if word]
    if not words:
        return ""
    first = words[0][0]
    if len(words) == 1 or unicodedata.name(first, "").startswith(ONE_LETTER):
        return first.upper()
    return (first + words[-1][0]).upper()


def _letters(word: str) -> str:
    return "".join(sign for sign in word if sign.isalnum())


@lru_cache(maxsize=4096)
def face(name: str, shape: str = "person", size: int = 48) -> SafeString:
    """A drawn face, hidden from screen readers because the name always stands beside it.

    Arguments: `shape` "person" (round) or "organisation" (square); `size` in CSS pixels.
    """
    # crc32, not hash(): the same in every process, so a cached page and a fresh one agree.
    number = zlib.crc32(name.casefold().strip().encode())
    is_square = shape == "organisation"
    paths = ORGANISATION_SHAPES if is_square else PERSON_SHAPES
    return draw(
        "face",
        is_square=is_square,
        shade=number % COLOURS,
        size=size,
        path=paths[number // COLOURS % len(paths)],
        initials=initials(name),
    )


def picture(image_url: str, shape: str = "person", size: int = 48) -> SafeString:
    """The same place filled by a picture."""
    return draw("face", image=image_url, is_square=shape == "organisation", size=size)
