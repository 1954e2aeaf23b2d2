"""The one place that speaks to Elasticsearch: the client, its patience, and its errors as sentences."""

from __future__ import annotations

import os
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elastic_transport import ConnectionTimeout, NodeConfig, TlsError, TransportError
from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    Elasticsearch,
    NotFoundError,
    UnsupportedProductError,
)

from search.engines.elastic.config import Address
from search.errors import EngineError, IndexMissing

RETRIES = 2  # further tries of a question, on another host where there is one
RETRIED = (429, 502, 503, 504)  # too busy, or a shard that is just moving to another node
WRITING_TIMEOUT = 60.0  # seconds; a batch of long transcripts is megabytes


class Connection:
    """Calls to the hosts of an address, from any thread and after a fork too."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._guard = threading.Lock()
        self._client: tuple[int, Elasticsearch] | None = None

    @property
    def client(self) -> Elasticsearch:
        """The client of this process, for reading."""
        with self._guard:
            # Sockets must not be shared with the process we were forked from.
            if self._client is None or self._client[0] != os.getpid():
                self._client = (os.getpid(), self._made())
            return self._client[1]

    @property
    def writer(self) -> Elasticsearch:
        """The same with the patience that writing needs."""
        return self.client.options(request_timeout=WRITING_TIMEOUT)

    def _made(self) -> Elasticsearch:
        address = self.address
        account: dict[str, Any] = {}
        if address.api_key:
            account["api_key"] = address.api_key
        elif address.user:
            account["basic_auth"] = (address.user, address.password)
        return Elasticsearch(
            [self._node(name, port) for name, port in address.hosts],
            request_timeout=address.timeout,
            retry_on_timeout=True,
            max_retries=max(RETRIES, len(address.hosts)),
            retry_on_status=RETRIED,
            **account,
        )

    def _node(self, name: str, port: int) -> NodeConfig:
        address = self.address
        scheme = "https" if address.tls else "http"
        host = f"[{name}]" if ":" in name else name
        encrypted: dict[str, Any] = {}
        if address.tls:
            encrypted["ssl_context"] = ssl.create_default_context(
                cafile=str(address.ca) if address.ca else None
            )
        return NodeConfig(scheme, host, port, path_prefix=address.below, connections_per_node=20, **encrypted)

    @contextmanager
    def errors(self, doing: str) -> Iterator[Elasticsearch]:
        """The client; whatever it throws becomes EngineError with a sentence.

        How long a page may wait for a silent cluster, and when one asks again, is `search.circuit_breaker`'s.
        """
        try:
            yield self.client
        except (ApiError, TransportError, OSError, ValueError) as error:
            if isinstance(error, NotFoundError) and "index_not_found" in str(error.message):
                raise IndexMissing from error
            raise EngineError(
                f"Elasticsearch at {self.address.shown} failed while {doing}: {reason(error)}"
            ) from error


def reason(error: BaseException) -> str:
    """What went wrong and what to look at, without anything secret."""
    if isinstance(error, AuthenticationException):
        return "it refuses the account. Look at the name and password, or the API key, in SEARCH_URL (401)"
    if isinstance(error, AuthorizationException):
        return "the account in SEARCH_URL may not do this; it needs all rights on its own indices (403)"
    if isinstance(error, UnsupportedProductError):
        return "what answers there is not Elasticsearch"
    if isinstance(error, ApiError):
        return f"it answered {error.meta.status}, {_cause(error)}"
    if isinstance(error, ConnectionTimeout):
        return "it did not answer in time"
    if isinstance(error, TransportError):
        told = str(error.message)
        return _encryption(told) if isinstance(error, TlsError) or "SSL" in told else _unreached(told)
    return f"{type(error).__name__}: {error}"


def _encryption(text: str) -> str:
    if "WRONG_VERSION_NUMBER" in text or "record layer" in text or "UNEXPECTED_MESSAGE" in text:
        return "it does not speak TLS. Add tls=off to SEARCH_URL if the network is your own"
    if "IP address mismatch" in text or "Hostname mismatch" in text:
        return "its certificate is for another name than the host in SEARCH_URL"
    return "its certificate is not trusted. Look at ca= in SEARCH_URL, the authority that signed it"


def _unreached(text: str) -> str:
    if "Connection refused" in text:
        return "nobody listens there (connection refused)"
    if "Name or service not known" in text or "resolve" in text or "name resolution" in text:
        return "there is no host of that name"
    if "RemoteDisconnected" in text or "Connection aborted" in text or "reset by peer" in text:
        return "it broke the connection off; perhaps it speaks TLS and SEARCH_URL says http or tls=off"
    return "it cannot be reached"


def _cause(error: ApiError) -> str:
    """The innermost cause that the server gives."""
    body = error.body if isinstance(error.body, dict) else {}
    cause = body.get("error") or {}
    if not isinstance(cause, dict):
        return str(cause)[:300]
    causes = cause.get("root_cause") or [cause]
    return str(causes[0].get("reason") or cause.get("reason") or error.message)[:300]
