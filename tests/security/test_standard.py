"""The table of a security standard names what is there."""

from __future__ import annotations

import re

from django.conf import settings

PAGE = settings.ROOT / "docs" / "operate" / "security-standard.md"
STATES = {"met", "part", "fails", "not looked at", "none here"}
NAMED = re.compile(r"`((?:tests|site|docs|frontend|foundation)/[\w./-]+)`")


def test_each_item_has_a_state_and_what_is_named_exists() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if re.match(r"\| \d+\.", line)
    ]
    assert len(rows) > 120
    assert {state for _item, _about, state, _evidence in rows} == STATES
    assert [row for row in rows if row[2] in ("met", "part") and not row[3]] == []
    named = {path for row in rows for path in NAMED.findall(row[3])}
    assert (
        sorted(
            path
            for path in named
            if not (settings.ROOT / path).exists() and not (settings.ROOT / "site" / path).exists()
        )
        == []
    )
