"""Stems: Snowball's algorithm where a language has one, light rules of our own where it has none.

`forms()` gives every stem under which a word may be found. It is the same on both sides, for the
text that is stored and for the question that is asked.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Protocol

import snowballstemmer

from search.analysis import light_stemmers
from search.analysis.english import american
from search.analysis.folding import (
    cased,
    digraphs,
    fold,
    is_plain,
    knows_letters,
    plain,
    primary,
    telling_marks,
    written,
)
from search.analysis.scripts import script_of

_ALGORITHMS = {
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}

# Which language's stems a word gets when its script is not the text's: "training" in an Arabic text.
BY_SCRIPT = {
    "Latin": "en",
    "Cyrillic": "ru",
    "Arabic": "ar",
    "Hebrew": "he",
    "Greek": "el",
    "Devanagari": "hi",
    "Armenian": "hy",
    "Tamil": "ta",
    "Bengali": "bn",
    "Hangul": "ko",
    "Han": "zh",
    "Kana": "ja",
    "Thai": "th",
    "Lao": "lo",
    "Khmer": "km",
    "Burmese": "my",
}
_SCRIPTS = {
    **{
        code: (script,) for script, codes in {
            "Cyrillic": "ru uk be bg mk kk ky mn tg",
            "Arabic": "ar fa ur ps ckb ug sd",
            "Hebrew": "he yi",
            "Greek": "el",
            "Devanagari": "hi ne mr sa",
            "Armenian": "hy",
            "Tamil": "ta",
            "Bengali": "bn as",
            "Hangul": "ko",
            "Han": "zh",
            "Thai": "th",
            "Lao": "lo",
            "Khmer": "km",
            "Burmese": "my",
        }.items() for code in codes.split()
    },
    "ja": ("Kana", "Han"),
    "sr": ("Cyrillic", "Latin"),
}  # fmt: skip


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


# A Snowball stemmer keeps the word it works on in itself, so each thread has its own.
_local = threading.local()


def _stemmer(language: str) -> _Stemmer | None:
    name = _ALGORITHMS.get(language)
    if name is None:
        return None
    made: dict[str, _Stemmer] = _local.__dict__.setdefault("made", {})
    if language not in made:
        made[language] = snowballstemmer.stemmer(name)
    return made[language]


@lru_cache(maxsize=4096)
def scripts_of_language(language: str) -> tuple[str, ...]:
    """The scripts a language is written in; Latin where we know no other."""
    return _SCRIPTS.get(primary(language), ("Latin",))


def language_of_word(raw: str, language: str) -> str:
    """The language whose rules a word of a text in `language` follows, by the word's script."""
    script = script_of(raw)
    code = primary(language)
    if script == "Other" or script in scripts_of_language(code):
        return code
    return BY_SCRIPT.get(script, code)


@lru_cache(maxsize=20_000)
def forms(raw: str, language: str) -> tuple[str, ...]:
    """The stems a word of a text is stored under, the most telling first; never empty for a word."""
    code = language_of_word(raw, language)
    if code == "ar":
        return light_stemmers.arabic(cased(raw, code))
    if code == "he":
        return light_stemmers.hebrew(written(raw, code))
    if code == "uk":
        return (light_stemmers.ukrainian(written(raw, code)),)
    if code == "ko":
        return light_stemmers.korean(written(raw, code))
    stemmer = _stemmer(code)
    exact = written(raw, code)
    if is_plain(raw, code):
        stem = stemmer.stemWord(exact) if stemmer else exact
        if stem.isascii():
            # What all of the below comes to; and the stem of how others spell it.
            other = american(exact) if code == "en" else exact
            if other != exact and stemmer and (same := stemmer.stemWord(other)) != stem:
                return (stem or exact, same)
            return (stem or exact,)
    if stemmer is None:
        return tuple(dict.fromkeys((exact, plain(raw, code))))
    if code in ("fa", "ur"):
        persian = cased(raw, code).replace("ي", "ی").replace("ك", "ک")
        stem = fold(stemmer.stemWord(persian))
        return tuple(dict.fromkeys((stem, light_stemmers.persian(fold(persian)))))
    # With its marks the stem is right ("formées"); typed without ("formees") it must meet the same.
    full, bare = stemmer.stemWord(cased(raw, code)), plain(raw, code)
    foreign = telling_marks(raw, code)
    marked = cased(raw, code) if foreign and not knows_letters(code, foreign) else ""
    # And the plain word whole, for a reader of another language who types it so ("espana").
    whole = bare if bare != cased(raw, code) else ""
    stems = (
        written(full, code),
        stemmer.stemWord(bare),
        plain(full, code),
        marked,
        whole,
        digraphs(raw, code),
    )
    return tuple(dict.fromkeys(stem for stem in stems if stem)) or (exact,)


def asked_forms(raw: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The stems a word of a question is looked up under, in any of the likely languages.

    Who types the mark means it: "año" is not answered by "ano", while "ano" is by both.
    """
    letters = telling_marks(raw, languages[0])
    if not letters:
        return tuple(dict.fromkeys(form for code in languages for form in forms(raw, code)))
    found = [cased(raw, languages[0])]
    for code in languages:
        stemmer = _stemmer(code)
        if stemmer is not None and knows_letters(code, letters):
            found.append(written(stemmer.stemWord(cased(raw, code)), code))
    return tuple(dict.fromkeys(found))


def asked_exact(raw: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The exact forms a word of a question may have in the likely languages."""
    letters = telling_marks(raw, languages[0])
    fitting = [code for code in languages if not letters or knows_letters(code, letters)]
    return tuple(dict.fromkeys(written(raw, code) for code in fitting)) or (cased(raw, languages[0]),)
