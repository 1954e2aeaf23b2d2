"""What administrators see of mail: whether the server answers, what does not arrive and why. Never a word of a mail."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from foundation.accounts.constants import Role
from foundation.accounts.mail import WORDS
from foundation.design.menu import shown_to
from foundation.notifications.constants import NOT_DONE, MailState
from foundation.notifications.models import Mail, MailServer, Recipient
from foundation.notifications.registry import GROUPS, KINDS

SHOWN = 100


def may_look_after(user: Any) -> bool:
    """Administrators only: addresses are private."""
    return bool(user.is_authenticated and user.has_role(Role.ADMINISTRATOR))


def about(purpose: str) -> str:
    """What a mail is about, in words that tell nothing of what it says."""
    if purpose in WORDS:
        return str(WORDS[purpose].purpose)
    if purpose in KINDS:
        return str(GROUPS.get(KINDS[purpose].group, "")) or _("Notifications")
    return _("Notifications") if purpose == "digest" else _("Something else")


@method_decorator(never_cache, name="dispatch")
class MailView(WagtailAdminTemplateMixin, View):
    """One page: the server, what waits or was refused, addresses that mails came back from."""

    page_title = gettext_lazy("Mail")
    header_icon = "mail"
    breadcrumbs_items: list[Any] = []
    template_name = "notifications/admin/mail.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody but administrators."""
        if not may_look_after(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Numbers, and the newest rows of each list."""
        counts = dict(Mail.objects.order_by().values_list("state").annotate(Count("pk")))
        troubled = Mail.objects.filter(state__in=(*NOT_DONE, MailState.REFUSED, MailState.UNSURE)).defer(
            "content"
        )
        return super().get_context_data(**kwargs) | {
            "server": MailServer.current(),
            "waiting": sum(counts.get(state, 0) for state in NOT_DONE),
            "sent": counts.get(MailState.SENT, 0),
            "rows": [
                {"mail": row, "about": about(row.purpose)} for row in troubled.order_by("-created")[:SHOWN]
            ],
            "recipients": Recipient.objects.order_by("-last_at")[:SHOWN],
        }


class MailAdmin(ViewSet):
    """One page of the admin."""

    name = "mail_admin"
    url_prefix = "mail"
    icon = "mail"
    menu_label = gettext_lazy("Mail")
    menu_order = 945
    menu_item_class = shown_to(may_look_after)
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[Any]:
        """Addresses below /admin/mail/."""
        return [path("", MailView.as_view(), name="index")]
