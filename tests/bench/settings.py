"""As production serves, with an empty view beside the site's and a switch for the page cache."""

from exchange.settings import environment as env
from exchange.settings.test import *  # noqa: F403
from exchange.settings.test import DATA_DIR, DATABASES

ROOT_URLCONF = "tests.bench.urls"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
PAGE_CACHE_SECONDS = env.number("BENCH_PAGE_CACHE", 0)
DATABASES["default"].pop("TEST", None)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
    }
}
DEMO_CONTENT = True
PATTERN_LIBRARY = False
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = True
