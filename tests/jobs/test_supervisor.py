"""One process that keeps the web server and the worker running: `manage.py serve`."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from foundation.jobs import supervisor
from foundation.jobs.supervisor import NotServing, Supervisor

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"


@pytest.fixture
def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def test_children_are_ended_even_where_they_do_not_listen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "ENDING", 0.5)
    servers = Supervisor(print, None)
    with (tmp_path / "out").open("wb") as output:
        child = servers._start([sys.executable, "-c", DEAF], output.fileno())
        while not (tmp_path / "out").stat().st_size:
            time.sleep(0.05)
        servers.end()
    assert child.returncode == -signal.SIGKILL


def test_a_server_that_dies_is_not_waited_for() -> None:
    servers = Supervisor(print, 9)
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    with pytest.raises(NotServing, match="stopped at once"):
        servers._wait_for(child)


def children_of(process: int) -> list[int]:
    """The numbers of a process's living children, the eldest first."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,stat=", "--ppid", str(process)], capture_output=True, text=True, check=False
    ).stdout
    return sorted(int(line.split()[0]) for line in listed.splitlines() if not line.split()[1].startswith("Z"))


def fetched(port: int, path: str) -> tuple[http.client.HTTPResponse, bytes]:
    """An answer and its body, for a browser that takes compressed ones."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    return answer, answer.read()


@contextlib.contextmanager
def served(port: int, data: Path) -> Iterator[subprocess.Popen[str]]:
    """`manage.py serve` with an empty database."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "exchange.settings.dev",
        "DATA_DIR": str(data),
        "PORT": str(port),
        "WEB_WORKERS": "1",
        "DEBUG": "0",
    }
    manage = [sys.executable, "-W", "ignore", str(Path(settings.ROOT) / "manage.py")]
    subprocess.run(
        [*manage, "prepare", "database", "static"], env=environment, check=True, capture_output=True
    )
    child = subprocess.Popen(
        [*manage, "serve", "--ready", "Come in"], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()


def test_both_run_a_dead_worker_is_started_again_and_a_signal_ends_all(
    free_port: int, tmp_path: Path
) -> None:
    with served(free_port, tmp_path) as child:
        assert child.stdout
        assert [child.stdout.readline().strip() for _line in range(3)] == [
            "web: ready",
            "worker: started",
            "Come in",
        ]
        assert supervisor.answers(free_port)
        page = fetched(free_port, "/en/account/login/")[1]
        sheet = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', gzip.decompress(page).decode())
        assert sheet
        style = fetched(free_port, sheet[1])[0]
        assert style.headers["Content-Encoding"] == "gzip"
        assert "immutable" in style.headers["Cache-Control"]
        web, worker = children_of(child.pid)
        os.kill(worker, signal.SIGKILL)
        assert "It is started again in 1 s." in child.stdout.readline()
        for _try in range(100):
            now = children_of(child.pid)
            if len(now) == 2:
                break
            time.sleep(0.1)
        assert now[0] == web
        assert now[1:]
        assert worker not in now
        child.terminate()
        assert child.wait(20) == 0
        assert not [one for one in now if Path(f"/proc/{one}").exists()]
    assert not supervisor.answers(free_port)


def test_a_web_server_that_does_not_start_ends_it_with_a_sentence(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "exchange.settings.dev",
        "DATA_DIR": str(tmp_path),
        "WEB_WORKERS": "two",
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(Path(settings.ROOT) / "manage.py"), "serve"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "The web server stopped at once." in done.stderr
    assert "CommandError" in done.stderr
