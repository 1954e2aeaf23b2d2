"""The table of rights: for each role, room by room, what it may do and why."""

from __future__ import annotations

from exchange.home.drawings.markdown import page, table
from foundation.accounts.constants import Role
from foundation.accounts.role_rights import Grant, declared_by_room

INTRO = (
    "What each role may do, as the rooms declare it in their `role_rights.py`. It is given after every `migrate`, on a"
    " new site as on an old one; a right that does not exist stops the migrate. `app.*` is every right on what that app"
    " keeps. Rights on pages hold for the whole tree of pages, those on files for all collections. Why it is so:"
    " [decision 12](decisions/0012-one-declared-role-table.md). A member who holds no role has none of these, and all"
    " that members have."
)


def draw_roles() -> str:
    """The page on all roles."""
    return page("Roles", INTRO, (_piece(role) for role in Role))


def _piece(role: Role) -> str:
    rows = [
        [f"`{room}`", _what(grant), grant.why]
        for room, grants in declared_by_room().items()
        for grant in grants
        if grant.role == role
    ]
    title = f"## {role.label}\n\nThe group `{role.value}`."
    return "\n\n".join(
        [title, table(["declared in", "may", "why"], rows) if rows else "No rights beyond a member's."]
    )


def _what(grant: Grant) -> str:
    parts = (("", grant.permissions), ("on pages: ", grant.pages), ("on files: ", grant.files))
    return "; ".join(where + ", ".join(f"`{name}`" for name in names) for where, names in parts if names)
