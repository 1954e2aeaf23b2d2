"""Colours can be read: WCAG 2.2 contrast of every pair that meets, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "frontend" / "css"
COLOUR = r"#[0-9a-f]{3,6}"
GROUNDS = ("surface-page", "surface", "surface-sunk")
SIDES = ("learning", "people", "mentoring", "money", "capacity")
WORDS = (
    "text",
    "text-quiet",
    "color-link",
    "color-error",
    "color-done",
    "color-warn",
    *(f"color-{s}" for s in SIDES),
)
CONTROLS = ("rule-control", "focus")


def tokens(text: str) -> dict[str, tuple[str, str]]:
    """Name to (light, dark)."""
    pairs = re.findall(rf"--([\w-]+):\s*light-dark\(({COLOUR}),\s*({COLOUR})\)", text)
    single = re.findall(rf"--([\w-]+):\s*({COLOUR})\s*;", text)
    return {name: (light, dark) for name, light, dark in pairs} | {name: (one, one) for name, one in single}


TOKENS = tokens((CSS / "tokens.css").read_text())


def channels(colour: str) -> list[float]:
    digits = colour.lstrip("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    return [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]


def mixed(colour: str, ground: str, share: float) -> list[float]:
    return [share * a + (1 - share) * b for a, b in zip(channels(colour), channels(ground), strict=True)]


def luminance(rgb: list[float]) -> float:
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: list[float], other: list[float]) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("night", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("word", WORDS)
def test_words_can_be_read_on_every_ground(word: str, ground: str, night: int) -> None:
    assert contrast(channels(TOKENS[word][night]), channels(TOKENS[ground][night])) >= 4.5


@pytest.mark.parametrize("night", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("control", CONTROLS)
def test_edges_of_controls_can_be_seen(control: str, ground: str, night: int) -> None:
    assert contrast(channels(TOKENS[control][night]), channels(TOKENS[ground][night])) >= 3


@pytest.mark.parametrize("night", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["surface-page", "surface"])
@pytest.mark.parametrize("word", ["color-error", "color-done", "color-warn", *(f"color-{s}" for s in SIDES)])
def test_a_colour_can_be_read_on_its_own_tint(word: str, ground: str, night: int) -> None:
    tint = mixed(TOKENS[word][night], TOKENS[ground][night], 0.08)
    assert contrast(channels(TOKENS[word][night]), tint) >= 4.5
    assert contrast(channels(TOKENS["text"][night]), tint) >= 4.5


@pytest.mark.parametrize("night", [0, 1], ids=["light", "dark"])
def test_marked_words_can_be_read(night: int) -> None:
    assert contrast(channels(TOKENS["text"][night]), channels(TOKENS["highlight"][night])) >= 4.5


@pytest.mark.parametrize("action", ["color-action", "color-action-hover"])
def test_the_primary_button_can_be_read(action: str) -> None:
    assert contrast(channels("#fff"), channels(TOKENS[action][0])) >= 4.5


@pytest.mark.parametrize("night", [0, 1], ids=["light", "dark"])
def test_initials_can_be_read_on_both_shades_of_every_face(night: int) -> None:
    styles = (CSS / "parts" / "marks.css").read_text()
    faces = [tokens(body) for body in re.findall(r"\.shade-\d \{([^}]+)\}", styles)]
    assert len(faces) == 6
    for face in faces:
        for ground in ("face-ground", "face-shape"):
            assert contrast(channels(face["face-letters"][night]), channels(face[ground][night])) >= 4.5


def test_the_palette_is_the_one_of_the_design() -> None:
    assert TOKENS["surface-page"] == ("#fdfcf9", "#171816")
    assert TOKENS["color-learning"] == ("#3366cc", "#8fabf0")
    assert TOKENS["color-people"] == ("#a8451f", "#ef9a76")
    assert TOKENS["color-mentoring"] == ("#10754f", "#5fc29b")
    assert TOKENS["color-money"] == ("#8a6100", "#dcae52")
    assert TOKENS["color-capacity"] == ("#5b4b8a", "#b8a9e6")
