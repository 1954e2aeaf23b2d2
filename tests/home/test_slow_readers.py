"""Readers on slow lines, with real sockets against the real web server: files may wait, pages go on."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.served import served

LARGE = 40_000_000  # bytes, more than any socket's buffer
PATIENCE = 10  # seconds for an answer that must not wait for the slow ones
SILENCE = (
    2  # seconds until one who takes nothing is let go; the kernel counts them anew for each piece it takes
)
LET_GO = 15 * SILENCE
THREADS = 4


# So that the tests' database is there, which the web server reads.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def port(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[int]:
    """The site with four threads and three large files."""
    data = tmp_path_factory.mktemp("site")
    folder = data / "media" / "images"
    folder.mkdir(parents=True)
    with (folder / "recording.webm").open("wb") as file:
        file.truncate(LARGE)
    (folder / "small.png").write_bytes(b"x" * 140_000)
    with (
        django_db_blocker.unblock(),
        served(data, WEB_THREADS=str(THREADS), WEB_SILENCE_SECONDS=str(SILENCE)) as port,
    ):
        yield port


def slow_reader(port: int, path: str) -> socket.socket:
    """Asks for a file and then takes nothing of it."""
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.connect(("127.0.0.1", port))
    reader.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return reader


def get(port: int, path: str) -> tuple[int, http.client.HTTPMessage, int]:
    """Status, headers and length of an answer that comes in time."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.headers, len(answer.read())
    finally:
        connection.close()


@pytest.fixture
def readers(port):
    """Makes slow readers, who leave when the test ends."""
    with ExitStack() as stack:

        def make(path, count):
            for _ in range(count):
                stack.enter_context(slow_reader(port, path))
            time.sleep(1)

        yield make
    until = time.monotonic() + PATIENCE
    while get(port, "/media/images/recording.webm")[0] != 200:
        assert time.monotonic() < until
        time.sleep(0.2)


@pytest.mark.parametrize(
    "path",
    [
        "/media/images/recording.webm",
        "/media/images/small.png",
        "/static/wagtailadmin/js/vendor.js",
        "/en/account/login/",
    ],
)
def test_slow_readers_never_stop_the_pages(port, readers, path):
    readers(path, 3 * THREADS)
    for _ in range(5):
        assert get(port, "/healthz/live")[0] == 200
        assert get(port, "/en/account/login/")[0] == 200


def test_who_finds_the_share_taken_is_told_when_to_come_back(port, readers):
    readers("/media/images/recording.webm", THREADS)
    status, headers, _length = get(port, "/media/images/recording.webm")
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "5", "no-store")
    assert get(port, "/media/images/small.png")[::2] == (200, 140_000)


def test_who_takes_nothing_is_let_go(port, readers):
    readers("/media/images/recording.webm", THREADS)
    assert get(port, "/media/images/recording.webm")[0] == 503
    until = time.monotonic() + LET_GO
    while get(port, "/media/images/recording.webm")[::2] != (200, LARGE):
        assert time.monotonic() < until
        time.sleep(SILENCE)


def test_a_browser_gets_six_large_scripts_at_once(django_db_setup, django_db_blocker, tmp_path):
    """As the desk of the admin asks for them, on a line that takes a second for each."""
    (tmp_path / "media").mkdir()
    with django_db_blocker.unblock(), served(tmp_path) as port, ExitStack() as stack:
        script = "wagtailadmin/js/userbar.js"
        path, size = f"/static/{script}", Path(str(finders.find(script))).stat().st_size
        readers = [stack.enter_context(slow_reader(port, path)) for _ in range(6)]
        time.sleep(1)
        for reader in readers:
            reader.settimeout(PATIENCE)
            answer = reader.recv(100)
            assert b" 200 " in answer
            got = len(answer)
            while got < size:
                got += len(reader.recv(1_000_000))
