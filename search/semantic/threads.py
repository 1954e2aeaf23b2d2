"""numpy, loaded so that it computes with one thread, and the model's library likewise.

With two threads on two busy cores each step waits for the slower of them: a question then takes 5 to 20
times longer. Both libraries read how many threads they may use once, when they are loaded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

ONE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@contextmanager
def one_thread() -> Iterator[None]:
    """What is loaded inside computes with one thread; whatever this process starts later is not told so."""
    before = {name: os.environ.get(name) for name in ONE}
    os.environ.update(dict.fromkeys(ONE, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


with one_thread():
    import numpy

__all__ = ["numpy", "one_thread"]
