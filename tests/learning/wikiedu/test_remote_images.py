"""Pictures on other sites: a link unless the settings let browsers load them."""

import pytest
from django.template.loader import render_to_string

from learning.blocks import RemoteImageBlock

VALUE = {
    "url": "https://upload.wikimedia.org/wikipedia/commons/a/a1/Brown_earth%2C_wet.jpg",
    "file_page": "https://commons.wikimedia.org/wiki/File:Brown_earth,_wet.jpg",
    "alt": "",
    "caption": "",
    "credit": "Photo by A. Gardener",
    "licence": "CC BY-SA 4.0",
    "size": "third",
}


def shown() -> str:
    value = RemoteImageBlock().to_python(VALUE)
    return render_to_string("learning/blocks/remote_image.html", {"value": value})


def test_a_picture_elsewhere_is_a_link_to_its_file_page(settings):
    settings.REMOTE_IMAGE_HOSTS = []
    html = shown()
    assert "<img" not in html
    assert f'href="{VALUE["file_page"]}"' in html
    assert "Brown earth, wet.jpg" in html
    assert "Photo by A. Gardener, CC BY-SA 4.0" in html


def test_a_picture_is_shown_from_a_host_that_the_settings_allow(settings):
    settings.REMOTE_IMAGE_HOSTS = ["upload.wikimedia.org"]
    html = shown()
    assert f'<img src="{VALUE["url"]}"' in html
    assert 'loading="lazy" referrerpolicy="no-referrer"' in html
    assert f'href="{VALUE["file_page"]}"' in html


@pytest.mark.parametrize("url", ["https://evil.example/upload.wikimedia.org/a.png", ""])
def test_other_hosts_are_never_loaded_from(settings, url):
    settings.REMOTE_IMAGE_HOSTS = ["upload.wikimedia.org"]
    value = RemoteImageBlock().to_python({**VALUE, "url": url})
    assert "<img" not in render_to_string("learning/blocks/remote_image.html", {"value": value})
