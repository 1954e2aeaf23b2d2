"""The camera of `tests.screens`: the same page looks the same again, whoever has been there meanwhile."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.house import House
from tests.screens import standstill
from tests.screens.camera import Camera
from tests.screens.comparing import difference
from tests.screens.views import DESKTOP, all_views


@pytest.fixture
def camera(site: House, browser: Browser) -> Iterator[Camera]:
    """A camera before the demonstration, while time stands still."""
    with standstill.looking():
        yield Camera(site, browser)


def picture(camera: Camera, name: str) -> Any:
    """The picture of a view."""
    view = next(view for view in all_views() if view.name == name)
    return Image.open(io.BytesIO(camera.take(view))).convert("RGB")


def test_looking_at_a_page_leaves_no_trace_on_the_next_picture(camera: Camera) -> None:
    # Opening a step begins the lesson; the list of one's own lessons would then say so.
    first = picture(camera, "desktop/my-learning")
    picture(camera, "desktop/lesson-step")
    again = picture(camera, "desktop/my-learning")
    assert again.size == first.size
    assert difference(first, again, steps=0).getbbox() is None


def test_a_page_is_seen_to_its_end_and_in_its_window(camera: Camera) -> None:
    wide, narrow = picture(camera, "desktop/people"), picture(camera, "phone/people")
    assert wide.width == DESKTOP.width
    assert narrow.width == 360
    assert narrow.height > wide.height > DESKTOP.height


def test_the_dark_is_another_picture(camera: Camera) -> None:
    light, dark = picture(camera, "desktop/figures"), picture(camera, "dark/figures")
    assert dark.getpixel((5, 400)) != light.getpixel((5, 400))


def test_each_view_has_a_name_of_its_own() -> None:
    names = [view.name for view in all_views()]
    assert len(names) == len(set(names))
