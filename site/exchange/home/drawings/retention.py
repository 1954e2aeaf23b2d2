"""The page that says what is forgotten by itself, and when."""

from __future__ import annotations

from exchange.home.drawings.markdown import page, table
from exchange.home.operations.retention import RULES

INTRO = (
    "Every night at 03:20 UTC the worker forgets what is below; `manage.py prune` does the same at once and prints how "
    "many went of each kind. A rule that fails holds up no other, and is named in the log."
)


def draw_retention() -> str:
    """All rules, in the order in which they are gone through."""
    rows = [(rule.what, f"{rule.days} days" if rule.days else "at once", rule.why) for rule in RULES]
    return page("What is forgotten, and when", INTRO, [table(("what", "after", "why so"), rows)])
