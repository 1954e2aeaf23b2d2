"""Where the site stands, told to Wagtail: its own mails and links to pages begin with what its Site row says."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

# As Wagtail makes its first site; an address that an administrator gave is left alone.
NOT_SET_UP = "localhost"


def follow_base_url(**kwargs: Any) -> bool:
    """Gives the default site the host and port of BASE_URL, unless it has a host of its own. Answers whether it did.

    Called after every migrate, so that a change of BASE_URL or of the port takes effect with the next start.
    """
    site = Site.objects.filter(is_default_site=True, hostname=NOT_SET_UP).first()
    if site is None:
        return False
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    wanted = (address.hostname or NOT_SET_UP, port)
    if (site.hostname, site.port) == wanted:
        return False
    site.hostname, site.port = wanted
    site.save()
    return True
