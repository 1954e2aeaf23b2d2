"""Three questions of operators and their machines, each apart: which release, is the process up, can it serve.

They are answered before anything else is looked at (exchange.home.middleware.HealthProbes): a probe needs no host name,
no HTTPS and no session. Nothing that is told belongs to anybody.
"""

from __future__ import annotations

import functools
import subprocess
from collections.abc import Callable
from importlib import metadata

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from exchange.home.operations import status


def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"live": True})


def version(request: HttpRequest) -> JsonResponse:
    """Which release runs here."""
    return JsonResponse(release())


def ready(request: HttpRequest) -> JsonResponse:
    """The state of each part; 503 where pages would fail. What is slower or late only is a warning."""
    told = status.recent()
    return JsonResponse(told, status=200 if told["ready"] else 503, headers={"Cache-Control": "no-store"})


@functools.cache
def release() -> dict[str, str]:
    """The release as it was installed, and the commit where the checkout tells it."""
    return {"version": number(), "commit": _commit(), "source": settings.SOURCE_URL}


def number() -> str:
    """Of the release as it was installed; empty where it is run from its sources alone."""
    try:
        return metadata.version("capacity-exchange")
    except metadata.PackageNotFoundError:
        return ""


def _commit() -> str:
    command = ["git", "rev-parse", "--short=12", "HEAD"]
    try:
        asked = subprocess.run(  # noqa: S603
            command, cwd=settings.ROOT, capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""


urlpatterns = [
    path("live", live, name="health_live"),
    path("ready", ready, name="health_ready"),
    path("version", version, name="health_version"),
]
PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    f"/healthz/{pattern.pattern}": pattern.callback for pattern in urlpatterns
}
