"""Which languages a question may be in, from its letters, its small words and the reader's interface.

A guess only widens what is looked up: the forms of two or three likely languages are tried
together, so a wrong guess costs a little precision and never an answer.
"""

from __future__ import annotations

from functools import lru_cache

from search.analysis.folding import primary, written
from search.analysis.scripts import script_of, spans
from search.analysis.stems import BY_SCRIPT, language_of_word, scripts_of_language
from search.analysis.stopwords import ASKING_WORDS, SMALL_WORDS

_LETTERS = {
    "de": "äöüß",
    "es": "ñ¿¡",
    "fr": "œçèêëîôûùâ",
    "pt": "ãõç",
    "sv": "åäö",
    "pl": "łżźśćńąę",
    "tr": "ışğ",
    "vi": "ơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "uk": "іїєґ",
    "fa": "پچژگ",
    "ur": "ٹڈڑےں",
    "ro": "ăâîșțşţ",
    "cs": "ěščřžýůďťň",
    "hu": "őű",
}
_ENDINGS = {
    "de": ("ung", "ungen", "keit", "heit", "schaft", "lich", "isch", "ieren"),
    "es": ("ción", "cion", "ciones", "dad", "dades", "amiento", "miento", "ario", "arias", "ando", "iendo"),
    "fr": ("eur", "eurs", "euse", "eux", "ement", "ements", "ique", "iques", "aux", "oire", "oires"),
    "pt": ("ção", "ções", "cao", "coes", "dade", "dades", "ário", "ários", "agem"),
    "it": ("zione", "zioni", "ità", "mento", "menti"),
    "en": ("ing", "ings", "ness", "ship", "ships", "ed"),
}
MOST = 3  # languages tried for one word


@lru_cache(maxsize=256)
def _small_as_written(language: str) -> frozenset[str]:
    known = SMALL_WORDS.get(language, frozenset()) | ASKING_WORDS.get(language, frozenset())
    return frozenset(written(word, language) for word in known)


@lru_cache(maxsize=50_000)
def is_small(raw: str, languages: tuple[str, ...]) -> bool:
    """Whether a word carries no topic in one of the languages, however its marks were typed."""
    for code in map(primary, languages):
        word = written(raw, code)
        small = _small_as_written(code)
        # "And" is written onto the next word in Arabic.
        if word in small or (code == "ar" and len(word) > 2 and word[0] == "و" and word[1:] in small):
            return True
    return False


def likely_languages(text: str, interface: str = "en") -> tuple[str, ...]:
    """The languages a question may be in, the likeliest first, at most MOST and at least one."""
    words = [span.raw.casefold() for span in spans(text[:1000])]
    scores: dict[str, float] = {}
    for word in words:
        for code, score in _scores_of_word(word):
            scores[code] = scores.get(code, 0.0) + score
    best = sorted((code for code, score in scores.items() if score > 0), key=lambda code: -scores[code])
    return _with_interface(best, scores, primary(interface))


@lru_cache(maxsize=50_000)
def _scores_of_word(word: str) -> tuple[tuple[str, float], ...]:
    """How much a word speaks for each language that is written in its script."""
    script = script_of(word)
    scores = []
    for code, small in SMALL_WORDS.items():
        if script in scripts_of_language(code):
            score = 2.0 * (word in small) + 1.5 * any(char in _LETTERS.get(code, "") for char in word)
            score += 1.0 * (len(word) > 5 and word.endswith(_ENDINGS.get(code, ("\0",))))
            if score:
                scores.append((code, score))
    return tuple(scores)


def _with_interface(best: list[str], scores: dict[str, float], interface: str) -> tuple[str, ...]:
    """The guesses with the reader's own language, which wins unless the words speak against it."""
    if best and scores[best[0]] >= 2.0 and scores.get(interface, 0.0) < scores[best[0]]:
        order = [best[0], interface, *best[1:2]]
    else:
        order = [interface, *best[:2]]
    return tuple(dict.fromkeys([*order, "en"]))[:MOST]


def languages_for_word(raw: str, likely: tuple[str, ...]) -> tuple[str, ...]:
    """The languages whose forms a word is looked up in: the likely ones that are written like it."""
    script = script_of(raw)
    fitting = [code for code in likely if script in scripts_of_language(code)]
    if not fitting:
        fitting = [BY_SCRIPT.get(script, language_of_word(raw, likely[0]))]
    if script == "Latin" and "en" not in fitting:
        fitting.append("en")
    return tuple(fitting)
