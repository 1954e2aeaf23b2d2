"""A span of time that stands as words in a sentence and as a number in code: nobody changes one without the other."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module

from django.conf import settings

CATALOGUE = "site/exchange/locale/es/LC_MESSAGES/django.po"  # the sentences are the same in each
NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|ten|twelve|quarter of an|half an?|twice an?|once an?|in one \S+ an?)"
SPAN = re.compile(rf"\b{NUMBER} (?:minute|hour|day|week|month|year)s?\b", re.IGNORECASE)

YEAR, MONTH, DAY = timedelta(days=365), timedelta(days=30), timedelta(days=1)
# Sentences that name the length of something that stands in code, by how they begin. They shall be told the number
# one day; until then whoever changes the number is led to them.
TYPED = {
    "The last day of your rest, at most a year": ("directory.deadlines.LONGEST_PAUSE", YEAR),
    "A pause ends after at most a year": ("directory.deadlines.LONGEST_PAUSE", YEAR),
    "Hidden by itself after that day. Without one we ask you twice a year": (
        "directory.deadlines.CONFIRM_AFTER",
        timedelta(days=180),
    ),
    "You last confirmed it half a year ago": ("directory.deadlines.CONFIRM_AFTER", timedelta(days=180)),
    "Two questions from %(programme)s ran out of time": ("mentoring.effects.REST_AFTER_LAPSES", MONTH),
    "Choose a day between today and a year": ("mentoring.services.offers.LONGEST_REST", YEAR),
    "Choose a day between tomorrow and a year": ("mentoring.services.offers.LONGEST_REST", YEAR),
    "Has been asked %(count)s time": ("mentoring.matching.ASKED_LATELY", 3 * MONTH),
    "Has not been asked in three months": ("mentoring.matching.ASKED_LATELY", 3 * MONTH),
    "%(count)s refused in a day": ("exchange.home.operations.status.REFUSED_LATELY", DAY),
    "You have written as often as anybody can in a day": ("foundation.reports.services.A_DAY", DAY),
    "You have sent %(count)s reports since yesterday": ("foundation.reports.services.A_DAY", DAY),
    "They are told at once, and again if nobody has read it after a day": (
        "foundation.reports.tasks.UNREAD_FOR",
        DAY,
    ),
}
# No deadlines: hours that are given each month or week, lengths of lessons and calls, advice, and names of choices.
OTHERWISE = (
    *(
        "%(count)s hour",
        "About %(",
        "%(hours)s hour",
        "Hours a month",
        "hours a month",
        "%(taken)s of %(total)s hour",
    ),
    *(
        "This takes %(needed)s hour",
        "Has %(left)s of %(total)s hour",
        "<strong>If %(name)s says yes</strong>",
    ),
    "Look again in a minute.",
    *("You give about %(total)s hour", "An hour a month is enough", "If you know something about it"),
    *("Up to 15 minutes", "15 minutes to an hour", "More than an hour", "less than an hour"),
    *("A call lasts at least a minute", "A call lasts at most a day", "Add at least one week"),
    *("Choose a day in the future", "Choose today or a day before", "Starts in a minute"),
    *(
        "For example: half an hour by call",
        "Between one month and six months",
        "One thing that you could show",
    ),
    *(
        "There is %(screens)s short screen",
        "There are %(screens)s short screens",
        "A lesson takes a quarter of an",
    ),
    *("Once a week, all my searches", "In one e-mail a day"),
    *("Done: you get no more of the one e-mail a day", "Do you want no more of the one e-mail a day?"),
    *("Search is resting for a moment", "Wait a minute and try again"),
)


def sentences() -> list[str]:
    """Every sentence of the interface in English."""
    text = (settings.ROOT / CATALOGUE).read_text(encoding="utf-8")
    found = re.findall(r'^(?:msgid|msgid_plural) ((?:".*"\n)+)', text, re.MULTILINE)
    return ["".join(re.findall(r'"(.*)"\n', each)) for each in found]


def spans() -> list[str]:
    """Those that name a span of time in words or digits."""
    return [each for each in sentences() if SPAN.search(each)]


def test_no_span_of_time_is_typed_into_a_sentence_unless_it_is_known_here() -> None:
    unknown = [each for each in spans() if not each.startswith((*TYPED, *OTHERWISE))]
    assert not unknown, "Tell these sentences the number, from the room's deadlines.py:\n" + "\n".join(
        unknown
    )


def test_what_sentences_say_in_words_is_what_the_code_does() -> None:
    for beginning, (where, span) in TYPED.items():
        module, _dot, name = where.rpartition(".")
        assert getattr(import_module(module), name) == span, (
            f"“{beginning} …” says another span than {where}."
        )


def test_only_sentences_that_are_there_are_excused() -> None:
    said = spans()
    assert not [start for start in (*TYPED, *OTHERWISE) if not any(each.startswith(start) for each in said)]
