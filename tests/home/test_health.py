"""Probes: which release, alive, able to work, and nothing in them that belongs to anybody."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ

from exchange.home.operations import status
from foundation.jobs.services import record_heartbeat
from tests.factories.directory import PersonFactory
from tests.search_fixtures import Index

STRANGER = {"headers": {"host": "10.1.2.3:8000"}}


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "KEPT", -1.0)


def test_probes_need_neither_our_name_nor_https(db: None, client: Client, settings: object) -> None:
    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]
    for address in ("/healthz/live", "/healthz/ready", "/healthz/version"):
        answer = client.get(address, **STRANGER)  # type: ignore[arg-type]
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json"), address
    assert client.get("/", **STRANGER).status_code == 400  # type: ignore[arg-type]


def test_being_alive_asks_nobody(client: Client) -> None:
    assert client.get("/healthz/live").json() == {"live": True}


def test_the_release_is_told(client: Client) -> None:
    assert set(client.get("/healthz/version").json()) == {"version", "commit", "source"}


def test_a_dead_worker_is_told_and_pages_go_on(
    db: None, client: Client, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "STARTED", time.monotonic() - 1_000)
    PersonFactory(name="Wanda Private")
    OrmQ.objects.create(key="exchange", payload="x", lock=timezone.now() - timedelta(seconds=900))
    answer = client.get("/healthz/ready")
    told = answer.json()
    assert (answer.status_code, told["ready"], told["state"]) == (200, True, "down")
    assert told["parts"]["worker"]["state"] == "down"
    assert told["parts"]["worker"]["oldest_job_seconds"] >= 900
    assert "Wanda" not in answer.content.decode()
    record_heartbeat()
    assert client.get("/healthz/ready").json()["parts"]["worker"]["state"] == "warning"
    OrmQ.objects.all().delete()
    index.drain()
    told = client.get("/healthz/ready").json()["parts"]
    assert (told["worker"]["state"], told["index"]["state"], told["migrations"]["state"]) == (
        "ok",
        "ok",
        "ok",
    )


def test_an_index_that_is_not_there_is_told(
    db: None, client: Client, settings: object, tmp_path: object
) -> None:
    settings.SEARCH_URL, settings.INDEX_DIR = "tantivy://", f"{tmp_path}/none"  # type: ignore[attr-defined]
    told = client.get("/healthz/ready").json()
    assert (told["ready"], told["parts"]["index"]["state"]) == (True, "warning")


def test_a_full_disk_is_told_with_503(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "NONE", 10**18)
    monkeypatch.setattr(status.connection, "vendor", "sqlite")
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()["parts"]["disk"]["state"]) == (503, "down")
