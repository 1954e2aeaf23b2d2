"""Drawings for the documentation, made from the code itself: flows, data model, rights of roles, personal data.

`manage.py draw_docs` writes them into docs/, and a test holds what is committed to what the code says. What is
drawn is read from the rooms' declarations; nothing here knows a room.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils import translation

from exchange.home.drawings.data_model import draw_data_model
from exchange.home.drawings.flows import draw_flows
from exchange.home.drawings.personal_data import draw_personal_data
from exchange.home.drawings.retention import draw_retention
from exchange.home.drawings.roles import draw_roles
from exchange.home.drawings.variables import draw_variables

PAGES: dict[str, Callable[[], str]] = {
    "flows.md": draw_flows,
    "data-model.md": draw_data_model,
    "roles.md": draw_roles,
    "personal-data.md": draw_personal_data,
    "operate/retention.md": draw_retention,
    "operate/settings.md": draw_variables,
}


def drawn() -> dict[str, str]:
    """The text of each page by its name in docs/, in English whoever asks."""
    with translation.override("en"):
        return {name: draw() for name, draw in PAGES.items()}
