"""The site as the tests run it, with one more model, on a database of its own."""

from tests.bench.settings import *  # noqa: F403
from tests.bench.settings import DATA_DIR, DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.search.stock"]
DATABASES["default"]["NAME"] = DATA_DIR / "bench.sqlite3"
