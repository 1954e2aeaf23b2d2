"""What the logs of real processes say, and never say."""

from __future__ import annotations

import gzip
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from django.test import Client

from exchange.settings.logs import OnceAMinute
from foundation.jobs.models import Attempt
from foundation.logging import JSON, Plain, mask, within_request
from tests.home.test_metrics import ask
from tests.operations.planted import ADDRESS, KEY, SECRETS, SESSION
from tests.served import ROOT, database_url, served

NAME = "from-the-proxy-1"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (f"to {ADDRESS}.", "to [address]"),
        ("/confirm/wanda%40example.org/", "/confirm/[address]/"),
        ("/en/search/?q=how+to&page=2 failed", "/en/search/?[query] failed"),
        (f"/reset/key/1-c2vbqd-{KEY}/", "/reset/key/1-c2vbqd-[key]/"),
        (f"session {SESSION} ended", "session [key] ended"),
        ("key MTE:1tXyzA:abcdefghijklmnopqrstuvwxyz0123456789ABC", "key [key]"),
        ("/stop/8f14e45f-ceea-467f-ab0e-1234567890ab/", "/stop/[key]/"),
        ("link Zk3xT9_qLw82-AbCdEfGh01 opened", "link [key] opened"),
        ("{'password': 'hunter2', 'a': 1}", "{'password': [secret], 'a': 1}"),
        ("Authorization: Bearer abc.def", "Authorization: [secret]"),
        ("postgresql://me:secret@db.example/base", "postgresql://me:[address]/base"),
        ("x\nDETAIL:  Key (name)=(Wanda) exists.\n", "x\nDETAIL: [row]"),
        # What one needs to find a fault stays.
        ("Job learning.tasks.complete_courses given up after 5 attempts", None),
        ('  File "/srv/site/foundation/notifications/templates_of_2026.py", line 12, in send_trial', None),
        ("  @method_decorator(never_cache, name='dispatch')", None),
        ("Internal Server Error: /en/learn/how-to-count-your-banners-2026-edition-one/", None),
        ("ConnectionTimeout: it did not answer in time (HTTPConnectionPool 127.0.0.1:9200)", None),
    ],
)
def test_what_is_masked_and_what_is_not(said: str, told: str | None) -> None:
    assert mask(said) == (said if told is None else told)


def test_both_forms_tell_the_request(caplog: Any) -> None:
    record = logging.LogRecord("a.b", logging.WARNING, __file__, 1, "for %s", (ADDRESS,), None)
    with within_request(NAME):
        assert Plain().format(record).endswith(f"WARNING a.b: for [address] [request {NAME}]")
        told = json.loads(JSON().format(record))
    assert (told["message"], told["request"], told["logger"]) == ("for [address]", NAME, "a.b")


def test_a_name_is_believed_from_a_proxy_of_ours_alone(db: None, client: Client, settings: Any) -> None:
    def named(given: str) -> str:
        return client.get("/robots.txt", headers={"x-request-id": given}).headers["X-Request-ID"]

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert named(NAME) != NAME
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert named(NAME) == NAME
    for wrong in ("short", "x" * 37, "two words are not", "a\u00e9" * 8, ""):
        assert len(named(wrong)) == 16


def test_tracebacks_that_a_worker_tells_as_sentences_are_one_and_a_number() -> None:
    once = OnceAMinute()
    said = (
        "Failed 'planted' (job-%s) - away : Traceback\n  File 'x', line 1\nConnectionError: away after %s s"
    )
    records = [
        logging.LogRecord("django-q", logging.ERROR, "", 1, said % (number, number), (), None)
        for number in range(500)
    ]
    assert [once.filter(record) for record in records].count(True) == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_of_anybody_is_in_the_output_of_web_server_and_worker(tmp_path: Path) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.operations.planted.settings",
        "LOG_LEVEL": "info",
        "SLOW_QUERY_MILLISECONDS": "50",
        "LOG_FORMAT": "json",
    }
    with reports() as (dsn, reported), served(tmp_path, SENTRY_DSN=dsn, **environment) as port:
        for place in ("exception", "statement", "detail"):
            assert ask(port, f"/planted/{place}")[0] == 500
        assert ask(port, "/planted/spoken")[0] == 200
        assert ask(port, f"/planted/slow?q=private-question&key={KEY}")[0] == 200
        assert ask(port, f"/en/account/password/reset/key/1-c2vbqd-{KEY}/")[0] in (200, 404)
        sent = ""
        while "no mailbox for [address]" not in sent:
            sent += reported.get(timeout=60)
    web = (tmp_path / "gunicorn.log").read_text()
    worker = worked(tmp_path, environment)
    for text in (web, worker, sent):
        low = text.lower()
        assert [word for word in SECRETS if word in low] == []
    told = [json.loads(line) for line in web.splitlines() if line.startswith("{")]
    errors = [line["error"] for line in told if "error" in line]
    assert any("ValueError: no mailbox for [address]" in error for error in errors)
    assert any("no_such_column" in error for error in errors)
    assert "Not Found: /en/account/password/reset/key/1-c2vbqd-[key]/" in [line["message"] for line in told]
    [slow] = [line["message"] for line in told if line["message"].startswith("A statement took")]
    assert "WITH RECURSIVE" in slow
    assert '"url":"http://127.0.0.1' in sent
    assert "Mail 7 for [address]" in worker
    assert "SMTPRecipientsRefused" in worker
    # The job bears the name of the request that asked for it.
    [asked] = {line["request"] for line in told if line["message"].startswith("Not Found")}
    assert f'"request": "{asked}"' in worker
    assert ADDRESS not in Attempt.objects.get().error


@contextmanager
def reports() -> Iterator[tuple[str, Queue[str]]]:
    """A service of reports on loopback: its address, and the texts that it is sent."""
    received: Queue[str] = Queue()

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.put(
                (gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body).decode()
            )
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args: Any) -> None:
            return

    service = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=service.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://public@127.0.0.1:{service.server_port}/1", received
    finally:
        service.shutdown()
        service.server_close()


def worked(data: Path, environment: dict[str, str]) -> str:
    """What a worker says until it has tried the job that waits."""
    output = data / "worker.log"
    env = {
        **os.environ,
        "DATA_DIR": str(data),
        "DATABASE_URL": database_url(),
        "PYTHONPATH": str(ROOT),
        **environment,
    }
    with output.open("wb") as log:
        command = [sys.executable, "-W", "ignore", str(ROOT / "manage.py"), "qcluster"]
        child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            until = time.monotonic() + 60
            while "Failed" not in output.read_text():
                assert child.poll() is None, output.read_text()
                assert time.monotonic() < until, output.read_text()
                time.sleep(0.1)
        finally:
            child.terminate()
            child.wait(30)
    return output.read_text()
