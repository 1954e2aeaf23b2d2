"""Each address of the resolver × each role × GET, POST, PUT and DELETE: who changes what, and that nothing breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.security.addresses import Address, addresses
from tests.security.attack import METHODS, ROLES, Attack
from tests.test_matrix import World

pytestmark = [pytest.mark.django_db, pytest.mark.asks_in_transaction]
STRANGERS = Path(__file__).with_name("strangers.txt")
WITHOUT_A_PART = ("anonymous", "member")
ERRORS_ON_PURPOSE = {"wagtailadmin_error_test"}
# What only the reader sees: what they have read, where they were, and who is at a form of the admin.
BY_READING = {
    "notifications_notification",
    "learning_study",
    "wagtailadmin_editingsession",
    "wagtailusers_userprofile",
}


def test_no_address_is_without_something_in_its_places(attacked: World) -> None:
    """What is not attacked fails: say in tests/security/addresses.py what belongs in its places."""
    every = addresses()
    assert len(every) > 400
    assert [address.label for address in every if not address.url(attacked)] == []


def go_through(
    attack: Attack, every: Iterable[Address], methods: Iterable[str], roles: Iterable[str]
) -> tuple[list[str], list[str]]:
    """What broke; and what changed, one line for each request and outcome."""
    broken: list[str] = []
    changes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for address in every:
        for method in methods:
            for who in roles:
                status, changed = attack.send(address, method, who)
                if status >= 500 and address.name not in ERRORS_ON_PURPOSE:
                    broken.append(f"{method} {address.label} as {who}: {status}")
                if changed:
                    changes[f"{method} {address.label}", " ".join(sorted(changed))].append(who)
    return broken, [
        f"{request}: {tables} | {' '.join(people)}" for (request, tables), people in changes.items()
    ]


def unexpected(lines: Iterable[str]) -> list[str]:
    """Changes by strangers that the list does not have: the same request, the same person, another table."""
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in STRANGERS.read_text(encoding="utf-8").splitlines():
        for key, tables in _parts(line):
            known[key] |= tables
    return sorted(
        f"{request} as {who}: {' '.join(sorted(tables - known[request, who]))}"
        for line in lines
        for (request, who), tables in _parts(line)
        if who in WITHOUT_A_PART and tables - known[request, who]
    )


def _parts(line: str) -> Iterator[tuple[tuple[str, str], set[str]]]:
    request, _colon, rest = line.partition(": ")
    tables, _bar, people = rest.partition(" | ")
    for who in people.split():
        yield (request, who), set(tables.split())


def test_strangers_change_only_what_the_list_says(attacked: World) -> None:
    """The short form: everything by POST as somebody who is not signed in, and as a member who has a part in nothing.

    A line that is new in the list is looked at: why may everybody change that table there?
    """
    attack = Attack(attacked, read_forms=False)
    broken, changes = go_through(attack, addresses(), ["POST"], WITHOUT_A_PART)
    assert broken == []
    assert len(changes) > 5
    assert unexpected(changes) == []


@pytest.mark.security
def test_nobody_breaks_anything_and_reading_changes_nothing(attacked: World) -> None:
    """Everything as everybody, with what a rightful person's form would send. What changed is written to var/security."""
    attack = Attack(attacked, read_forms=True)
    broken, changes = go_through(attack, addresses(), METHODS, ROLES)
    folder = settings.ROOT / "var" / "security"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "changes.txt").write_text("\n".join(changes) + "\n", encoding="utf-8")
    read = [line for line in changes if line.startswith("GET ") and not _is_reading(line)]
    assert broken == []
    assert read == []
    assert unexpected(changes) == []


def _is_reading(line: str) -> bool:
    return all(tables <= BY_READING for _key, tables in _parts(line))
