"""Deleting in the admin, where other people's records may depend on it."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic

from exchange.design.names import said


class CarefulDeleteView(generic.DeleteView):
    """Deletes what nobody else keeps a record of, and says why not where somebody does."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[no-any-return]
        except ProtectedError:
            sentence = _(
                "“%(name)s” cannot be deleted: people keep records of it. Hide it or close it instead."
            )
            messages.error(self.request, said(sentence, name=self.object))
            return redirect(self.get_success_url())
