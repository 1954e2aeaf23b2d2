"""For work on one's own machine: demo accounts allowed, e-mail written to files, detailed errors."""

import secrets

from django.core.exceptions import ImproperlyConfigured

from exchange.settings import environment as env
from exchange.settings.base import *  # noqa: F403
from exchange.settings.base import DATA_DIR, STORAGE
from exchange.settings.site_file import is_production

if is_production(DATA_DIR):
    raise ImproperlyConfigured(
        f"{DATA_DIR} is the folder of a site for the public. Set "
        "DJANGO_SETTINGS_MODULE=exchange.settings.production, or another DATA_DIR for development."
    )
DEBUG = env.flag("DEBUG", True)


def _secret_key() -> str:
    """A key of this copy's own, made at the first start and kept in DATA_DIR."""
    file = DATA_DIR / "keys" / "secret_key"
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text().strip()


SECRET_KEY = env.text("SECRET_KEY") or _secret_key()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.items("ALLOWED_HOSTS")]
MAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
DEMO_CONTENT = True
PATTERN_LIBRARY = True
if DEBUG:
    # Styles and scripts straight from their sources. Without DEBUG they are served as on a public site, under hashed names
    # and compressed, from where `manage.py prepare static` has put them.
    STORAGES = {
        "default": STORAGE,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True
