"""The kinds of things people meet here, each declared once, by the room whose things they are.

A room declares its kinds in its `kinds.py`; search, matching, capacity pages, cards, figures, feeds and the design go
through what is declared here and name no kind themselves.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.kinds.constants import SIDES, Answer, Family

Words = str | Promise
OPEN = _("Open")


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of thing. Only name, words and icon must be given; what is left out, the kind does not do.

    How it is called: `word` and `plural` stand beside its icon and over lists; `counted` is an
    `ngettext_lazy(…, …, "count")` such as "%(count)s lessons", and without it the kind is in no figures.
    How it is drawn: `icon` names one of the sprite (frontend/icons/icons.json) or "app/file.svg#id" of the room's own
    static files; `side` of the house gives the colour; faces are round or, with `square_face`, square.
    Where it stands: `order` among the kinds, smallest first.
    What it does: `family` decides matching's rules and sentences and the shelf of a capacity's page, and a kind without
    one is not matched; `answers` is its group in the list that answers a need; `action` the words on its button, and
    `action_at` those with "%(time)s", for kinds of which a moment can be found; `personal` is for a person by name:
    named in no notification, counted among those who can help; `counted_by` names the tables of figures it is in.
    Where its changes are seen: `models` ("app.model") are those that change it and nothing else, so that kept pages which
    show nothing of this kind stay; without them every kept page is forgotten when a thing of this kind changes.
    What it weighs: `weight` is a factor on every score in search, `suggested` one in the list below the search box.
    """

    name: str
    word: Words
    plural: Words
    icon: str
    side: str = ""
    counted: Words | None = None
    family: Family | None = None
    answers: Answer | None = None
    action: Words = OPEN
    action_at: Words = ""
    personal: bool = False
    square_face: bool = False
    counted_by: tuple[Literal["language", "region"], ...] = ()
    models: tuple[str, ...] = ()
    order: int = 1_000
    weight: float = 1.0
    suggested: float = 1.0

    def count(self, number: int) -> str:
        """A number with the word in the right form, such as "3 lessons"."""
        return f"{number} {self.plural}" if self.counted is None else str(self.counted % {"count": number})


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Take a kind in; answers it. Raises ValueError for a name that is taken and for an unknown side."""
    if _kinds.get(kind.name, kind) is not kind:
        raise ValueError(f"There is a kind {kind.name!r} already.")
    if kind.side and kind.side not in SIDES:
        raise ValueError(f"{kind.name}: {kind.side!r} is no side; choose from {', '.join(SIDES)}.")
    _kinds[kind.name] = kind
    all_kinds.cache_clear()
    return kind


def unregister(name: str) -> None:
    """Take a kind out again."""
    _kinds.pop(name, None)
    all_kinds.cache_clear()


@functools.cache
def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in order. Each question to the index and each kept page asks for them."""
    return tuple(sorted(_kinds.values(), key=lambda kind: (kind.order, kind.name)))


def names() -> tuple[str, ...]:
    """The names of all kinds, in order."""
    return tuple(kind.name for kind in all_kinds())


def find(name: str) -> Kind | None:
    """The kind of this name, None where no room declares it."""
    return _kinds.get(name)


def get(name: str) -> Kind:
    """The kind of this name. Raises KeyError."""
    if name not in _kinds:
        raise KeyError(f"There is no kind {name!r}; there are {', '.join(names())}.")
    return _kinds[name]


def names_of(*families: Family) -> tuple[str, ...]:
    """The names of the kinds of these families, one family after the other."""
    return tuple(kind.name for family in families for kind in all_kinds() if kind.family == family)


def answering(answer: Answer) -> tuple[str, ...]:
    """The names of the kinds that answer a need in this way."""
    return tuple(kind.name for kind in all_kinds() if kind.answers == answer)


def autodiscover() -> None:
    """Import every app's `kinds.py`."""
    autodiscover_modules("kinds")


PAGE = register(  # of no room: pages that are only read
    Kind(
        "page",
        pgettext_lazy("kind of thing", "Page"),
        pgettext_lazy("kind, plural", "Pages"),
        icon="document",
        order=110,
    )
)
