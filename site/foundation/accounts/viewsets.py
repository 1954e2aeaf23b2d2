"""Accounts in the editors' admin, for administrators."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from foundation.accounts.admin_forms import AccountCreationForm, AccountEditForm


class AccountCreateView(CreateView):  # type: ignore[misc]  # Wagtail has no types
    """Makes an account."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "may_give_everything": self.request.user.is_superuser}


class AccountEditView(EditView):  # type: ignore[misc]
    """Changes an account; of somebody who may do everything, only by somebody who may, too.

    Else a new password would be a way to become them.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.object.is_superuser and not request.user.is_superuser:  # type: ignore[union-attr]
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "may_give_everything": self.request.user.is_superuser}


class AccountViewSet(UserViewSet):  # type: ignore[misc]
    """List, add, change, delete."""

    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return AccountEditForm if for_update else AccountCreationForm
