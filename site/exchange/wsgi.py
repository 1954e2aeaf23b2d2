"""The door for web servers."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.production")
# gunicorn's own code for "cannot be loaded": it ends, instead of trying again for ever.
CANNOT_LOAD = 4
try:
    application = get_wsgi_application()
except ImproperlyConfigured as problem:
    print(f"The settings cannot be used: {problem}", file=sys.stderr)
    raise SystemExit(CANNOT_LOAD) from None

from foundation.accounts.checks import refuse_demo_accounts  # noqa: E402  (Django must be set up first)
from search.checks import tell_at_start  # noqa: E402

refuse_demo_accounts()
tell_at_start()
