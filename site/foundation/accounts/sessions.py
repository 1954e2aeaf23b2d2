"""Where somebody is signed in: kept from sign-in to sign-out, listed to them, ended by them."""

from __future__ import annotations

import re
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from foundation.accounts.models import BrowserSession, User

# In this order: Edge calls itself Chrome too, and Chrome Safari.
BROWSERS = (
    (r"\bEdgA?/|\bEdgiOS/", "Edge"),
    (r"\bOPR/|\bOpera\b", "Opera"),
    (r"\bSamsungBrowser/", "Samsung Internet"),
    (r"\bFirefox/|\bFxiOS/", "Firefox"),
    (r"\bChrom(e|ium)/|\bHeadlessChrome/|\bCriOS/", "Chrome"),
    (r"\bSafari/", "Safari"),
)
SYSTEMS = (
    (r"\bAndroid\b", "Android"),
    (r"\b(iPhone|iPod)\b", "iPhone"),
    (r"\biPad\b", "iPad"),
    (r"\bWindows\b", "Windows"),
    (r"\b(Macintosh|Mac OS X)\b", "macOS"),
    (r"\bCrOS\b", "ChromeOS"),
    (r"\bLinux\b", "Linux"),
)


def named(user_agent: str) -> tuple[str, str]:
    """(browser, system) by the names that people know; "" for what is unknown. Never a word of the header itself."""
    browser, system = (
        next((name for pattern, name in known if re.search(pattern, user_agent)), "")
        for known in (BROWSERS, SYSTEMS)
    )
    return browser, system


def begin(request: HttpRequest, user: User) -> None:
    """Somebody has signed in here."""
    if not request.session.session_key:
        request.session.save()
    browser, system = named(request.META.get("HTTP_USER_AGENT", ""))
    BrowserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={"user": user, "browser": browser, "system": system, "began": timezone.now()},
    )


def renew(request: HttpRequest, user: User) -> None:
    """A new password has given this session a new key, and has ended all others."""
    end_others(request, user)
    begin(request, user)


def of(user: User) -> list[BrowserSession]:
    """Where somebody is signed in now, the latest first. What has ended by itself is forgotten."""
    rows = list(BrowserSession.objects.filter(user=user))
    keys = [row.session_key for row in rows]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list(
            "session_key", flat=True
        )
    )
    gone = [row.pk for row in rows if row.session_key not in alive]
    if gone:
        BrowserSession.objects.filter(pk__in=gone).delete()
    return [row for row in rows if row.session_key in alive]


def end(rows: list[BrowserSession]) -> None:
    """Signs these browsers out. Twice is once."""
    with transaction.atomic():
        BrowserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
        store = import_module(settings.SESSION_ENGINE).SessionStore
        for row in rows:
            store(row.session_key).delete()


def end_others(request: HttpRequest, user: User) -> int:
    """Signs somebody out everywhere but here; how often."""
    others = list(BrowserSession.objects.filter(user=user).exclude(session_key=request.session.session_key))
    end(others)
    return len(others)


def end_all(user: User) -> None:
    """Signs somebody out everywhere."""
    end(list(BrowserSession.objects.filter(user=user)))
