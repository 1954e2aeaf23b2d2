"""The languages the model has learned, and which of them a question is in."""

from __future__ import annotations

from search.analysis import primary, printable
from search.analysis.languages import languages_for_word, likely_languages
from search.analysis.scripts import spans

# The languages of XLM-RoBERTa's training text, from which the model comes (Conneau et al. 2020, table 6).
_LEARNED = """
af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha he hi hr hu hy
id is it ja jv ka kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms my nb ne nl nn no om or pa pl ps pt ro
ru sa sd si sk sl so sq sr su sv sw ta te th tl tr ug uk ur uz vi xh yi zh
"""
KNOWN = frozenset(_LEARNED.split())
SIGN = 3  # letters that a sign of Chinese, Japanese or Thai stands for


def is_known(language: str) -> bool:
    """Whether the model has learned a language (a tag such as "pt-br")."""
    return primary(language) in KNOWN


def asked_language(text: str, interface: str) -> str:
    """The one language a question is in: that of most of its letters, the reader's where both fit."""
    likely = likely_languages(text, interface)
    letters: dict[str, int] = {}
    for span in spans(printable(text)):
        language = languages_for_word(span.raw, likely)[0]
        letters[language] = letters.get(language, 0) + len(span.raw) * (SIGN if span.unspaced else 1)
    return max(letters, key=lambda code: letters[code], default=primary(interface))
