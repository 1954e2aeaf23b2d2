"""Demo sign-ins: one for each role, with a published password. They exist only under development settings."""

from __future__ import annotations

from foundation.accounts.checks import DEMO_DOMAIN
from foundation.accounts.constants import Role

# Sign-in name -> (the invented person who uses it, role beside member). Everybody else cannot sign in.
ROLES: dict[str, tuple[str, Role | None]] = {
    "member": ("salma-benali", None),
    "mentor": ("samira-belkacem", None),
    "editor": ("", Role.EDITOR),
    "translator": ("", Role.TRANSLATOR),
    "coordinator": ("yuki-tanabe", Role.COORDINATOR),
    "moderator": ("", Role.MODERATOR),
    "administrator": ("", Role.ADMINISTRATOR),
}


def demo_address(name: str) -> str:
    """The address of a role's or an invented person's account."""
    return f"{name}{DEMO_DOMAIN}"


def demo_password() -> str:
    """The same for all of them, and printed at every start."""
    return "demo-exchange"
