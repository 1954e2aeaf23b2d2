"""What can be reported, declared by the rooms: this floor knows none of their models."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from foundation.accounts.models import User

    Label = str | Promise


@dataclass(frozen=True)
class Subject:
    """One thing that is reported, as the person who reports it sees it.

    `concerned` are the accounts that it is about, without the person who reports. `title` may hold what that
    person can see anyway; it is worked out anew each time and never kept.
    """

    title: str
    url: str
    concerned: tuple[User, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be reported.

    `find(user, id)` answers the subject where this user may see it and it is not theirs alone, else None; a
    malformed id is None, too. `url(id)` is where an administrator finds it, or nothing. `titles(user, ids)`
    names, in one query, those that an administrator may open there.
    """

    name: str
    label: Label
    find: Callable[[Any, str], Subject | None]
    url: Callable[[str], str] = lambda id: ""
    titles: Callable[[Any, Iterable[str]], dict[str, str]] = lambda user, ids: {}


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Declares a kind. Raises ValueError where its name is taken."""
    if kind.name in KINDS:
        raise ValueError(f"Two kinds of thing to report are called {kind.name!r}.")
    KINDS[kind.name] = kind


def find(user: Any, kind: str, id: str) -> Subject | None:
    """What a user may report under this name and id, or None."""
    return KINDS[kind].find(user, id) if kind in KINDS else None


def named(user: Any, subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Title and address of many subjects (kind, id), where an administrator may open them; one query a kind."""
    ids: dict[str, set[str]] = {}
    for kind, id in subjects:
        ids.setdefault(kind, set()).add(id)
    return {
        (kind, id): (title, KINDS[kind].url(id))
        for kind, wanted in ids.items()
        if kind in KINDS
        for id, title in KINDS[kind].titles(user, wanted).items()
    }


def label_of(kind: str) -> Label:
    """The kind's word; its name where the code does not know it any more."""
    return KINDS[kind].label if kind in KINDS else kind
