"""The windows in which the main flows are gone through."""

from __future__ import annotations

from typing import Any

import pytest

WINDOWS: dict[str, dict[str, Any]] = {
    "desktop": {},
    "phone": {"width": 360},
    "phone without scripts": {"width": 360, "javascript": False},
}

in_each_window = pytest.mark.parametrize(
    "window", WINDOWS.values(), ids=[name.replace(" ", "-") for name in WINDOWS]
)
