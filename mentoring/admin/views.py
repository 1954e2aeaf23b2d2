"""Where administrators read answers that were given in trust."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from foundation.accounts.constants import Role
from foundation.accounts.models import User
from mentoring.safety_answers import kept_for

PER_PAGE = 20


@method_decorator(never_cache, name="dispatch")
class TrustView(WagtailAdminTemplateMixin, View):
    """What this administrator may read, folded away until it is needed."""

    page_title = gettext_lazy("Answers in trust")
    header_icon = "lock"
    template_name = "mentoring/admin/trust.html"
    breadcrumbs_items: list[Any] = []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody but administrators."""
        if not request.user.is_authenticated or not request.user.has_role(Role.ADMINISTRATOR):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        kept = kept_for(cast(User, request.user), get_language() or "en")
        page = Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))
        return self.render_to_response(self.get_context_data(page=page))
