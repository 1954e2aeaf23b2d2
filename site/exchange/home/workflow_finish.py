"""What the last approval of a workflow does. Wagtail imports this before its own models, so nothing is imported here."""

from __future__ import annotations

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publishes what was approved, under an address that is free; in the transaction of the approval."""
    from exchange.home.scheduled_publishing import publish

    publish(workflow_state.content_object.get_latest_revision(), user=user)
