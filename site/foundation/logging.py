"""What the logs say, and never say: no address of a person, no link that opens something once, no key, no password.

Every line of every handler is written by one of the two formatters here, which mask the whole of it, traceback and all:
what a mail server repeats, what a database quotes, what stands in an address of ours. Imported by the settings, so it
imports nothing of the site.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import secrets
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime

_request_id: ContextVar[str] = ContextVar("request_id", default="")
WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,36}")

# In the order in which they are applied.
MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    # What PostgreSQL adds to an error: the values of the row.
    (
        re.compile(r"DETAIL:.*?(?=\n\s*(?:CONTEXT|HINT|LINE|The above|During|Traceback|File )|\Z)", re.S),
        "DETAIL: [row]",
    ),
    # Addresses of people, also as they stand in an address of the web.
    (re.compile(r"[^\s@<>'\"(),;:/?=&]+(?:@|%40)[^\s@<>'\"(),;:?&/]+"), "[address]"),
    (re.compile(r"\?[^\s'\"<>?=&]+=[^\s'\"<>]*"), "?[query]"),
    (
        re.compile(
            r"(?i)\b(password\w*|passwd|secret\w*|token|sessionid|csrf\w*|cookie|authorization)"
            r"(['\"]?\s*[=:]\s*)(?:(?:bearer|basic)\s+)?(?:'[^']*'|\"[^\"]*\"|[^\s,;)}\]]+)"
        ),
        r"\1\2[secret]",
    ),
    (re.compile(r"(?i)\bbearer\s+\S+"), "Bearer [secret]"),
    # Signed values of Django, as in links to confirm an address.
    (re.compile(r"[\w-]+:[\w-]{4,8}:[\w-]{27,}"), "[key]"),
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.I), "[key]"),
    # Session keys, marks of mails, ends of links: no word has digits in it and is so long.
    (re.compile(r"(?<![0-9a-z])(?=[a-z]*\d[a-z]*\d)[0-9a-z]{20,}(?![0-9a-z])"), "[key]"),
    (re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d)[A-Za-z0-9_-]{20,}(?![\w-])"), "[key]"),
)


def mask(text: str) -> str:
    """The same text without what belongs to somebody."""
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text


def new_request_id() -> str:
    """A name for one request, by which its lines are found."""
    return secrets.token_hex(8)


def request_id() -> str:
    """Of what is being answered or done now; empty outside of that."""
    return _request_id.get()


@contextlib.contextmanager
def within_request(name: str) -> Iterator[None]:
    """Lines of this block bear this name."""
    token = _request_id.set(name)
    try:
        yield
    finally:
        _request_id.reset(token)


def fill(record: logging.LogRecord) -> str:
    """The sentence of a record, filled in. One that cannot be is told as it is: else Python writes it, with all that was
    to be filled in, past every handler."""
    try:
        record.msg, record.args = record.getMessage(), None
    except (TypeError, ValueError, KeyError):
        record.msg, record.args = f"{record.msg} {record.args}", None
    return str(record.msg)


class Plain(logging.Formatter):
    """A line for people."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The masked line, with the name of the request where there is one."""
        fill(record)
        name = request_id()
        return mask(super().format(record)) + (f" [request {name}]" if name else "")


class JSON(logging.Formatter):
    """A line for programs: one object."""

    def format(self, record: logging.LogRecord) -> str:
        """Each text in it is masked before it is written as JSON."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": mask(fill(record)),
        }
        if name := request_id():
            told["request"] = name
        if record.exc_info:
            told["error"] = mask(self.formatException(record.exc_info))
        elif record.exc_text:
            told["error"] = mask(record.exc_text)
        return json.dumps(told, ensure_ascii=False)
