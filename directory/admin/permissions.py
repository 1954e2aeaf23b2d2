"""What groups may not do in the admin, whatever permissions they have."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from directory.constants import ListingState


class OwnersOnly(ModelPermissionPolicy):
    """Profiles are made and deleted by their people, offers and needs by their owners; drafts are theirs alone."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "delete") and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        allowed = [action for action in actions if action not in ("add", "delete")]
        return bool(allowed) and bool(super().user_has_any_permission(user, allowed))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if getattr(instance, "state", "") == ListingState.DRAFT:
            return False
        return self.user_has_permission(user, action)
