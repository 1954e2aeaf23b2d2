"""A server that asks for a password and speaks HTTPS: what lets us in, and what is told when it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from search.checks import search_engine
from search.engines.elastic.config import address_of
from search.engines.elastic.engine import ElasticEngine
from search.errors import EngineError
from search.types import Query
from tests import elasticsearch_server
from tests.elasticsearch_server import Server
from tests.search.conftest import without
from tests.search.samples import page, puts
from tests.search_fixtures import empty

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def guarded() -> Iterator[Server]:
    """A server of our own with an account and an authority of its own."""
    try:
        with elasticsearch_server.running(security=True, tls=True, quick=True) as server:
            yield server
    except elasticsearch_server.Missing as reason:
        without(str(reason))


def url(server: Server, *, user: str = "", password: str | None = None, options: str | None = None) -> str:
    account = f"{quote(user or server.user, safe='')}:{quote(password or server.password, safe='')}"
    return f"elasticsearch://{account}@{server.hosts[0]}/site?{f'ca={server.ca}' if options is None else options}"


# One test: the server takes longer to start than everything asked of it.
def test_only_the_right_account_over_a_trusted_connection_gets_in(
    guarded: Server, settings: Any, tmp_path: Path
) -> None:
    engine = ElasticEngine(address_of(url(guarded)))
    empty(engine)
    with engine.writing() as writing:
        writing.apply(puts(page("x", "Behind the door")))
    with engine.rebuilding() as new:
        new.apply(puts(page("x", "Behind the door")))
        new.finish(lambda writing: None)
    assert [hit.id for hit in engine.search(Query("door")).hits] == ["x"]
    assert engine.status().documents == 1
    assert list(engine.keys()) == [("page", "x")]
    settings.SEARCH_URL = url(guarded)
    assert search_engine(None) == []

    other = tmp_path / "other.pem"
    other.write_text(OTHER_AUTHORITY)
    wrong = {
        url(guarded, password="not this one"): "refuses the account",
        url(guarded, user="stranger"): "refuses the account",
        url(guarded).replace("/site?", "/other?"): "may not do this",
        f"elasticsearch://{guarded.hosts[0]}/site?ca={guarded.ca}": "refuses the account",
        f"elasticsearch://{guarded.hosts[0]}/site?ca={guarded.ca}&api_key=bm90OnRoaXM": "refuses the account",
        url(guarded, options=f"ca={other}"): "its certificate is not trusted",
        url(guarded, options=""): "its certificate is not trusted",
        url(guarded, options="tls=off"): "perhaps it speaks TLS",
    }
    for address, told in wrong.items():
        settings.SEARCH_URL = address
        [message] = search_engine(None)
        assert told in message.msg, address
        assert "battery" not in message.msg
        assert "battery" not in repr(message)
        with pytest.raises(EngineError, match=told) as caught:
            ElasticEngine(address_of(address)).search(Query("door"))
        assert "battery" not in str(caught.value)


# An authority that signed nothing: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes
OTHER_AUTHORITY = """-----BEGIN CERTIFICATE-----
MIIBjzCCATWgAwIBAgIUJOZmAQoApdFcHY5ESHQjkQqBbGgwCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRQW5vdGhlciBhdXRob3JpdHkwIBcNMjYxMTIxMTQzNDQwWhgP
MjEyNjEwMjgxNDM0NDBaMBwxGjAYBgNVBAMMEUFub3RoZXIgYXV0aG9yaXR5MFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEnQ078+GXM6JtPrhORR4IOU9/mk6oItD0
ZX/NvealfZYIZWY+KRb6b71sC285TER/7xSFHJfP8UPA3NLUSuZr76NTMFEwHQYD
VR0OBBYEFLIKnPAE24f54gkLZwkm1xtWpR96MB8GA1UdIwQYMBaAFLIKnPAE24f5
4gkLZwkm1xtWpR96MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIh
AM67skZfzLAd/E6M8qRDIJClJSm6odmLgIqYUDflM/acAiBqYPWZIKAf6FH5WU45
RB0lzgrBV5bKvbu7NPcwDOdHrg==
-----END CERTIFICATE-----
"""
