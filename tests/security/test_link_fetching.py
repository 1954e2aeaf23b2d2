"""Addresses that a person or a file gives are opened in one way, which reaches nothing inside."""

from __future__ import annotations

import ast
import contextlib
import http.server
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from foundation.downloads import InnerAddress, fetch, is_open

HERE = [ipaddress.ip_network("127.0.0.1/32")]
# What can open a connection, and what may: everything else asks foundation/downloads.py.
OPENS = {
    *(
        "urllib.request",
        "http.client",
        "socket",
        "ssl",
        "smtplib",
        "ftplib",
        "poplib",
        "imaplib",
        "xmlrpc.client",
    ),
    *("requests", "httpx", "httpcore", "aiohttp", "urllib3", "boto3", "botocore", "redis", "elasticsearch"),
}
MAY_OPEN = {
    "site/foundation/downloads.py": "the guarded way itself",
    "site/foundation/jobs/supervisor.py": "asks the web server that it has started, on this machine",
    "site/foundation/notifications/smtp.py": "the mail server, which the operator names",
    "site/exchange/home/storage/s3.py": "the object store, which the operator names",
    "site/exchange/home/backends.py": "the cache, which the operator names",
    "search/engines/elastic/client.py": "the search servers, which the operator names",
    "search/engines/elastic/engine.py": "the same",
    "search/engines/elastic/index.py": "the same",
    "search/engines/elastic/locks.py": "the name of this machine alone",
    "site/start.py": "whether a port of this machine is free",
}


class Server(http.server.BaseHTTPRequestHandler):
    """Answers on loopback; each path does something else."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            if self.path == "/drip":
                for _ in range(100):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(0.05)
            self.wfile.write(b"x" * (2_000 if self.path == "/large" else 5))

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    Server.asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def get(url: str, **more: Any) -> bytes:
    return fetch(url, most=1_000, agent="Test", **more)


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127.0.0.1",
            "localhost",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "127.1",
            "0.0.0.0",  # noqa: S104
            "[::1]",
            "[::]",
        ),
        *("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
        *("169.254.169.254", "10.0.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1", "[fe80::1]", "[fd00::1]"),
        *("224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
    ],
)
def test_no_way_of_writing_an_inner_address_reaches_it(port: int, host: str) -> None:
    for url in (f"http://{host}:{port}/", f"http://{host}/"):
        with pytest.raises((InnerAddress, socket.gaierror)):
            get(url, seconds=1)
    assert Server.asked == []


def test_an_address_of_the_internet_is_open_and_so_is_the_network_that_is_named(port: int) -> None:
    assert is_open(ipaddress.ip_address("198.35.26.96"))
    assert is_open(ipaddress.ip_address("2620:0:861:ed1a::1"))
    assert get(f"http://127.0.0.1:{port}/", also=HERE) == b"xxxxx"


def test_a_name_is_looked_up_once_and_what_was_looked_at_is_asked(port: int) -> None:
    """Rebinding: the name says an open address first, and this machine to whoever asks again."""
    answers = [("198.51.100.7", 9), ("127.0.0.1", port)]

    def resolve(_host: str, _port: int, **_more: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", answers.pop(0))]

    named = [ipaddress.ip_network("198.51.100.7/32")]
    with pytest.raises(OSError):
        get(f"http://rebinding.example:{port}/", also=named, resolve=resolve, seconds=0.5)
    assert len(answers) == 1
    assert Server.asked == []


def test_a_name_with_one_inner_address_among_others_is_not_asked(port: int) -> None:
    def resolve(_host: str, _port: int, **_more: Any) -> list[tuple[Any, ...]]:
        both = [("198.35.26.96", port), ("10.0.0.1", port)]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in both]

    with pytest.raises(InnerAddress):
        get("http://both.example/", resolve=resolve)


def test_what_leads_inside_or_round_and_round_is_not_followed(port: int) -> None:
    here = f"http://127.0.0.1:{port}"
    assert get(f"{here}/to//there", also=HERE) == b"xxxxx"
    with pytest.raises(InnerAddress):
        get(f"{here}/to/http://127.0.0.2:{port}/inside", also=HERE)
    with pytest.raises(ValueError, match="http"):
        get(f"{here}/to/file:///etc/passwd", also=HERE)
    Server.asked = []
    with pytest.raises(OSError, match="on and on"):
        get(f"{here}/to/" + "/to/" * 9 + "/end", also=HERE)
    assert "/inside" not in Server.asked


def test_too_much_and_too_slow_end(port: int) -> None:
    with pytest.raises(ValueError, match="larger than 1,000"):
        get(f"http://127.0.0.1:{port}/large", also=HERE)
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        get(f"http://127.0.0.1:{port}/drip", also=HERE, seconds=0.3)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "url", ["http://a:b@198.35.26.96/", "http://198.35.26.96/a b", "http:///x", "gopher://x/"]
)
def test_addresses_that_mean_two_things_are_refused(url: str) -> None:
    with pytest.raises(ValueError):
        get(url)


def test_nothing_else_opens_an_address() -> None:
    """A module that opens connections by itself is listed with the reason why nobody chooses where to."""
    found: set[str] = set()
    for folder in ("site", "learning", "directory", "mentoring", "search"):
        for path in (settings.ROOT / folder).rglob("*.py"):
            if imported(ast.parse(path.read_text(encoding="utf-8"))) & OPENS:
                found.add(str(path.relative_to(settings.ROOT)))
    assert found == MAY_OPEN.keys()
    assert settings.WAGTAILEMBEDS_FINDERS == []


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names | {name.partition(".")[0] for name in names}
