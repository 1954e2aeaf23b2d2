"""Kinds of notification, declared by the rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from foundation.l10n.names import former_member, holds_link, isolated

if TYPE_CHECKING:
    from django.utils.functional import Promise

    Label = str | Promise


@dataclass(frozen=True)
class Kind:
    """One thing that people are told.

    `subject` and `body` are lazily translated sentences with %(name)s places, filled from the context that
    notify() is given; they must not hold anything the receiver may not see. `group` is what a person
    chooses about in their preferences, "" where there is nothing to choose. `needs_answer` marks what waits for the person.
    """

    name: str
    group: str
    subject: Label
    body: Label
    action: Label = ""
    needs_answer: bool = False
    always_mail: bool = False
    never_mail: bool = False  # in the site alone

    def render(self, part: str, context: dict[str, Any]) -> str:
        """The subject, body or action in the active language. A place without a value stays empty, but a name
        that was taken out with its account is said to have been one."""
        shown = {key: isolated(value) if isinstance(value, str) else value for key, value in context.items()}
        if "name" in context and not context["name"]:
            shown["name"] = former_member()
        elif holds_link(str(context.get("name", ""))):
            shown["name"] = gettext("A member")  # what others call themselves is no advertisement
        # Not str() first: a sentence that agrees with a number (ngettext_lazy) needs the number to choose its form.
        return str(getattr(self, part) % _Forgiving(shown))


class _Forgiving(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        # Rows from before names were written down.
        return gettext("Somebody") if key == "name" else _Nothing()


class _Nothing(str):
    """An empty place, also where a sentence agrees with the number that belongs there."""

    __slots__ = ()

    def __round__(self, digits: int | None = None) -> int:
        return 0


KINDS: dict[str, Kind] = {}
GROUPS: dict[str, Label] = {}


def register_group(name: str, label: Label) -> None:
    """Declares a group that people may choose about."""
    GROUPS[name] = label


def register(*kinds: Kind) -> None:
    """Declares kinds. Raises ValueError where a name is taken by another kind."""
    for kind in kinds:
        if KINDS.get(kind.name, kind) != kind:
            raise ValueError(f"Two kinds of notification are called {kind.name!r}.")
        KINDS[kind.name] = kind
