"""The door for web servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.production")
application = get_wsgi_application()

from foundation.accounts.checks import refuse_demo_accounts  # noqa: E402  (Django must be set up first)
from search.checks import tell_at_start  # noqa: E402

refuse_demo_accounts()
tell_at_start()
