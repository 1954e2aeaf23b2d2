"""Roles in the directory: who looks after organisations and the taxonomy, and who may step in."""

from __future__ import annotations

from foundation.accounts.constants import Role
from foundation.accounts.roles import Grant, verbs

GRANTS = [
    Grant(Role.EDITOR, ("directory.view_capacity",)),
    Grant(
        Role.COORDINATOR,
        verbs("directory", "organisation", "organisationtext", "membership", "capacity", "capacitytext"),
    ),
    Grant(
        Role.MODERATOR,
        (
            *("directory.view_capacity", "directory.view_person", "directory.view_organisation"),
            *("directory.view_listing", "directory.change_listing"),
        ),
    ),
]
