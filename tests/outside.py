"""No call to the outside inside a transaction: whoever is asked may stay silent, and everybody else's writes wait.

The calls are caught where all of them pass, at the sockets and at the search engine (which may be on another machine),
so that no library and no future code is forgotten. The transactions in which a test itself runs do not count.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest
from django.db import connections


class CalledInTransaction(AssertionError):
    """Something spoke to the outside while a transaction was open."""


def open_transactions() -> list[Any]:
    """Transactions and savepoints of this thread that no test case has begun for itself."""
    return [
        block
        for connection in connections.all(initialized_only=True)
        for block in connection.atomic_blocks
        if not getattr(block, "_from_testcase", False)
    ]


def _guarded(
    method: Callable[..., Any], what: str, counts: Callable[..., bool], before: list[Any]
) -> Callable[..., Any]:
    @wraps(method)
    def call(*args: Any, **kwargs: Any) -> Any:
        if counts(*args) and any(block not in before for block in open_transactions()):
            raise CalledInTransaction(f"{what} was called inside a transaction")
        return method(*args, **kwargs)

    return call


def _is_network(self: Any, *args: Any) -> bool:
    return getattr(self, "family", None) in (socket.AF_INET, socket.AF_INET6)


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets every such call fail until the test ends."""
    from search.engines.elastic.engine import ElasticEngine
    from search.engines.tantivy.engine import TantivyEngine

    before = open_transactions()  # of fixtures that last longer than one test
    for name in ("connect", "connect_ex", "send", "sendall", "sendto"):
        method = getattr(socket.socket, name)
        monkeypatch.setattr(socket.socket, name, _guarded(method, f"socket.{name}", _is_network, before))
    looked_up = _guarded(socket.getaddrinfo, "socket.getaddrinfo", lambda *args: True, before)
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    for engine in (ElasticEngine, TantivyEngine):
        for name in ("search", "suggest", "fetch", "writing", "rebuilding"):
            method = getattr(engine, name)
            guarded = _guarded(method, f"{engine.__name__}.{name}", lambda *args: True, before)
            monkeypatch.setattr(engine, name, guarded)
