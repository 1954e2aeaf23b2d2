"""For a public site. Refuses to start with a missing or weak secret key; checks.py refuses demo accounts."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from exchange.settings import environment as env
from exchange.settings.base import *  # noqa: F403
from exchange.settings.base import ALLOWED_HOSTS, BASE_URL

SECRET_KEY = env.text("SECRET_KEY")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure-"):
    raise ImproperlyConfigured(
        "SECRET_KEY must be set to at least 50 random characters. Make one with: "
        'python -c "import secrets; print(secrets.token_urlsafe(50))"'
    )
if not env.text("BASE_URL"):
    raise ImproperlyConfigured(
        "BASE_URL must be the public address of the site, such as https://exchange.example.org"
    )
if not validate_host(str(urlsplit(BASE_URL).hostname), ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        f"ALLOWED_HOSTS must name the host of BASE_URL, {urlsplit(BASE_URL).hostname}: else every page would be refused."
    )

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
BEHIND_PROXY = env.flag("BEHIND_PROXY", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 1 if BEHIND_PROXY else 0)
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD", True)
SECOND_FACTOR_AT_THE_DESK = env.flag("SECOND_FACTOR_AT_THE_DESK", True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
