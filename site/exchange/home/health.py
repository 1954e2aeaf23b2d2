"""Signs of life for operators: is the process up, and can it serve."""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from foundation.jobs.services import worker_alive


def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"live": True})


def ready(request: HttpRequest) -> JsonResponse:
    """Database and queue answer; 503 where the database does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        state = {"database": True, "worker": worker_alive()}
    except Exception:
        return JsonResponse({"database": False}, status=503)
    return JsonResponse(state)


urlpatterns = [path("live", live, name="health_live"), path("ready", ready, name="health_ready")]
