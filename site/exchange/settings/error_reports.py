"""Keeps passwords inside addresses out of error reports, as Django does for settings named after secrets."""

from __future__ import annotations

import re

from django.views.debug import SafeExceptionReporterFilter


class HiddenAddresses(SafeExceptionReporterFilter):
    """Hides the settings that may be of the form scheme://name:password@host too."""

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|SEARCH_URL|REDIS|DATABASE_URL|LOCATION", re.I
    )
