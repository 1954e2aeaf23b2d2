"""A site for the public in a folder of its own: its commands and its servers run as processes, as an operator does."""

from __future__ import annotations

import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
HOST = "exchange.example"


def free_port() -> int:
    """A port of loopback on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PublicSite:
    """Environment and folder of a site under production settings; nothing of the tests' own settings reaches it."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "exchange.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "BASE_URL": f"https://{HOST}",
            "ALLOWED_HOSTS": HOST,
            "DATA_DIR": str(data),
            **environment,
        }

    def manage(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A management command, whatever it ends with."""
        command = [sys.executable, "-W", "ignore", str(ROOT / "manage.py"), *arguments]
        return subprocess.run(
            command,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def done(self, *arguments: str, **environment: str) -> str:
        """What a command printed that has to end well."""
        result = self.manage(*arguments, **environment)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def refused(self, *arguments: str, **environment: str) -> str:
        """The sentence of a command that has to refuse."""
        result = self.manage(*arguments, **environment)
        assert result.returncode != 0, result.stdout
        assert "Traceback" not in result.stderr, result.stderr
        return result.stderr

    def shell(self, code: str) -> str:
        """What a few lines of Python inside the site print."""
        return self.done("shell", "--no-imports", "-c", code).strip()

    @contextmanager
    def served(self) -> Iterator[int]:
        """gunicorn, for as long as the block runs. Answers its port."""
        port = free_port()
        environment = {**self.environment, "PORT": str(port), "WEB_WORKERS": "1"}
        command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "--log-level", "warning"]
        child = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            until = time.monotonic() + 60
            while not _listens(port):
                assert child.poll() is None, "The web server ended."
                assert time.monotonic() < until, "The web server does not answer."
                time.sleep(0.1)
            yield port
        finally:
            child.terminate()
            child.wait(20)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Visitor:
    """Reads pages as a browser behind the proxy does, with cookies of its own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.jar: dict[str, str] = {}

    def get(self, path: str) -> tuple[int, str]:
        """Status and text at the end of all redirects."""
        return self._ask(path, None)

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Sends a form with the token of the page that stands there."""
        _status, page = self.get(path)
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found, page
        return self._ask(self.at, urlencode({"csrfmiddlewaretoken": found[1], **fields}).encode())

    def _ask(self, path: str, body: bytes | None) -> tuple[int, str]:
        for _hop in range(6):
            path = path.removeprefix(f"https://{HOST}")
            self.at = path
            headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}{path}"}
            if self.jar:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.jar.items())
            request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
            status, told, text = _open(request)
            for line in told.get_all("Set-Cookie") or []:
                name, _sign, value = line.split(";")[0].partition("=")
                self.jar[name] = value
            if status not in (301, 302, 303):
                return status, text
            path, body = told["Location"], None
        raise AssertionError(f"No end of redirects at {path}")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(
    _Stay, urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
)


def _open(request: urllib.request.Request) -> tuple[int, Any, str]:
    try:
        with _OPENER.open(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
    except HTTPError as answer:
        return answer.code, answer.headers, answer.read().decode("utf-8", "replace")
