"""What makes one answer better than another: every number of the ranking, each with its reason.

Both engines read this table, so that they rank alike. What a kind weighs, its declaration says (each room's `kinds.py`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from foundation.kinds import registry

# How much a word found in a field counts (a factor on its BM25 score), stemmed and exact; the fields are added up.
# Found by trial on the judged needs (tests/quality): nDCG@10 .733, where the best field in full and a fifth of the
# others gave .725, in 1.6 times the time. The trial counted one half of the needs; among the rounded tables near to
# what it found, both halves were looked at.
FIELDS: Final[dict[str, tuple[float, float]]] = {
    # What the author thinks the thing is. It is short and its words are rare in titles: BM25 lifts it by that alone.
    "title": (1.6, 0.7),
    # A capacity is what the thing is about, said in the vocabulary all rooms share. The labels of all languages
    # stand in one long field, for which BM25 takes most of this away again.
    "label": (4.5, 2.0),
    # Chosen by an editor, but mostly says again what title and capacity say, which adds up.
    "keyword": (1.2, 0.5),
    # Who searches a name wants the person, and the talks she gave.
    "people": (5.0, 2.5),
    # Long, so a word in it says less; still where most answers are.
    "body": (1.1, 0.38),
}
SMALL_WORD: Final = 0.15  # "how", "of": break ties, never decide

# One character of a Chinese pair: often a word by itself (so that 美国 and 美 meet), and in a pair cut
# across two words the half that counts. Measured on XQuAD-R: .822 without, .831 with it.
LETTER: Final = 0.3

# A form that is only near: a slip of the finger away, or an Arabic word with the same consonants
# (the plural of a noun, or another word of its root). Below any word that was really typed.
NEAR: Final = 0.4

ALSO: Final = 1e6  # above any score of words: what joins an answer beside them is put in order by who adds it
# The question is the title, or another name of a capacity: that is what was meant. More than label and keyword of
# something else add up to.
WHOLE_TITLE: Final = 20.0
PHRASE_TITLE: Final = 3.0  # the words together and in order in a title: very likely the thing itself
PHRASE_BODY: Final = 1.0  # together in the text: the sentence speaks of it
PHRASE_SLOP: Final = 2  # words that may stand between; one article or adjective
PHRASE_LONGEST: Final = 8  # words; longer questions are sentences, which no text repeats

SHOULD_BESIDE_TEXT: Final = 3.0  # a soft wish of weight 1 beside words counts like a word in a title
DIRECT_CAPACITY: Final = 0.25  # naming the capacity itself, above naming a narrower one

# Factors on the whole score, all mild: words decide, these order what words leave equal.
UNAVAILABLE: Final = 0.7  # a person without free hours helps less now, yet may be the only one
YEAR_CONFIRMED: Final = 1.08  # each year since somebody said "still true" costs 7 %
YEAR_UPDATED: Final = 1.03  # each year since the last edit costs 3 %
_EPOCH: Final = date(2020, 1, 1)
_UNKNOWN_AGE: Final = 2.0  # years taken for what carries no date at all


def needed(words: int) -> int:
    """How many of a question's telling words an answer must have.

    All of two; later words add detail that a good answer may lack. Of a long sentence a fifth, which
    spares the reader what shares one common word with it.
    """
    if words <= 2:
        return words
    if words <= 4:
        return words - 1
    return max(2, words // 5)


# Fewer objects than this are little: then near spellings are tried too.
LITTLE: Final = 3


# How many answers with most of a question's telling words are enough not to look for more: a page.
# With fewer, what has some of the words follows. Measured on XQuAD-R this costs .001 to .005 of nDCG@10
# against asking for any word, while stopping at the first answer costs .011 to .015.
ENOUGH: Final = 20


def prior(
    *,
    confirmed: date | None,
    updated: datetime | None,
    available: bool,
    kind: str = "",
    today: date | None = None,
) -> float:
    """The factor of kind, age and availability on an object's score.

    It grows with the date by a fixed factor a year, so the order of two objects never changes by
    waiting and nothing needs to be written again as time passes.
    """
    changed = updated.date() if updated else None
    factor = YEAR_CONFIRMED ** _years(confirmed or changed, today)
    factor *= YEAR_UPDATED ** _years(changed or confirmed, today)
    declared = registry.find(kind)
    return factor * (declared.weight if declared else 1.0) * (1.0 if available else UNAVAILABLE)


def suggested(prior: float, kind: str) -> float:
    """The place of an object in the list below the search box; which kind comes first is beside age and availability.

    What begins with what was typed comes before what has it further on.
    """
    declared = registry.find(kind)
    return prior * (declared.suggested if declared else 1.0)


def _years(day: date | None, today: date | None) -> float:
    if day is None:
        return ((today or date.today()) - _EPOCH).days / 365.25 - _UNKNOWN_AGE
    if isinstance(day, datetime):
        day = day.date()
    return min(max((day - _EPOCH).days / 365.25, -10.0), 50.0)
