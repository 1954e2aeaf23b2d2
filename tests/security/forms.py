"""Every class of a form, and what people send from it that no browser would."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.forms import BaseForm
from django.http import QueryDict
from hypothesis import strategies as st

OURS = ("exchange", "foundation", "learning", "directory", "mentoring", "search")
HUGE = ["9" * 400, "-1", "1e999", "NaN", "Infinity", "0x10", "9223372036854775808", "٣", "²"]
MOMENTS = ["0000-00-00", "9999-12-31", "99999-01-01", "2026-02-30", "0001-01-01T00:00", "24:61", "12/31/1999"]
ODD = [
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202e",
    "\ufeff",
    "A" * 100_000,
    "%00",
    "../../etc/passwd",
    "{{7*7}}",
    "'\"><",
    "\r\nX: y",
]
JSON = ["{", "[]", "{}", "null", '{"a":' * 900 + "1" + "}" * 900, '[{"type": "x"}]', '"\\ud800"', "[1e400]"]


def values() -> st.SearchStrategy[list[str]]:
    """What stands under one name, also more than one of it, and none."""
    one = st.one_of(st.sampled_from([*HUGE, *MOMENTS, *ODD, *JSON, "", "on", "1"]), st.text(max_size=60))
    return st.lists(one, max_size=3)


def sent(names: list[str]) -> st.SearchStrategy[dict[str, list[str]]]:
    """A form with something in each of its fields, or without some."""
    return st.fixed_dictionaries({}, optional={name: values() for name in names})


def encoded(typed: dict[str, list[str]]) -> bytes:
    """As a browser would send it, and half a letter where text holds one."""
    query = QueryDict(mutable=True)
    for name, several in typed.items():
        query.setlist(
            name, [word.encode("utf-8", "replace").decode() if "\ud800" in word else word for word in several]
        )
    return query.urlencode().encode() + (
        b"&half=%ff%fe" if any("\ud800" in w for v in typed.values() for w in v) else b""
    )


def form_classes() -> set[type[BaseForm]]:
    """Every class of a form that is written here, found by walking the code."""
    for name in OURS:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if ".migrations" not in module.name and not module.name.startswith("exchange.settings"):
                importlib.import_module(module.name)
    return {found for found in _below(BaseForm) if found.__module__.startswith(OURS)}


def _below(base: type[Any]) -> Iterator[type[Any]]:
    for made in base.__subclasses__():
        yield made
        yield from _below(made)


@contextmanager
def forms_that_were_read() -> Iterator[set[type[Any]]]:
    """The classes of forms, with those that they are made from, whose input was looked at meanwhile."""
    found: set[type[Any]] = set()
    before = BaseForm.full_clean

    def full_clean(form: BaseForm) -> None:
        if form.is_bound:
            found.update(type(form).__mro__)
        before(form)

    with patch.object(BaseForm, "full_clean", full_clean):
        yield found
