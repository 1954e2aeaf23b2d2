"""The web server's settings, so that plain `gunicorn` starts the site from the checkout."""

import os

wsgi_app = "exchange.wsgi:application"
pythonpath = "site"
bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
max_requests = 5000
max_requests_jitter = 500
accesslog = None
