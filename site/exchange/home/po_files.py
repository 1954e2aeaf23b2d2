"""PO files that translators bring back: looked at before wagtail-localize reads them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.views.edit_translation import upload_pofile

# What a file that was downloaded here says about itself.
MARK = b"X-WagtailLocalize-TranslationID:"


def upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Takes a file that was downloaded from a translation of this site; says what is wrong with any other."""
    sent = request.FILES.get("file")
    content = sent.read() if sent is not None else b""
    if MARK in content:
        sent.seek(0)  # type: ignore[union-attr]
        answer: HttpResponse = upload_pofile(request, translation_id)
        return answer
    if not content:
        messages.error(request, _("Choose the PO file first. Nothing was changed."))
    else:
        messages.error(
            request,
            _(
                "This file was not downloaded from this translation: it does not say to which page it belongs. "
                "Download the PO file here, translate it and upload the same file. Nothing was changed."
            ),
        )
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))
