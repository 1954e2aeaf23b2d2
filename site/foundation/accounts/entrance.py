"""allauth's addresses, and before them those of its views that are not enough by themselves here."""

from __future__ import annotations

from allauth.account import views
from allauth.account.stages import LoginStageController
from allauth.mfa.base import views as mfa_views
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path
from django.views.generic import RedirectView

from foundation.accounts.reauthentication import prove_first
from foundation.accounts.second_factor import has_second_factor


def authenticate(request: HttpRequest) -> HttpResponseBase:
    """The second step of signing in. Somebody whose factor was taken away meanwhile begins anew: allauth sends them to
    the first step, which sends them back, and so round and round."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is not None and not has_second_factor(stage.login.user):
        answer: HttpResponseBase = stage.abort()
        return answer
    return mfa_views.authenticate(request)


urlpatterns = [
    # allauth lets an open session give an account its first password.
    path("password/set/", prove_first(views.password_set), name="account_set_password"),
    # One page holds what allauth shows on two.
    path("2fa/", RedirectView.as_view(pattern_name="accounts:safety"), name="mfa_index"),
    path("2fa/webauthn/", RedirectView.as_view(pattern_name="accounts:safety"), name="mfa_list_webauthn"),
    path("2fa/authenticate/", authenticate, name="mfa_authenticate"),
    path("", include("allauth.urls")),
]
