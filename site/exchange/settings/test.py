"""For the tests: fast password hashing, jobs run at once, everything written to a temporary folder."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Never the site's own folder, whatever DATA_DIR says: tests write and delete. Workers of one run share theirs.
if "TEST_DATA_DIR" not in os.environ:
    os.environ["TEST_DATA_DIR"] = tempfile.mkdtemp(prefix="exchange-test-")
    atexit.register(shutil.rmtree, os.environ["TEST_DATA_DIR"], ignore_errors=True)
os.environ["DATA_DIR"] = os.environ["TEST_DATA_DIR"]

from exchange.settings import environment as env
from exchange.settings.base import *  # noqa: F403
from exchange.settings.base import DATABASES

TESTING = True
SECRET_KEY = "test-only-" + "k" * 50
DATA_DIR = Path(os.environ["DATA_DIR"])
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_BACKEND = EMAIL_BACKEND
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "counters": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "counters"},
}
STORAGES = {
    "default": {"BACKEND": "exchange.home.storage.filesystem.FolderStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Jobs run inside the call (foundation.jobs.services.enqueue honours this), so a test sees their result.
JOBS_RUN_AT_ONCE = True
TASKS = {"default": {"BACKEND": "foundation.jobs.backends.DjangoQBackend"}}
SEARCH_DRAIN = "off"
SEARCH_SEMANTIC = False
PATTERN_LIBRARY = True
PAGE_CACHE_SECONDS = 0
PAGE_GENERATIONS = "default"
# The tests' own server has as many threads as are asked for, so there is nothing to share out.
FILE_THREADS = 64
if not env.text("DATABASE_URL"):
    # In memory would not be shared between the browser tests' server thread and the test.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
elif "TEST_DATABASE_TEMPLATE" in os.environ:
    # A migrated database of the same server, which every process of the tests copies (tests/run.py makes it).
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["TEST_DATABASE_TEMPLATE"]}
