"""Accounts in the editors' admin, for administrators."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.users.views.users import CreateView, DeleteView, EditView, UserViewSet

from foundation.accounts import sessions
from foundation.accounts.admin_forms import AccountCreationForm, AccountEditForm, SecondFactorForm
from foundation.accounts.auth import prove_first
from foundation.accounts.models import User
from foundation.accounts.permissions import has_second_factor
from foundation.accounts.services import set_address, take_second_factor


# What asks for permission comes before: who may not do it is not asked who they are.
@method_decorator(prove_first, name="get")
@method_decorator(prove_first, name="post")
class AccountCreateView(CreateView):  # type: ignore[misc]  # Wagtail has no types
    """Makes an account."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "may_give_everything": self.request.user.is_superuser}


@method_decorator(prove_first, name="get")
@method_decorator(prove_first, name="post")
class AccountEditView(EditView):  # type: ignore[misc]
    """Changes an account; of somebody who may do everything, only by somebody who may, too.

    Else a new password would be a way to become them. One's own address and password are changed on one's own pages,
    where they are confirmed; whose were changed by somebody else is told, at the address from before.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.object.is_superuser and not request.user.is_superuser:  # type: ignore[union-attr]
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "may_give_everything": self.request.user.is_superuser}

    def save_instance(self) -> User:
        before = self.form.initial.get("email", "")
        user = cast(User, super().save_instance())
        changed = {"email", "password1"} & set(self.form.changed_data)
        if "email" in changed:
            set_address(user, before=before)
        if changed:
            get_adapter().send_notification_mail(
                "account/email/changed_by_administrator", user, email=before or user.email
            )
        return user


@method_decorator(prove_first, name="get")
@method_decorator(prove_first, name="post")
class AccountDeleteView(DeleteView):  # type: ignore[misc]
    """Deletes an account."""


@method_decorator(prove_first, name="get")
@method_decorator(prove_first, name="post")
class SecondFactorView(WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]
    """Takes the second factor of somebody who has lost theirs away, once it is sure who they are."""

    form_class = SecondFactorForm
    template_name = "accounts/admin/second_factor.html"
    page_title = gettext_lazy("Take the second factor away")
    header_icon = "key"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For who may change accounts: not one's own, and of somebody who may do everything only with the same right."""
        by = cast(User, request.user)
        if not by.has_perm("accounts.change_user"):
            raise PermissionDenied
        self.person = get_object_or_404(User, pk=kwargs["pk"])
        if by == self.person or (self.person.is_superuser and not by.is_superuser):
            raise PermissionDenied
        if not has_second_factor(self.person):
            messages.info(request, _("This account has no second factor."))
            return redirect("wagtailusers_users:edit", self.person.pk)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "person": self.person}

    def form_valid(self, form: SecondFactorForm) -> HttpResponse:
        take_second_factor(self.person)
        sessions.end_all(self.person)
        log(self.person, "accounts.take_second_factor", user=self.request.user, data=form.cleaned_data)
        get_adapter().send_notification_mail("account/email/second_factor_taken", self.person)
        messages.success(
            self.request, _("The second factor is gone. They were told, and signed out everywhere.")
        )
        return redirect("wagtailusers_users:edit", self.person.pk)


class AccountViewSet(UserViewSet):  # type: ignore[misc]
    """List, add, change, delete."""

    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
    delete_view_class = AccountDeleteView
    copy_view_enabled = False

    def get_urlpatterns(self) -> list[Any]:
        """Wagtail's, and taking a second factor away."""
        own = path("second-factor/<int:pk>/", SecondFactorView.as_view(), name="second_factor")
        return [*super().get_urlpatterns(), own]

    def get_form_class(self, for_update: bool = False) -> Any:
        return AccountEditForm if for_update else AccountCreationForm
