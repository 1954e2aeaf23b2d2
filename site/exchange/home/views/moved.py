"""Addresses that pages had before: bookmarks, old mails and forms opened before a change still arrive."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt


class KeepsMethod(HttpResponsePermanentRedirect):
    """What was sent is sent again, with the same method, to the new place (RFC 9110, section 15.4.9)."""

    status_code = 308


@csrf_exempt  # it reads nothing that is sent; the view at the new place looks at the token
def moved(request: HttpRequest, to: str, rest: str = "") -> HttpResponse:
    """Leads to the same thing at its address of today.

    Arguments: `to` the path below the language; `rest` what follows it, as it came.
    """
    target = escape_uri_path(f"/{get_language()}/{to}{rest}")
    if query := request.META.get("QUERY_STRING", ""):
        target += f"?{query}"
    kept = request.method in ("GET", "HEAD")
    return HttpResponsePermanentRedirect(target) if kept else KeepsMethod(target)
