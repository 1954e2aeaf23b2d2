"""What kinds have in common: the sides of the house, families, and the ways to answer a need."""

from __future__ import annotations

from enum import StrEnum

SIDES = ("learning", "people", "mentoring", "money", "capacity")


class Family(StrEnum):
    """Kinds that are treated alike: one shelf of a capacity's page, the same rules and sentences of matching."""

    LEARNING = "learning"
    PEOPLE = "people"  # who can help: persons and organisations
    OFFERS = "offers"
    NEEDS = "needs"
    MONEY = "money"


class Answer(StrEnum):
    """How a kind answers a need: the groups of the mixed list, by how soon each helps."""

    READ = "read"
    WATCH = "watch"
    ASK = "ask"
    JOIN = "join"
    FUND = "fund"
