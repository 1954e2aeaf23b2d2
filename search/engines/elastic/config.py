"""SEARCH_URL for Elasticsearch: hosts, account, certificate authority and name of the index in one line.

elasticsearch://user:password@host1:9200,host2:9200/prefix?ca=/path/to/ca.pem&shards=3&replicas=1

No message from here repeats the address as it was given: it holds a password.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from django.core.exceptions import ImproperlyConfigured

SCHEMES = {"elasticsearch": True, "https": True, "http": False}  # whether HTTPS is spoken
DEFAULT_PREFIX = "capacity-exchange"
_PREFIX = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^:\[\]/@]+)(:(?P<port>[0-9]{1,5}))?")
_OPTIONS = ("ca", "tls", "api_key", "shards", "replicas", "timeout")
_ON, _OFF = ("on", "true", "1", "yes"), ("off", "false", "0", "no")


@dataclass(frozen=True)
class Address:
    """Where an Elasticsearch is and how to speak to it. `timeout` is seconds for one try of a question."""

    hosts: tuple[tuple[str, int], ...]
    tls: bool = True
    prefix: str = DEFAULT_PREFIX
    below: str = ""  # a path on the host, where a proxy passes it on
    user: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    ca: Path | None = None
    shards: int | None = None
    replicas: int | None = None
    timeout: float = 5.0

    @property
    def shown(self) -> str:
        """The hosts, for messages."""
        return ", ".join(f"{name}:{port}" for name, port in self.hosts)


def address_of(url: str) -> Address:
    """The address in a SEARCH_URL. Raises ImproperlyConfigured with a sentence that says what is wrong."""
    scheme, _, rest = url.partition("://")
    if scheme not in SCHEMES:
        raise _wrong("it does not begin with elasticsearch://")
    place, _, given = rest.partition("?")
    options = dict(parse_qsl(given, keep_blank_values=True))
    unknown = sorted(set(options) - set(_OPTIONS))
    if unknown:
        raise _wrong(f"{unknown[0]!r} is no option; there are {', '.join(_OPTIONS)}")
    netloc, _, path = place.partition("/")
    account, at, hosts = netloc.rpartition("@")
    user, _, password = account.partition(":")
    if at and not (user and password) and "api_key" not in options:
        raise _wrong("what stands before @ must be a name and a password, with a colon between them")
    below, _, prefix = unquote(path).strip("/").rpartition("/")
    tls = _tls(options, SCHEMES[scheme])
    return Address(
        hosts=tuple(_host(host, scheme) for host in hosts.split(",")),
        tls=tls,
        prefix=_prefix(prefix or DEFAULT_PREFIX),
        below=f"/{below}" if below else "",
        user=unquote(user),
        password=unquote(password),
        api_key=options.get("api_key", ""),
        ca=_authority(options, tls),
        shards=_number(options, "shards", 1, 1024),
        replicas=_number(options, "replicas", 0, 20),
        timeout=float(_number(options, "timeout", 1, 120) or Address.timeout),
    )


def _wrong(sentence: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"SEARCH_URL cannot be used: {sentence}.")


def _host(text: str, scheme: str) -> tuple[str, int]:
    found = _HOST.fullmatch(unquote(text))
    port = int(found["port"] or {"https": 443, "http": 80}.get(scheme, 9200)) if found else 0
    if not found or not 0 < port < 65_536:
        # Not the text itself: a password with an unquoted @ or / would be in it.
        raise _wrong(
            "a host is missing or not of the form name:port (signs such as @ / : ? # % in a password are "
            "written as %40 %2F %3A %3F %23 %25)"
        )
    return found["name"].strip("[]"), port


def _prefix(text: str) -> str:
    if not _PREFIX.fullmatch(text):
        raise _wrong(
            "the name of the index after the host has other signs than small letters, digits, '.', '_' and '-'"
        )
    return text


def _tls(options: Mapping[str, str], default: bool) -> bool:
    text = options.get("tls", "").lower()
    if text and text not in (*_ON, *_OFF):
        raise _wrong("tls is either on or off")
    return text in _ON if text else default


def _authority(options: Mapping[str, str], tls: bool) -> Path | None:
    if not options.get("ca"):
        return None
    if not tls:
        raise _wrong("ca is of no use without TLS; leave one of ca and tls=off out")
    path = Path(options["ca"])
    try:
        text = path.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise _wrong(f"the certificate authority {path} cannot be read ({error.strerror})") from error
    if "BEGIN CERTIFICATE" not in text:
        raise _wrong(f"{path} holds no certificate in PEM form")
    return path


def _number(options: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    text = options.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise _wrong(f"{name} must be a number from {least} to {most}")
    return int(text)
