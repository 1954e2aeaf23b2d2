"""Caches that fail: a folder that is none, a Redis that goes away and comes back. Pages answer all the same."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from exchange.home import backends
from exchange.home.backends import SteadyCache
from exchange.home.cache import begin_generation, generations
from tests.factories.directory import PersonFactory
from tests.factories.home import make_site
from tests.search_fixtures import Index
from tests.served import free_port


def steady(backend: str, location: object, **options: Any) -> dict[str, Any]:
    given = {"BACKEND": backend, "LOCATION": str(location), "OPTIONS": options}
    return {"default": {"BACKEND": "exchange.home.backends.SteadyCache", "OPTIONS": {"cache": given}}}


def in_files(folder: Path) -> dict[str, Any]:
    return steady("exchange.home.backends.FileCache", folder)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backends, "PAUSE", 0.0)


def broken(folder: Path) -> None:
    """A file where the cache's folder was: nothing can be read or written there, not even by root."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("")


def mended(folder: Path, kept: Path) -> None:
    folder.unlink()
    shutil.copytree(kept, folder)


def test_pages_answer_without_a_cache_and_nothing_forgotten_comes_back(
    db: None, client: Client, index: Index, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_site()
    person = PersonFactory(name="Wanda Harbour")
    index.drain()
    folder = tmp_path / "cache"
    settings.CACHES = in_files(folder)
    settings.PAGE_CACHE_SECONDS = 60
    url = reverse("directory:people")
    client.get(url)
    assert client.get(url).headers["X-Page-Cache"] == "hit"
    shutil.copytree(folder, tmp_path / "kept")
    broken(folder)
    for _ in range(3):
        assert "Wanda" in client.get(url).content.decode()
    assert client.get("/healthz/ready").json()["ready"]
    person.listed = False
    person.save()
    begin_generation()
    assert "Wanda" not in client.get(url).content.decode()
    index.drain()
    mended(folder, tmp_path / "kept")
    page = client.get(url)
    assert "Wanda" not in page.content.decode()
    assert client.get(url).headers["X-Page-Cache"] == "hit"
    assert [record.levelname for record in caplog.records if record.name == "exchange.home.backends"] == [
        "ERROR",
        "WARNING",
    ]


def test_every_question_has_an_answer_while_the_store_is_away(settings: Any, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    settings.CACHES = in_files(folder)
    cache: Any = caches["default"]
    cache.set("a", 1)
    shutil.copytree(folder, tmp_path / "kept")
    broken(folder)
    assert (cache.get("a", 7), cache.get_many(["a", "b"]), cache.has_key("a")) == (7, {}, False)
    cache.set("a", 2)
    assert cache.set_many({"a": 3, "b": 4}) == ["a", "b"]
    assert cache.add("a", 5)
    assert cache.incr("c", 2) == 2
    assert not cache.touch("a")
    assert not cache.delete("a")
    cache.delete_many(["a", "b"])
    assert cache.get_or_set("d", 8) == 8
    cache.clear()
    assert cache.trouble()
    mended(folder, tmp_path / "kept")
    assert cache.get("a") is None
    cache.set("a", 9)
    assert (cache.get("a"), cache.trouble()) == (9, "")
    assert generations() == generations()


def test_a_damaged_entry_is_taken_away(settings: Any, tmp_path: Path) -> None:
    settings.CACHES = in_files(tmp_path / "cache")
    cache: Any = caches["default"]
    cache.set("a", 1)
    [file] = (tmp_path / "cache").rglob("*.djcache")
    file.write_bytes(b"\x00" * 20)
    assert cache.get("a") is None
    assert not file.exists()


@pytest.fixture
def redis_port() -> int:
    if not shutil.which("redis-server"):
        pytest.skip("No redis-server")
    return free_port()


def redis_at(port: int) -> subprocess.Popen[bytes]:
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
    raise AssertionError("Redis did not start")


def test_redis_may_go_and_come_back(settings: Any, redis_port: int) -> None:
    settings.CACHES = steady(
        "django.core.cache.backends.redis.RedisCache", f"redis://127.0.0.1:{redis_port}/0", socket_timeout=2
    )
    cache: Any = caches["default"]
    process = redis_at(redis_port)
    cache.set("a", 1)
    assert cache.get("a") == 1
    process.kill()
    process.wait()
    assert (cache.get("a"), cache.trouble()) == (None, "ConnectionError")
    cache.set("a", 2)
    process = redis_at(redis_port)
    try:
        assert cache.get("a") is None
        cache.set("a", 3)
        assert (cache.get("a"), cache.trouble()) == (3, "")
    finally:
        process.terminate()
        process.wait()


def test_every_cache_outside_of_the_database_is_steady() -> None:
    from exchange.settings import base

    others = {name: given["BACKEND"] for name, given in base.CACHES.items() if name != "counters"}
    assert others == {"default": f"exchange.home.backends.{SteadyCache.__name__}"}


def test_two_sites_on_one_redis_neither_find_nor_forget_what_is_the_others(
    settings: Any, redis_port: int
) -> None:
    process = redis_at(redis_port)

    def site(host: str) -> Any:
        given = {
            "BACKEND": "exchange.home.backends.SiteRedis",
            "LOCATION": f"redis://127.0.0.1:{redis_port}/0",
            "KEY_PREFIX": host,
        }
        settings.CACHES = {
            "default": {"BACKEND": "exchange.home.backends.SteadyCache", "OPTIONS": {"cache": given}}
        }
        return caches["default"]

    try:
        first, second = "one.example:8443", "*.example"  # the second would match the first as a pattern
        for host, number in ((first, 1), (second, 2)):
            site(host).set_many({f"page-{page}": number for page in range(1_200)})
        assert site(first).get("page-7") == 1
        site(second).clear()
        assert (site(first).get("page-7"), site(second).get("page-7")) == (1, None)
        begin_generation()
        before = generations()
        site(first)
        begin_generation()
        site(second)
        assert generations() == before
    finally:
        process.terminate()
        process.wait()


def test_without_redis_machines_learn_from_the_database_that_pages_are_forgotten(
    db: None, client: Client, index: Index, settings: Any, tmp_path: Path
) -> None:
    make_site()
    person = PersonFactory(name="Wanda Harbour")
    index.drain()
    settings.PAGE_CACHE_SECONDS = 60
    settings.PAGE_GENERATIONS = "counters"
    url = reverse("directory:people")
    counters = {"BACKEND": "foundation.accounts.cache.CounterCache", "LOCATION": "accounts_counter"}

    def machine(name: str) -> Client:
        settings.CACHES = {**in_files(tmp_path / name), "counters": counters}
        return Client()

    for name in ("first", "second"):
        machine(name).get(url)
        assert machine(name).get(url).headers["X-Page-Cache"] == "hit"
    machine("first")
    person.listed = False
    person.save()
    index.drain()
    begin_generation()
    answer = machine("second").get(url)
    assert "X-Page-Cache" not in answer.headers
    assert "Wanda Harbour" not in answer.text
