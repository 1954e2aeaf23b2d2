"""Error reports: what is left out of them, and, only with SENTRY_DSN, a service that they are sent to.

Django's own leave out settings named after secrets; passwords inside addresses are added here. What is sent elsewhere is
masked as the logs are.
"""

from __future__ import annotations

import re
from typing import Any

from django.views.debug import SafeExceptionReporterFilter

from foundation.logging import mask

# Names of events and traces, which look like keys and are none.
NAMES = frozenset({"event_id", "trace_id", "span_id", "parent_span_id", "timestamp"})
# What is known of a reader and says nothing of the fault.
LEFT_OUT = ("cookies", "data", "env", "headers", "query_string")


class HiddenAddresses(SafeExceptionReporterFilter):
    """Hides the settings that may be of the form scheme://name:password@host too."""

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|SEARCH_URL|REDIS|DATABASE_URL|LOCATION|DSN",
        re.I,
    )


def begin_reports(dsn: str, release: str) -> None:
    """Reports from now on what is logged as an error. No body, cookie, header or local variable is sent along."""
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        release=release or None,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        server_name="",
        before_send=masked,
    )


def masked(event: Any, hint: Any = None) -> Any:
    """The event without what belongs to somebody."""
    event.pop("user", None)
    request = event.get("request", {})
    for name in LEFT_OUT:
        request.pop(name, None)
    return _masked(event)


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: kept if key in NAMES else _masked(kept) for key, kept in value.items()}
    if isinstance(value, (list, tuple)):
        return [_masked(kept) for kept in value]
    return value
