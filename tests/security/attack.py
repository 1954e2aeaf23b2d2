"""One request as one person, and which tables are not as they were before."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from tests.desk.forms import Form
from tests.security.addresses import Address
from tests.test_matrix import ROWS, World

METHODS = ("GET", "POST", "PUT", "DELETE")
ROLES = (
    *("anonymous", "member", "other", "owner", "translator", "editor", "moderator", "coordinator"),
    *("administrator", "superuser"),
)
# Who opens a form as it is meant, so that others send what it would hold.
RIGHTFUL = ("superuser", "owner", "other", "coordinator", "member")
WRITES = re.compile(r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?([\w]+)"?', re.IGNORECASE)
# Kept for whoever looks, and nobody sees it: the session itself, and the admin's own mechanics of "somebody is here".
NOBODY_SEES = {"django_session"}


class _Undo(Exception):
    """Takes back what a request has changed."""


class Attack:
    """The same world before each request."""

    def __init__(self, world: World, *, read_forms: bool) -> None:
        self.world, self.read_forms = world, read_forms
        self.cookies = {who: world.client(who).cookies for who in ROLES}
        self.before: dict[str, str] = {}
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                self.before[table] = _digest(table)
        self.forms: dict[str, dict[str, Any]] = {}

    def client(self, who: str) -> Client:
        """A browser in which this person is signed in. An error of the site is an answer, as it is to an attacker."""
        client = Client(raise_request_exception=False)
        client.cookies = self.cookies[who].copy()
        return client

    def send(self, address: Address, method: str, who: str) -> tuple[int, frozenset[str]]:
        """What the site answers, and which tables are another afterwards. Nothing of it stays."""
        url = address.url(self.world)
        cache.clear()
        with _writes() as touched, undone() as done:
            client, here = self.client(who), {"sec-fetch-site": "same-origin"}
            data = self.typed(address, url)
            if method == "GET":
                answer = client.get(url, headers=here)
            elif method == "POST":
                answer = client.post(url, data, headers=here)
            else:
                body = urlencode(data, doseq=True)
                kind = "application/x-www-form-urlencoded"
                answer = client.generic(method, url, body, content_type=kind, headers=here)
            if answer.streaming:
                b"".join(answer.streaming_content)  # type: ignore[attr-defined]
            changed = {table for table in touched if _digest(table) != self.before.get(table)}
            done(changed - NOBODY_SEES)
        return answer.status_code, frozenset(changed - NOBODY_SEES)

    def typed(self, address: Address, url: str) -> dict[str, Any]:
        """What whoever may open this address would send from its form; else what the matrix sends there."""
        if address.label not in self.forms:
            sent: dict[str, Any] = {}
            for row in ROWS:
                if row.name == address.name and row.data:
                    sent = dict(row.data)
            for who in RIGHTFUL if self.read_forms and not sent else ():
                with undone():
                    answer = self.client(who).get(url, headers={"sec-fetch-site": "same-origin"})
                    html = "" if answer.streaming else answer.content.decode(errors="replace")
                sent = _form_of(url, html) if answer.status_code == 200 else {}
                if sent:
                    break
            self.forms[address.label] = sent
        return self.forms[address.label]


def _form_of(url: str, html: str) -> dict[str, Any]:
    """The fields of the largest form of a page, with something in those that are empty."""
    try:
        form = Form(Client(), url, html)
    except AssertionError:  # it has none
        return {}
    values = {name: values for name, values in form.values.items() if name != "csrfmiddlewaretoken"}
    for control in form.form.find_all(["input", "textarea"]):
        name, kind = control.get("name"), control.get("type", "text")
        if name in values and not any(values[name]) and kind in ("text", "search"):
            values[name] = ["Words of an attacker"]
    return values or {"sure": ["on"]}


@contextmanager
def undone() -> Iterator[Callable[[set[str]], None]]:
    """Whatever happens inside has not happened afterwards."""
    try:
        with transaction.atomic():
            yield lambda _found: None
            raise _Undo
    except _Undo:
        pass


@contextmanager
def _writes() -> Iterator[set[str]]:
    """The tables that are written to meanwhile."""
    touched: set[str] = set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITES.match(sql):
            touched.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield touched


def _digest(table: str) -> str:
    """What stands in a table, in so many letters."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a name of our own
        rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
