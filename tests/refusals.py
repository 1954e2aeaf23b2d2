"""Something is refused, and whoever tried it reads why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

# What sets a name apart from the sentence around it (foundation.l10n.names.said).
MARKS = dict.fromkeys(range(0x2066, 0x206A))


@contextmanager
def refused(sentence: str, kind: type[Exception]) -> Iterator[None]:
    """Within it an error of exactly this kind is raised, and its text is exactly this sentence."""
    with pytest.raises(kind) as caught:
        yield
    assert type(caught.value) is kind
    assert str(caught.value).translate(MARKS) == sentence
