"""The written form of a word: one spelling for what readers take as the same letters.

Marks are folded where a language's readers expect it and kept where the marked letter is a letter
of its own. Source of the choices: the alphabets of the languages as their schools teach them, and
what people type on keyboards that lack the letter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from search.analysis.scripts import APOSTROPHES, IGNORABLE, script_of

LONGEST = 64  # characters of a word that are kept; longer ones are addresses and noise

# Letters of their own: "får" (sheep) is not "far" (father).
_STRICT = {
    "sv": "åäö",
    "fi": "åäö",
    "et": "äöüõšž",
    "no": "æøå",
}
# Letters of their own that people also type plain, for want of the key: "año" never finds "ano",
# but "espanol" finds "español". Vietnamese tones likewise.
_LOOSE = {
    "es": "ñ",
    "gl": "ñ",
    "eu": "ñ",
    "de": "äöü",
    "hu": "öüőű",
    "pl": "ąćęłńóśźż",
    "vi": "*",
    "da": "æøå",
    "is": "áðéíóúýþæö",
    "tr": "çğışöü",
    "az": "çəğışöü",
    "ha": "ɓɗƙƴ",
}
# Marked letters that a reader types on purpose. Asked for with the mark, a word is not answered by
# the plain one, and a text in a language that lacks the letter (a Swedish name) is found either way.
_TELLING = frozenset("åäöæøñüőűıþð")
# Where such a letter occurs in a language and its readers still take it for the plain one.
_NATIVE = {"es": "ü", "ca": "ü", "gl": "ü", "eu": "ü", "pt": "ü", "fr": "üæö", "it": "", "nl": "äöü"}
_UNDECOMPOSED = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "ħ": "h",
        "ŋ": "n",
        # Hausa, Azerbaijani, Ewe and Akan
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ƴ": "y",
        "ə": "e",
        "ɛ": "e",
        "ɔ": "o",
        "ɖ": "d",
        "ƒ": "f",
        "ɣ": "g",
        "ʋ": "v",
    }
)
_DROPPED = re.compile(f'[\u00b7\u2044{APOSTROPHES}"\u05f3\u05f4{IGNORABLE}]')
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_ARABIC_DROPPED = re.compile("[\u0640\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff]")
_ARABIC = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ة": "ه",
        "ی": "ي",  # Persian and Urdu yeh and kaf share a word's look, not its code point
        "ک": "ك",
        "ہ": "ه",
        "ڭ": "ك",  # Ottoman, with three dots, and other shapes of kaf
        "ڪ": "ك",
        "ڬ": "ك",
        "ڮ": "ك",
    }
)
# Letters without a vowel that older texts write as a letter, its sign and a joiner (Malayalam, Bengali).
_WITHOUT_VOWEL = {
    "\u0d23": "\u0d7a", "\u0d28": "\u0d7b", "\u0d30": "\u0d7c", "\u0d32": "\u0d7d", "\u0d33": "\u0d7e",
    "\u0d15": "\u0d7f", "\u09a4": "\u09ce",
}  # fmt: skip
_JOINED_VOWEL = re.compile("([\u0d23\u0d28\u0d30\u0d32\u0d33\u0d15])\u0d4d\u200d|(\u09a4)\u09cd\u200d")
# What people without the key type for a letter: "Ærø" is Aeroe, å was aa until 1948.
_DIGRAPHS = {"da": {"æ": "ae", "ø": "oe", "å": "aa"}, "no": {"æ": "ae", "ø": "oe", "å": "aa"}}
_HEBREW_DROPPED = re.compile("[\u0591-\u05c7]")
_HEBREW = str.maketrans("ךםןףץ", "כמנפצ")
_DEVANAGARI = str.maketrans({"\u093c": None, "\u0901": "\u0902"})  # nukta and chandrabindu vary in print


@lru_cache(maxsize=4096)
def primary(language: str) -> str:
    """The language without region or script: "zh-Hans" gives "zh", "nb" gives "no"."""
    tag = language.replace("_", "-").split("-")[0].lower()
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(tag, tag)


@lru_cache(maxsize=20_000)
def written(raw: str, language: str) -> str:
    """The exact form of a word: compatible characters unified, no case, no marks that readers ignore."""
    return _written(raw, primary(language), keep=True)


@lru_cache(maxsize=20_000)
def plain(raw: str, language: str) -> str:
    """As `written`, also without the marks of letters that people type plain ("espanol")."""
    return _written(raw, primary(language), keep=primary(language) in _STRICT)


def digraphs(raw: str, language: str) -> str:
    """The word with its letters typed as two; empty where it has no such letter."""
    known = _DIGRAPHS.get(primary(language))
    if known is None or raw.isascii():
        return ""
    word = _lower(raw, primary(language))
    typed = "".join(known.get(char, char) for char in word)
    return fold(typed) if typed != word else ""


@lru_cache(maxsize=20_000)
def cased(raw: str, language: str) -> str:
    """The word with all its marks, for stemmers: compatible characters unified, no case."""
    return _lower(raw, primary(language))


def telling_marks(raw: str, language: str) -> frozenset[str]:
    """The marked letters of a word that change which word it is, in some language."""
    return _TELLING.intersection(cased(raw, language))


def knows_letters(language: str, letters: frozenset[str]) -> bool:
    """Whether these marked letters are of the language's own spelling."""
    code = primary(language)
    return letters <= set(_STRICT.get(code, "") + _LOOSE.get(code, "") + _NATIVE.get(code, ""))


def is_plain(raw: str, language: str) -> bool:
    """Whether a word has nothing but unmarked letters and figures, of which case alone is folded."""
    return raw.isascii() and raw.isalnum() and language not in ("tr", "az")


def _lower(raw: str, language: str) -> str:
    if is_plain(raw, language):
        return raw.lower()[:LONGEST]
    word = unicodedata.normalize("NFKC", raw)
    if language in ("tr", "az"):
        word = word.replace("I", "ı").replace("İ", "i")
    word = unicodedata.normalize("NFKC", word.casefold())
    if "\u200d" in word:
        word = _JOINED_VOWEL.sub(lambda found: _WITHOUT_VOWEL[found[1] or found[2]], word)
    word = _DROPPED.sub("", word)
    if not word.isascii():
        word = _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found.group())), word)
    return word[:LONGEST]


def _written(raw: str, language: str, *, keep: bool) -> str:
    word = _lower(raw, language)
    if word.isascii():
        return word
    own = (_STRICT.get(language) or _LOOSE.get(language, "")) if keep else ""
    return fold(word, own)


def fold(word: str, own: str = "") -> str:
    """The word without marks, except on the letters in `own` ("*" keeps all)."""
    script = script_of(word)
    if script in ("Latin", "Greek", "Other"):
        return word if own == "*" else "".join(c if c in own else _bare(c) for c in word)
    if script == "Arabic":
        return _ARABIC_DROPPED.sub("", word).translate(_ARABIC)
    if script == "Hebrew":
        return _HEBREW_DROPPED.sub("", word).translate(_HEBREW)
    if script == "Cyrillic":
        # Stress marks go and ё is е, but й, ї and ў are letters of their own.
        return word.replace("\u0301", "").replace("\u0300", "").replace("ё", "е")
    if script == "Devanagari":
        return word.translate(_DEVANAGARI)
    return word


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    if char.isascii() or script_of(char) not in ("Latin", "Greek"):
        return "" if "\u0300" <= char <= "\u036f" else char
    decomposed = unicodedata.normalize("NFD", char)
    kept = "".join(part for part in decomposed if unicodedata.category(part) != "Mn")
    return kept.translate(_UNDECOMPOSED)
