"""The site's own settings for development, with the addresses of this folder."""

from exchange.settings.dev import *  # noqa: F403

ROOT_URLCONF = "tests.operations.planted.urls"
