"""The same moment and the same chance for every take.

What would differ between two loads of the demonstration: dates (all are told from the day of the load), primary keys
that are random (they order what has no other order, and stand in addresses), and the order of sets. So the clock is
set, random bytes come from one counted series while the house is prepared, and Python's hashing has one seed.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest import mock

import time_machine
from django.utils import timezone

# A Wednesday morning: nothing that repeats weekly or monthly is near its turn.
LOADED_AT = datetime(2026, 6, 10, 10, 30, tzinfo=UTC)
LOOKED_AT = LOADED_AT + timedelta(minutes=5)
STEP = timedelta(milliseconds=1)
SEED = 12


def hash_alike() -> None:
    """Begins this program again with one seed for hashing, unless it has it."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


@contextmanager
def chance() -> Iterator[None]:
    """Inside, what is drawn by chance is the same each time: keys of rows, receipts, tokens."""
    series = random.Random(SEED).randbytes
    # uuid asks the first, secrets the second.
    with mock.patch.object(os, "urandom", series), mock.patch.object(random, "_urandom", series):
        random.seed(SEED)
        yield


@contextmanager
def loading() -> Iterator[None]:
    """Inside, each look at the clock is a little later than the last, and random bytes are the same each time.

    A clock that stood would leave rows without an order which the site has.
    """
    moments = (LOADED_AT + STEP * look for look in itertools.count())
    with (
        time_machine.travel(LOADED_AT, tick=False),
        mock.patch.object(timezone, "now", side_effect=moments),
        chance(),
    ):
        yield


@contextmanager
def looking() -> Iterator[None]:
    """Inside, time stands still, for the server too."""
    with time_machine.travel(LOOKED_AT, tick=False):
        yield
