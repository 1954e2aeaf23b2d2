"""Reading the demo's files, and stable ids made from their keys."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, overload

import yaml

from exchange.demo.clock import today

DATA = Path(__file__).parent / "data"
MEDIA = Path(__file__).parent / "media"
_NAMES = uuid.UUID("6f1a4f0e-6b0d-4a43-9f0c-2d8c1a7f5e10")


@cache
def read(name: str) -> Any:
    """One file of the demo's data, by its name below data/."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=loader)  # noqa: S506


def all_of(kind: str) -> Iterator[Any]:
    """The learning pages of one kind: module, webinar or course."""
    for file in sorted((DATA / "learning").glob(f"{kind}-*.yaml")):
        yield read(f"learning/{file.name}")


def stable_id(*keys: str) -> str:
    """The same id for the same keys on every copy, so that progress survives a new load of the demo."""
    return str(uuid.uuid5(_NAMES, "/".join(keys)))


@overload
def days_from_now(days: int) -> date: ...
@overload
def days_from_now(days: None) -> None: ...
def days_from_now(days: int | None) -> date | None:
    """A date counted from the day of the load; None stays None."""
    return None if days is None else today() + timedelta(days=days)
