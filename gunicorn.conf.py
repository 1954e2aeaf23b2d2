"""The web server's settings, so that plain `gunicorn` starts the site from the checkout."""

import contextlib
import logging
import os
import shutil
import socket
import struct
import sys
import tempfile
import time


def _number(name, default):
    value = os.environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        sys.exit(f"{name} must be a whole number from 1, not {value!r}.")
    return int(value)


wsgi_app = "exchange.wsgi:application"
pythonpath = "site"
bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = _number("WEB_WORKERS", 2)
threads = _number("WEB_THREADS", 8)
max_requests = 5000
max_requests_jitter = 500
accesslog = None

# Connections get these from the socket they come in by. A page or a small file fits into the buffer, so sending it
# holds no thread up, however slowly it is read; who takes nothing, or sends nothing, for so long is let go.
BUFFER = 256 * 1024  # bytes
SILENCE = _number("WEB_SILENCE_SECONDS", 30)


def when_ready(server):
    """Buffers and patience of every connection to come."""
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
        if sys.platform == "linux":  # elsewhere the structure differs, or nothing is inherited
            patience = struct.pack("ll", SILENCE, 0)
            with contextlib.suppress(OSError):
                listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)
                listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, patience)


# What the server itself logs is masked and counted as what the site logs.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "root": {"level": "WARNING", "handlers": []},
    "formatters": {
        "line": {"()": f"foundation.logging.{'JSON' if os.environ.get('LOG_FORMAT') == 'json' else 'Plain'}"}
    },
    "filters": {"once": {"()": "exchange.settings.logs.OnceAMinute"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["once"]}},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "propagate": False}},
}

STARTED = time.monotonic()
# Where the processes of this server count together what each has answered (exchange.home.metrics); a reload goes on.
COUNTED = "PROMETHEUS_MULTIPROC_DIR"
COUNTS = bool(os.environ.get("METRICS_TOKEN"))
if COUNTS and COUNTED not in os.environ:
    os.environ[COUNTED] = tempfile.mkdtemp(prefix="exchange-metrics-")


def pre_fork(server, worker):
    """A process that follows another counts on in its place, so that files do not grow in number."""
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(number for number in range(len(taken) + 1) if number not in taken)


def post_fork(server, worker):
    """Before the site is loaded: the library asks once which process it counts for."""
    if COUNTS:
        from prometheus_client import values

        values.ValueClass = values.MultiProcessValue(lambda: worker.place)


def on_exit(server):
    """The counts end with the server."""
    if COUNTS:
        shutil.rmtree(os.environ[COUNTED], ignore_errors=True)


def post_worker_init(worker):
    """A process that follows another knows since when the server runs; who was let go needs no trace in the log."""
    from exchange.home.operations import status

    status.STARTED = STARTED
    worker.log.error_log.addFilter(lambda record: not _is_silence(record))


def _is_silence(record: logging.LogRecord) -> bool:
    return bool(record.exc_info and isinstance(record.exc_info[1], BlockingIOError))
