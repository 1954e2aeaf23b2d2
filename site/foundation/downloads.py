"""Opening an address that a person or a file gave: the one way in which this site does so.

Whoever may give an address could otherwise have the server ask what only it can reach: the database's host, another
service on this machine, a cloud's keys (OWASP ASVS 5.0, 1.3.6). So a name is looked up once, every address that it leads
to must be one of the open internet, and the connection goes to the very address that was looked at: a name that
changes its answer meanwhile gains nothing. Each address that is led on to is looked at in the same way.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
REDIRECTS = 3
SECONDS = 30.0  # altogether
STEP = 65_536  # bytes
LED_ON = {301, 302, 303, 307, 308}
# An address of the fourth protocol inside one of the sixth: RFC 6052, and 4291 for those that are only written so.
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
WRITTEN = ipaddress.ip_network("::/96")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[..., list[tuple[Any, ...]]]


class InnerAddress(ValueError):
    """The address is none that everybody on the internet could open."""


def fetch(
    url: str,
    *,
    most: int,
    agent: str,
    seconds: float = SECONDS,
    also: Sequence[Network] = (),
    resolve: Resolve = socket.getaddrinfo,
) -> bytes:
    """Return what an address holds.

    `most` bytes are taken, within so many seconds altogether. `also` names networks that may be asked although they are
    not open to everybody, on any port. Raises OSError where nothing is to be had, ValueError for an address that is not
    opened and for too much.
    """
    until = time.monotonic() + seconds
    for _ in range(REDIRECTS + 1):
        parts = _parts(url)
        connection = _Checked(parts, until, also, resolve)
        try:
            connection.request(
                "GET", _target(parts), headers={"User-Agent": agent, "Accept-Encoding": "identity"}
            )
            answer = connection.getresponse()
            if answer.status in LED_ON and answer.headers["Location"]:
                further = urljoin(url, answer.headers["Location"])
                if parts.scheme == "https" and urlsplit(further).scheme != "https":
                    raise ValueError("it leads on to an address that is not encrypted")
                url = further
                continue
            if answer.status != 200:
                raise OSError(f"it answers {answer.status}")
            return _read(connection, answer, most, until)
        except http.client.HTTPException as error:
            raise OSError(f"its answer cannot be understood ({type(error).__name__})") from error
        finally:
            connection.close()
    raise OSError("it leads on and on")


def _parts(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in PORTS:
        raise ValueError("only http and https addresses are fetched")
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise ValueError("the address names no server, or a password")
    if any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        raise ValueError("the address holds blanks")
    return parts


def _target(parts: SplitResult) -> str:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return path if path.isascii() else path.encode("utf-8").decode("latin-1")


def _read(connection: _Checked, answer: http.client.HTTPResponse, most: int, until: float) -> bytes:
    content = b""
    while True:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError("it takes too long")
        if connection.sock is not None:
            connection.sock.settimeout(left)
        piece = answer.read1(min(STEP, most + 1 - len(content)))
        if not piece:
            return content
        content += piece
        if len(content) > most:
            raise ValueError(f"it is larger than {most:,} bytes")


def is_open(address: IP) -> bool:
    """Whether an address is one of the open internet, also the one that is wrapped in it."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and (address in TRANSLATED or address in WRITTEN):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_open(inner)
    return address.is_global and not address.is_multicast


class _Checked(http.client.HTTPConnection):
    """A connection to an address that was looked at, whatever its name says a moment later."""

    def __init__(self, parts: SplitResult, until: float, also: Sequence[Network], resolve: Resolve) -> None:
        super().__init__(str(parts.hostname), parts.port or PORTS[parts.scheme])
        self.encrypted, self.until, self.also, self.resolve = parts.scheme == "https", until, also, resolve

    def connect(self) -> None:
        """Raises InnerAddress where any of its addresses is not open to everybody."""
        found = self.resolve(self.host, self.port, type=socket.SOCK_STREAM)
        for _family, _type, _protocol, _name, address in found:
            self._check(ipaddress.ip_address(str(address[0]).partition("%")[0]))
        if not found:
            raise OSError("no server has this name")
        family, kind, protocol, _name, address = found[0]
        self.sock = socket.socket(family, kind, protocol)
        self.sock.settimeout(max(0.1, self.until - time.monotonic()))
        self.sock.connect(address)
        if self.encrypted:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def _check(self, address: IP) -> None:
        if any(address in network for network in self.also):
            return
        if not is_open(address):
            raise InnerAddress("the address is not open to everybody on the internet")
        if self.port not in PORTS.values():
            raise InnerAddress("only the usual ports are asked")
