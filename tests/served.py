"""The site served by its real web server, in a process of its own, on the tests' database."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """A port that nobody listens on now."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def database_url() -> str:
    """The address of the database that the tests use."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{given['NAME']}"
    return f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


@contextmanager
def served(data: Path, **environment: str) -> Iterator[int]:
    """Gunicorn with the site's own settings for it; gives the port. Files are those below `data`/media."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        str(ROOT / "gunicorn.conf.py"),
        "--log-level",
        "warning",
    ]
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "exchange.settings.dev",
        "DATA_DIR": str(data),
        "DATABASE_URL": database_url(),
        "PORT": str(port),
        "WEB_WORKERS": "1",
        **environment,
    }
    log = data / "gunicorn.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)
        try:
            _wait_until_open(port, process, log)
            yield port
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_open(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with closing(socket.socket()) as probe:
            probe.settimeout(30)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                probe.sendall(b"GET /healthz/live HTTP/1.0\r\nHost: localhost\r\n\r\n")
                if b" 200 " in probe.recv(200):
                    return
        time.sleep(0.1)
    raise AssertionError(f"The web server did not start:\n{log.read_text()}")
