"""What engines raise, what is told of an error, and what is said to somebody whose search cannot be saved."""

from __future__ import annotations

import traceback
from pathlib import Path

from foundation.errors import UserFacingError

FRAMES = 3  # places in our own code that are told of an error


class EngineError(Exception):
    """The engine could not answer or write; the message says what to look at."""


class IndexMissing(EngineError):
    """There is no index. Only a rebuild makes one: an empty one would answer that there is nothing."""

    def __init__(self) -> None:
        super().__init__("There is no search index. Run: manage.py search rebuild")


class EngineBusy(EngineError):
    """Another process holds the right to write for longer than we were told to wait."""


class CannotSave(UserFacingError):
    """The search cannot be saved."""


def place_of(error: BaseException) -> str:
    """What went wrong and where, without the words of the error: they may quote what is private.

    An EngineError is ours and says what to look at.
    """
    if isinstance(error, EngineError) and isinstance(error.__cause__, OSError | None):
        return str(error)
    error = error.__cause__ if isinstance(error, EngineError) and error.__cause__ else error
    root = f"{Path(__file__).resolve().parents[1]}/"
    frames = [
        f"{frame.filename.removeprefix(root)}:{frame.lineno}, {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(root)
        and "site-packages" not in frame.filename
        and not frame.filename.startswith(f"{root}search/indexing/")
    ]
    return " < ".join([type(error).__name__, *reversed(frames[-FRAMES:])])
