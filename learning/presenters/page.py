"""What all pages of learning show around their own content."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from foundation.design.navigation import address
from foundation.l10n.languages import languages_text
from learning.translations import Versions, quiet_bar


def frame(
    page: Any, request: HttpRequest, *, trail: tuple[tuple[str, str], ...] = (), below: str = ""
) -> dict[str, Any]:
    """Crumbs, languages and the quiet bar.

    `trail` comes after the page itself, the last without address; `below` is the path of a route below the
    page, which is the same in every language.
    """
    versions = Versions(page)
    page.original = versions.original
    index = page.host or page.get_parent()
    crumbs = [
        (index.title, index.get_url(request) or ""),
        (page.title, page.get_url(request) if trail else ""),
    ]
    return {
        "page": page,
        "self": page,
        "versions": versions,
        "language_urls": {code: f"{url}{below}" for code, url in versions.urls(request).items()},
        "languages_text": languages_text(versions.codes),
        "quiet_bar": quiet_bar(page, versions),
        "crumbs": [*crumbs, *trail],
        "login_url": f"{address('account_login', 'account/login/')}?{urlencode({'next': request.path})}",
    }
