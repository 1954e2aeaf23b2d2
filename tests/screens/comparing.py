"""Whether two pictures are the same, and a picture of where they are not.

They are the same when they have one size and hardly a pixel differs: at most `SHARE` of the pixels by more than
`STEPS` of the 255 steps of a colour. Two takes of one program differ less (they are equal in every pixel, but for
what the browser paints a shade apart).
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

STEPS = 16
SHARE = 0.0001
RED = (214, 0, 60)
GAP = 16  # pixels between the three pictures of a difference


@dataclass(frozen=True)
class Verdict:
    """How two pictures of one view compare. `share` is of the pixels that both have, from 0 to 1."""

    name: str
    word: str  # same, differs, size, gone, new
    share: float = 0.0
    sizes: tuple[tuple[int, int], tuple[int, int]] = ((0, 0), (0, 0))
    where: tuple[int, int] = (0, 0)  # the first and the last row of pixels that differ

    @property
    def is_same(self) -> bool:
        """Whether there is nothing to look at."""
        return self.word == "same"

    def line(self) -> str:
        """Its line of the table."""
        before, after = ("x".join(map(str, size)) for size in self.sizes)
        size = before if before == after else f"{before} -> {after}"
        rows = "" if self.is_same or not any(self.where) else f"rows {self.where[0]} to {self.where[1]}"
        return f"{self.word:8} {self.share:9.4%}  {self.name:38} {size:24} {rows}".rstrip()


def compare(
    before: Path, after: Path, drawn: Path, *, steps: int = STEPS, share: float = SHARE
) -> list[Verdict]:
    """Compares all pictures of two folders, and draws those that differ below `drawn`."""
    shutil.rmtree(drawn, ignore_errors=True)
    names = {
        file.relative_to(folder).with_suffix("").as_posix()
        for folder in (before, after)
        for file in folder.glob("*/*.png")
    }
    return [_compare_one(name, before, after, drawn, steps, share) for name in sorted(names)]


def _compare_one(name: str, before: Path, after: Path, drawn: Path, steps: int, allowed: float) -> Verdict:
    files = [folder / f"{name}.png" for folder in (before, after)]
    if not files[1].exists():
        return Verdict(name, "gone")
    if not files[0].exists():
        return Verdict(name, "new")
    with Image.open(files[0]) as opened, Image.open(files[1]) as other:
        first, second = opened.convert("RGB"), other.convert("RGB")
    differing = difference(first, second, steps)
    share = differing.histogram()[255] / (differing.width * differing.height)
    box = differing.getbbox()
    rows = (box[1], box[3]) if box else (0, 0)
    if first.size != second.size:
        word = "size"
    else:
        word = "differs" if share > allowed else "same"
    if word != "same":
        _draw(first, second, differing, drawn / f"{name}.png")
    return Verdict(name, word, share, (first.size, second.size), rows)


def difference(first: Image.Image, second: Image.Image, steps: int = STEPS) -> Image.Image:
    """White where a pixel of the part that both have differs by more than `steps`, else black."""
    part = (0, 0, min(first.width, second.width), min(first.height, second.height))
    red, green, blue = ImageChops.difference(first.crop(part), second.crop(part)).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point(lambda value: 255 if value > steps else 0)


def _draw(first: Image.Image, second: Image.Image, differing: Image.Image, file: Path) -> None:
    """Before, after, and after again, faded, with what differs in red; side by side."""
    faded = Image.blend(second, Image.new("RGB", second.size, "white"), 0.7)
    faded.paste(RED, (0, 0), differing)
    if second.height > first.height:  # what is longer than before is all new
        ImageDraw.Draw(faded).rectangle(
            (0, first.height, second.width - 1, second.height - 1), outline=RED, width=4
        )
    width = first.width + 2 * second.width + 2 * GAP
    sheet = Image.new("RGB", (width, max(first.height, second.height)), (120, 120, 120))
    for picture, left in (
        (first, 0),
        (second, first.width + GAP),
        (faded, first.width + second.width + 2 * GAP),
    ):
        sheet.paste(picture, (left, 0))
    file.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(file)
