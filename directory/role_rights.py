"""Roles in the directory: who looks after organisations and the taxonomy, and who may step in."""

from __future__ import annotations

from foundation.accounts.constants import Role
from foundation.accounts.role_rights import Grant, verbs

GRANTS = [
    Grant(
        Role.EDITOR,
        ("directory.view_capacity",),
        why="They choose capacities for what they write.",
    ),
    Grant(
        Role.COORDINATOR,
        verbs("directory", "organisation", "organisationtext", "membership", "capacity", "capacitytext"),
        why="They look after organisations and the taxonomy.",
    ),
    Grant(
        Role.MODERATOR,
        (
            *("directory.view_capacity", "directory.view_person", "directory.view_organisation"),
            *("directory.view_listing", "directory.change_listing"),
        ),
        why="They take out of sight what should not be shown, and read what it belongs to.",
    ),
]
