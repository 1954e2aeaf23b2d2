"""All addresses of the site. Public ones begin with the language."""

from allauth.account.views import password_set
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from exchange.home.serve import media
from exchange.home.sitemaps import robots, sitemap, sitemap_part
from exchange.home.views import page_types
from foundation.accounts.auth import prove_first
from foundation.accounts.views import ConfirmEmail, admin_door, authenticate, confirm_code

urlpatterns = [
    path("admin/login/", admin_door, name="admin_door"),
    # Before Wagtail's own, which names drafts to whom they are not shown.
    path("admin/reports/page-types-usage/", page_types.report, name="page_types_report"),
    path("admin/reports/page-types-usage/results/", page_types.results, name="page_types_report_results"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("healthz/", include("exchange.home.health")),
    path("", include("exchange.home.metrics")),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemaps/<slug:name>.xml.gz", sitemap_part, name="sitemap_part"),
    path("robots.txt", robots, name="robots"),
    path("media/<path:path>", media, name="media"),
]

urlpatterns += i18n_patterns(
    # Before allauth's own. It lets an open session give an account its first password, and shows on two pages what
    # stands on one of ours.
    path("account/password/set/", prove_first(password_set), name="account_set_password"),
    path("account/2fa/", RedirectView.as_view(pattern_name="accounts:safety"), name="mfa_index"),
    path(
        "account/2fa/webauthn/",
        RedirectView.as_view(pattern_name="accounts:safety"),
        name="mfa_list_webauthn",
    ),
    path("account/2fa/authenticate/", authenticate, name="mfa_authenticate"),
    # Before allauth's own pages of these addresses.
    path("account/confirm-email/", confirm_code, name="confirm_code"),
    path("account/confirm-email/<str:key>/", ConfirmEmail.as_view(), name="confirm_email"),
    path("account/", include("allauth.urls")),
    path("account/", include("foundation.accounts.urls")),
    path("notifications/", include("foundation.notifications.urls")),
    path("reports/", include("foundation.reports.urls")),
    path("patterns/", include("foundation.design.urls")),
    path("search/", include("search.urls")),
    path("my/searches/", include("search.saved.urls")),
    path("", include("directory.urls")),
    path("", include("learning.urls")),
    path("", include("mentoring.urls")),
    path("", include("exchange.home.urls")),
    path("", include(wagtail_urls)),
)

handler404 = "exchange.home.views.errors.not_found"
handler500 = "exchange.home.views.errors.server_error"
