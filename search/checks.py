"""Tells at start whether SEARCH_URL can be used: an error for a wrong one, a warning where nobody answers.

A cluster that is down stops nothing: changes wait in the outbox and pages answer from the database.
"""

from __future__ import annotations

import logging
from threading import Thread
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from search.engines.factory import current_engine
from search.errors import EngineError
from search.indexing.verify import set_aside_if_lost

logger = logging.getLogger(__name__)


@register()
def search_engine(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Error E001 for a SEARCH_URL that is wrong in itself, warning W001 for an engine that cannot be used."""
    try:
        engine = current_engine()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="docs/operate/README.md tells its form.", id="search.E001")]
    try:
        engine.check()
    except EngineError as error:
        hint = "Nothing is lost: changes wait, and pages answer from the database until search is back."
        return [Warning(str(error), hint=hint, id="search.W001")]
    return []


def tell_at_start() -> Thread:
    """For the web server: refuse a wrong SEARCH_URL, and log why the engine cannot be used, if so.

    Asks in a thread of its own, which is returned, since a silent cluster must not hold up the start.
    Raises ImproperlyConfigured.
    """
    current_engine()
    asking = Thread(target=_log, name="search check", daemon=True)
    asking.start()
    return asking


def _log() -> None:
    for message in search_engine(None):
        logger.warning("%s %s", message.msg, message.hint)
    try:
        if lost := set_aside_if_lost(current_engine()):
            logger.error(lost)
    except (EngineError, DatabaseError) as error:
        logger.warning("Index and database cannot be compared: %s", type(error).__name__)
    finally:
        connection.close()
