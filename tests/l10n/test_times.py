"""Lengths of time, and clocks in different places."""

from __future__ import annotations

import pytest

from foundation.l10n.times import clock, hours_apart, minutes_text, span_text


@pytest.mark.parametrize(
    ("one", "other", "hours"),
    [
        ("UTC", "UTC", {0}),
        ("Asia/Kolkata", "UTC", {5.5}),
        ("Pacific/Auckland", "Pacific/Honolulu", {1, 2}),  # by the season
        ("nowhere", "UTC", {None}),
        ("../etc", "UTC", {None}),
        ("UTC", "", {None}),
    ],
)
def test_clocks_are_compared_as_they_stand_today(one: str, other: str, hours: set[float | None]) -> None:
    assert hours_apart(one, other) in hours


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (59.9, "0:59"), (245, "4:05"), (1120, "18:40"), (3600, "1:00:00"), (3845, "1:04:05")],
)
def test_a_player_s_clock_has_hours_only_where_there_are_any(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("least", "most", "shown"),
    [
        (15, 20, "15 to 20 minutes"),
        (None, 60, "1 hour"),
        (20, 20, "20 minutes"),
        (60, 150, "2 hours 30 minutes"),
        (None, None, ""),
    ],
)
def test_a_span_is_told_by_both_ends_as_long_as_it_is_short(
    least: int | None, most: int | None, shown: str
) -> None:
    assert span_text(least, most) == shown


def test_an_unknown_length_is_not_told() -> None:
    assert minutes_text(None) == minutes_text(0) == ""
