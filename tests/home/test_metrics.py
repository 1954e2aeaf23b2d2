"""Figures for Prometheus: right with several processes, for who knows the token, and about nobody."""

from __future__ import annotations

import http.client
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from foundation.jobs.services import record_heartbeat
from tests.factories.home import make_site
from tests.search_fixtures import Index
from tests.served import served

TOKEN = "figures-for-those-who-know"


def test_without_a_token_there_is_no_such_address(client: Client) -> None:
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_who_does_not_know_the_token_reads_nothing(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    for given in ("", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer é"):
        answer = client.get("/metrics", headers={"authorization": given} if given else {})
        assert (answer.status_code, answer.content) == (401, b""), given
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_they_tell_how_the_parts_are(db: None, client: Client, settings: Any, index: Index) -> None:
    settings.METRICS_TOKEN = TOKEN
    record_heartbeat()
    told = figures(client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).content.decode())
    assert told["exchange_queue_jobs"] == 0
    assert told["exchange_search_built"] == 1
    assert told['exchange_part_state{part="worker"}'] == 0
    assert "exchange_mails_waiting" in told
    assert "exchange_search_oldest_seconds" in told


def figures(text: str) -> dict[str, float]:
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _space, value in lines}


def ask(port: int, path: str, **headers: str) -> tuple[int, str]:
    """Status and text of one answer; it is not led on."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with closing(asked):
        asked.request("GET", path, headers=headers)
        answer = asked.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.django_db(transaction=True)
def test_two_processes_count_together(tmp_path: Path) -> None:
    make_site()
    with served(tmp_path, METRICS_TOKEN=TOKEN, WEB_WORKERS="2") as port:
        paths = ["/en/search/?q=wanda@example.org", "/en/account/password/reset/key/1-abcdef/", "/nowhere"]
        with ThreadPoolExecutor(8) as crowd:
            list(crowd.map(lambda path: ask(port, path), paths * 20))
        told, text = {}, ""
        workers = Counter()
        for _time in range(8):
            status, text = ask(port, "/metrics", Authorization=f"Bearer {TOKEN}")
            assert status == 200
            told = figures(text)
            found = {
                name: value for name, value in told.items() if name.startswith("exchange_requests_total")
            }
            workers[sum(found.values())] += 1
    assert list(workers) == [60.0]  # whichever process is asked
    assert told['exchange_requests_total{method="GET",status="302",view="none"}'] == 20
    seconds = sum(value for name, value in told.items() if name.startswith("exchange_request_seconds_count"))
    assert seconds == 60
    assert len(list(tmp_path.glob("**/counter_*.db"))) == 0
    for word in ("wanda", "example.org", "abcdef", "nowhere"):
        assert word not in text
    assert not re.search(r"pid=", text)


def test_a_method_that_nobody_knows_is_no_label(settings: Any) -> None:
    from django.http import HttpResponse

    from exchange.home import metrics

    request = RequestFactory().generic("WANDA", reverse("metrics"))
    metrics.observe(request, HttpResponse(), 0.1)
    requests, _seconds = metrics._counted()
    labels = [sample.labels for metric in requests.collect() for sample in metric.samples]
    assert {label["method"] for label in labels} == {"OTHER"}
