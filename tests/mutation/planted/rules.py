"""One rule that is tested at its border, and one of which the border is not."""

from __future__ import annotations


def may_vote(age: int) -> bool:
    """From eighteen years on."""
    return age >= 18


def may_stand(age: int) -> bool:
    """From twenty-one years on."""
    return age >= 21
