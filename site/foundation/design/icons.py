"""Icons from the built sprite, whose names are chosen in frontend/icons/icons.json, and drawings of a room's own."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.safestring import SafeString

from foundation.design.components import draw


class UnknownIcon(KeyError):
    """Raised for a name that the sprite does not hold."""


@cache
def names() -> dict[str, bool]:
    """All icons, each with whether it points and is therefore mirrored from right to left."""
    found = finders.find("exchange/icons.json")
    if not found:
        raise FileNotFoundError("exchange/icons.json is missing: run npm --prefix frontend run build")
    return {name: icon["flip"] for name, icon in json.loads(Path(found).read_text()).items()}


@cache
def icon(name: str) -> SafeString:
    """The drawing, hidden from screen readers: words stand beside it or in the control's label.

    "app/file.svg#id" is a symbol of that static file, for a room that brings its own drawings. Raises UnknownIcon.
    """
    file, _hash, symbol = name.partition("#")
    if symbol:
        if not finders.find(file):
            raise UnknownIcon(f"There is no static file {file!r} for the icon {name!r}.")
        return draw("icon", name=symbol, points=False, sprite=static(file))
    if name not in names():
        raise UnknownIcon(f"There is no icon {name!r}. See frontend/icons/icons.json.")
    return draw("icon", name=name, points=names()[name], sprite=static("exchange/icons.svg"))
