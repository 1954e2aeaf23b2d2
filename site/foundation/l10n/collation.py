"""The order in which a reader's language lists names.

By code points "Émirats" stands behind "Zambie", and all that begins with a hamza before every other Arabic name. The
order here is that of the Unicode Collation Algorithm as far as names in the interface's languages need it: letters
first, their marks only where the letters are the same, then capitals. Its two rules of a single language are below.
No library does this without a table of megabytes or ICU itself, which two lists of 250 names do not repay.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that are others with a stroke or two in one, and do not come apart by themselves.
_APART = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "œ": "oe", "æ": "ae", "ı": "i", "ð": "d", "þ": "th"})
# What a language counts as a letter of its own, or as the same letter; as CLDR has it.
_OWN = {
    "es": {"n\u0303": "n\uffff"},  # ñ comes after n
    "ar": {"\u0629": "\u062a", "\u0649": "\u064a"},  # tāʾ marbūṭa stands with tāʾ, alif maqṣūra with yāʾ
}


@lru_cache(maxsize=4096)
def sort_key(text: str, language: str = "en") -> tuple[str, str, str]:
    """The place of a name among others: letters, then marks, then the name itself."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_APART))
    for written, counted in _OWN.get(language.split("-")[0], {}).items():
        apart = apart.replace(written, counted)
    letters = "".join(_plain(char) for char in apart if not unicodedata.combining(char))
    marks = "".join(char for char in apart if unicodedata.combining(char))
    return letters, marks, text


def _plain(char: str) -> str:
    """Blanks, hyphens and apostrophes, in all their shapes, come before letters."""
    return " " if unicodedata.category(char)[0] in "PZ" else char
