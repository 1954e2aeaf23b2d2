"""The map of personal data: every pointer to an account, every field of the download, as the rooms declare them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from exchange.home.drawings.markdown import page, table
from foundation.accounts.personal_data import DECISIONS, FIELDS, WITHOUT_PEOPLE, Decision

INTRO = (
    "Everything that leads to a person, table by table, as each room declares it in its `personal_data.py`. *Erased* rows"
    " go with the account; *anonymised* ones stay with others, without the pointer; *kept* ones stay, with a number that no"
    " longer leads to anybody. The download of one's own data and the deletion of an account are driven by the same"
    " declarations, and tests fail for a pointer, a field or a table that has none. Rows that are in the download are there"
    " with their words and their facts, never with a secret."
)


def draw_personal_data() -> str:
    """The page on all that leads to people."""
    return page(
        "Personal data",
        INTRO,
        [
            "\n\n".join(["## What becomes of each pointer", *(_pointers(*room) for room in _by_room())]),
            "\n\n".join(["## What is in the download", _fields()]),
            "\n\n".join(["## Tables without people", _without()]),
        ],
    )


def _by_room() -> Iterable[tuple[str, list[Decision]]]:
    rooms: dict[str, list[Decision]] = defaultdict(list)
    for decision in DECISIONS.values():
        rooms[decision.field.partition(".")[0]].append(decision)
    return sorted(rooms.items())


def _pointers(room: str, decisions: list[Decision]) -> str:
    rows = [
        [f"`{one.field.partition('.')[2]}`", one.fate.value, "yes" if one.exported else "no", one.reason]
        for one in sorted(decisions, key=lambda one: one.field)
    ]
    return f"### {room}\n\n" + table(["pointer", "when the account goes", "in the download", "why"], rows)


def _fields() -> str:
    rows = [
        [f"`{model}`", *(_names(names) for names in (said.words, said.facts, said.hidden))]
        for model, said in sorted(FIELDS.items())
    ]
    return table(["table", "words", "facts", "secret: never leaves"], rows)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _without() -> str:
    reasons: dict[str, list[str]] = defaultdict(list)
    for model, reason in WITHOUT_PEOPLE.items():
        reasons[reason].append(model)
    return table(["tables", "why"], ([_names(models), reason] for reason, models in sorted(reasons.items())))
