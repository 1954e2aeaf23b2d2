"""Free keywords, so that one word is one keyword however it was typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from taggit.models import Tag

from foundation.l10n.names import cleaned, is_visible

LONGEST = 60
# Marks that are a habit of writing, not another word: of Latin, Greek and Cyrillic letters, and the vowel signs and
# the stretching of Arabic. Those of other scripts, and the dots and hamzas of Arabic, make other letters.
_LATIN_TO_CYRILLIC = range(0x41, 0x530)
_ARABIC_SIGNS = {*map(chr, range(0x64B, 0x653)), "\u0670", "\u0640"}


def key(word: str) -> str:
    """The same for what is one keyword: without case, width, and marks that are a habit of writing."""
    kept: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFKD", word).casefold():
        if unicodedata.combining(char) and char not in _ARABIC_SIGNS:
            if base and ord(base) in _LATIN_TO_CYRILLIC and char != "\u0306":  # й is a letter of its own
                continue
        elif char not in _ARABIC_SIGNS:
            base = char
        if char not in _ARABIC_SIGNS:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def as_known(typed: Iterable[str]) -> list[str]:
    """The keywords to keep, each once, as they are written already where somebody has used them; one query."""
    wanted: dict[str, str] = {}
    for word in typed:
        shown = cleaned(unicodedata.normalize("NFKC", word))[:LONGEST].strip()
        if is_visible(shown):
            wanted.setdefault(key(shown), shown)
    if not wanted:
        return []
    known: dict[str, str] = {}
    for name in Tag.objects.order_by("pk").values_list("name", flat=True).iterator():
        folded = key(name)
        if folded in wanted:
            known.setdefault(folded, name)
    return [known.get(folded, shown) for folded, shown in wanted.items()]
