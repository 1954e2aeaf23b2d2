"""The pages of docs/ that are made from the code: none is stale, and nothing that should be drawn is missing."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command

from exchange.home.drawings import PAGES, drawn
from exchange.home.drawings.data_model import rooms
from exchange.home.drawings.flows import flows


@pytest.mark.parametrize("name", PAGES)
def test_what_is_committed_is_what_the_command_draws(name: str) -> None:
    committed = (settings.ROOT / "docs" / name).read_text(encoding="utf-8")
    assert committed == drawn()[name], f"docs/{name} is stale: run `manage.py draw_docs` and commit it."


def test_every_state_and_every_move_is_in_the_tables() -> None:
    page = drawn()["flows.md"]
    for model, flow in flows():
        piece = page[page.index(f"`{model._meta.label}`") :]
        for one in (*flow.states, *flow.transitions):
            assert f"\n| `{one.name}` |" in piece, (flow.name, one.name)


def test_our_own_tables_are_drawn_and_no_others() -> None:
    labels = set(rooms())
    assert {"directory", "learning", "mentoring", "search", "accounts", "workflow"} <= labels
    assert not labels & {"wagtailcore", "auth", "taggit"}


def test_the_command_writes_what_is_stale_and_names_it(tmp_path, capsys) -> None:
    call_command("draw_docs", into=tmp_path)
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.md")} == set(PAGES)
    (tmp_path / "flows.md").write_text("old")
    capsys.readouterr()
    call_command("draw_docs", into=tmp_path)
    assert capsys.readouterr().out.strip() == "Written: flows.md"
