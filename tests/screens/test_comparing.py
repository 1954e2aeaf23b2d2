"""What counts as the same picture, and what is shown of those that are not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.screens.comparing import RED, STEPS, compare

WIDE, HIGH = 100, 200
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def takes(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders with the same grey picture of a page."""
    for name in ("before", "after"):
        save(tmp_path / name, Image.new("RGB", (WIDE, HIGH), (128, 128, 128)))
    return tmp_path / "before", tmp_path / "after"


def save(folder: Path, picture: Image.Image, name: str = "desktop/home") -> None:
    """Puts a picture into a take."""
    file = folder / f"{name}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.save(file)


def changed(pixels: int, steps: int) -> Image.Image:
    """The grey picture with so many pixels of its first rows lighter by so many steps."""
    picture = Image.new("RGB", (WIDE, HIGH), (128, 128, 128))
    for number in range(pixels):
        picture.putpixel((number % WIDE, 50 + number // WIDE), (128 + steps, 128, 128))
    return picture


def words(takes: tuple[Path, Path]) -> list[str]:
    """How the pictures compare."""
    return [verdict.word for verdict in compare(*takes, takes[1] / "differences")]


def test_equal_pictures_are_the_same(takes: tuple[Path, Path]) -> None:
    assert words(takes) == ["same"]
    assert not (takes[1] / "differences").exists()


def test_a_shade_is_the_same_wherever_it_is(takes: tuple[Path, Path]) -> None:
    save(takes[1], changed(WIDE * 10, STEPS))
    assert words(takes) == ["same"]


def test_a_few_pixels_are_the_same(takes: tuple[Path, Path]) -> None:
    save(takes[1], changed(2, 100))  # one in ten thousand
    assert words(takes) == ["same"]


def test_more_pixels_differ_and_are_drawn_in_red(takes: tuple[Path, Path]) -> None:
    save(takes[1], changed(3, STEPS + 1))
    [verdict] = compare(*takes, takes[1] / "differences")
    assert (verdict.word, verdict.where) == ("differs", (50, 51))
    assert verdict.share == 3 / (WIDE * HIGH)
    with Image.open(takes[1] / "differences" / "desktop" / "home.png") as drawn:
        assert drawn.crop((drawn.width - WIDE, 0, drawn.width, HIGH)).getpixel((2, 50)) == RED


def test_another_size_differs(takes: tuple[Path, Path]) -> None:
    save(takes[1], Image.new("RGB", (WIDE, HIGH + 1), (128, 128, 128)))
    assert words(takes) == ["size"]
    assert (takes[1] / "differences" / "desktop" / "home.png").exists()


def test_what_only_one_take_has_is_named(takes: tuple[Path, Path]) -> None:
    save(takes[0], changed(0, 0), "desktop/gone")
    save(takes[1], changed(0, 0), "phone/new")
    assert words(takes) == ["gone", "same", "new"]


def test_the_command_ends_with_whether_anything_differs(takes: tuple[Path, Path]) -> None:
    command = [sys.executable, "-m", "tests.screens", "compare", *map(str, takes)]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    save(takes[1], changed(WIDE, 100))
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "differs" in ended.stdout
    assert "1 pictures, 0 the same" in ended.stdout
