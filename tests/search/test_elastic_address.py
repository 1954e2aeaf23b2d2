"""SEARCH_URL: what it may say, and what is told of a wrong one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import Error, Warning
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory
from django.views.debug import get_exception_reporter_filter

from search.api import drain, find, status
from search.checks import search_engine, tell_at_start
from search.engines.elastic.config import DEFAULT_PREFIX, address_of
from search.types import Query

SECRET = "s3cr3t/@:wörd"


def test_hosts_account_prefix_and_options_are_read(tmp_path: Path) -> None:
    ca = tmp_path / "ca.pem"
    ca.write_text("-----BEGIN CERTIFICATE-----")
    address = address_of(
        "elasticsearch://site:s3cr3t%2F%40%3Aw%C3%B6rd@one:9201,two.example,[::1]:9203/movement"
        f"?ca={ca}&shards=3&replicas=2&timeout=9"
    )
    assert address.hosts == (("one", 9201), ("two.example", 9200), ("::1", 9203))
    assert (address.user, address.password) == ("site", SECRET)
    assert (address.tls, address.ca, address.prefix) == (True, ca, "movement")
    assert (address.shards, address.replicas, address.timeout) == (3, 2, 9.0)
    assert SECRET not in repr(address)


@pytest.mark.parametrize(
    ("url", "tls", "port"),
    [
        ("elasticsearch://host", True, 9200),
        ("elasticsearch://host?tls=off", False, 9200),
        ("https://host", True, 443),
        ("http://host", False, 80),
        ("http://host:9200/", False, 9200),
    ],
)
def test_the_scheme_decides_on_encryption(url: str, tls: bool, port: int) -> None:
    address = address_of(url)
    assert (address.tls, address.hosts[0][1], address.prefix) == (tls, port, DEFAULT_PREFIX)


def test_a_proxy_may_pass_the_cluster_on_below_a_path() -> None:
    address = address_of("https://host/search/cluster/site")
    assert (address.below, address.prefix) == ("/search/cluster", "site")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("elasticsearch://", "a host is missing"),
        ("elasticsearch:///prefix", "a host is missing"),
        ("elasticsearch://host:99999/", "a host is missing or not of the form name:port"),
        ("elasticsearch://name:s3cr3t/@host:9200/", "a host is missing or not of the form name:port"),
        ("elasticsearch://name@host:9200/", "a name and a password"),
        ("elasticsearch://host/Capital", "small letters"),
        ("elasticsearch://host/?colour=red", "'colour' is no option"),
        ("elasticsearch://host/?tls=perhaps", "tls is either on or off"),
        ("elasticsearch://host/?ca=/no/such/file", "/no/such/file cannot be read (No such file"),
        ("http://host/?ca=/no/such/file", "ca is of no use without TLS"),
        ("elasticsearch://host/?shards=many", "shards must be a number"),
        ("elasticsearch://name:s3cr3t@host/?replicas=-1", "replicas must be a number"),
        ("solr://name:s3cr3t@host/", "SEARCH_URL begins with 'solr'"),
        ("", "SEARCH_URL begins with ''"),
    ],
)
def test_a_wrong_address_is_told_in_a_sentence_at_start(settings: Any, url: str, told: str) -> None:
    settings.SEARCH_URL = url
    [message] = search_engine(None)
    assert isinstance(message, Error)
    assert told in message.msg
    assert "s3cr3t" not in message.msg
    with pytest.raises(ImproperlyConfigured):
        tell_at_start()
    assert find(Query("anything")).degraded  # and even then a page answers


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("127.0.0.1:9/site?tls=off", "nobody listens there"),
        ("127.0.0.1:9/site", "nobody listens there"),
        ("no-such-host.invalid:9200/site", "there is no host of that name"),
    ],
)
def test_a_cluster_that_cannot_be_reached_is_a_warning(
    settings: Any, place: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SEARCH_URL = f"elasticsearch://name:s3cr3t@{place}"
    [message] = search_engine(None)
    assert isinstance(message, Warning)
    assert told in message.msg
    assert place.split("/")[0] in message.msg
    assert "s3cr3t" not in message.msg
    caplog.clear()
    tell_at_start().join()
    assert told in caplog.text
    assert find(Query("anything")).degraded
    assert told in status().error
    assert "s3cr3t" not in caplog.text
    assert drain() == 0  # nothing waits, so nobody is asked


def test_the_password_is_not_in_error_reports(settings: Any) -> None:
    settings.SEARCH_URL = "elasticsearch://name:s3cr3t@host/site"
    report = get_exception_reporter_filter(RequestFactory().get("/")).get_safe_settings()
    assert "s3cr3t" not in str(report)


def test_the_embedded_engine_needs_nothing(settings: Any) -> None:
    settings.SEARCH_URL = "tantivy://"
    assert search_engine(None) == []
