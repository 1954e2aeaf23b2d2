"""The map of personal data: every pointer to an account, every field of the download, as the rooms declare them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from exchange.home.drawings.markdown import page, table
from foundation.accounts.personal_data import DECISIONS, FIELDS, WITHOUT_PEOPLE, Decision
from foundation.design.delete import GOES_ALONG, HOLDS_BACK

INTRO = (
    "Everything that leads to a person, table by table, as each room declares it in its `personal_data.py`. *Erased* rows"
    " go with the account; *anonymised* ones stay with others, without the pointer; *kept* ones stay, with a number that no"
    " longer leads to anybody. The download of one's own data and the deletion of an account are driven by the same"
    " declarations, and tests fail for a pointer, a field or a table that has none. Rows that are in the download are there"
    " with their words and their facts, never with a secret."
)
HELD = (
    "A page or record to which such rows point is not deleted, alone, with others, with the page above it or by the"
    " admin's API; what people have learned from a lesson holds it back, too, until another language of it is left."
)


def draw_personal_data() -> str:
    """The page on all that leads to people."""
    return page(
        "Personal data",
        INTRO,
        [
            "\n\n".join(["## What becomes of each pointer", *(_pointers(*room) for room in _by_room())]),
            "\n\n".join(["## What is in the download", _fields()]),
            "\n\n".join(["## What holds back a deletion in the admin", HELD, _by_reason(HOLDS_BACK)]),
            "\n\n".join(["What may go along:", _by_reason(GOES_ALONG)]),
            "\n\n".join(["## Tables without people", _by_reason(WITHOUT_PEOPLE)]),
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


def _by_reason(declared: Mapping[str, str]) -> str:
    reasons: dict[str, list[str]] = defaultdict(list)
    for name, reason in declared.items():
        reasons[reason].append(name)
    return table(["which", "why"], ([_names(names), reason] for reason, names in sorted(reasons.items())))
