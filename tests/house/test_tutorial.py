"""The tutorial is gone through as it is written: its block, its template, its style and its test."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest
from wagtail import blocks

from foundation.design.translatable import declaration
from learning.blocks import prose

ROOT = Path(__file__).resolve().parents[2]
FENCED = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


@pytest.fixture
def written() -> dict[str, list[str]]:
    """What the tutorial says to type, by language."""
    found: dict[str, list[str]] = {}
    for language, text in FENCED.findall((ROOT / "docs/tutorial-block.md").read_text()):
        found.setdefault(language, []).append(text)
    return found


def test_who_follows_the_tutorial_has_a_block_that_works(written, settings, tmp_path):
    block_class, place, check = written["python"]
    [html] = written["html"]
    names = dict(vars(prose))
    exec(block_class, names)  # noqa: S102  # what we ship ourselves
    quote = names["QuoteBlock"]()
    said = declaration(quote)
    assert all(said.nature(name) for name in quote.child_blocks)

    template = tmp_path / quote.meta.template
    template.parent.mkdir(parents=True)
    template.write_text(html)
    engines = copy.deepcopy(settings.TEMPLATES)
    engines[0]["DIRS"] = [tmp_path, *engines[0].get("DIRS", [])]
    settings.TEMPLATES = engines

    body = {"QuoteBlock": names["QuoteBlock"]}
    exec(f"def fields():\n{place}    return locals()", body)  # noqa: S102
    checked = {"BodyBlocks": lambda: blocks.StreamBlock(list(body["fields"]().items()))}
    imported = "from learning.blocks.step_body import BodyBlocks\n"  # which has no quote unless somebody follows the page
    assert imported in check
    exec(check.replace(imported, ""), checked)  # noqa: S102
    checked["test_a_quote_shows_its_words_and_who_said_them"]()


def test_the_tutorials_style_uses_tokens_that_there_are(written):
    [css] = written["css"]
    tokens = (ROOT / "frontend/css/tokens.css").read_text()
    used = re.findall(r"var\((--[\w-]+)", css)
    assert used
    assert all(f"  {name}:" in tokens for name in used)


def test_the_files_that_the_tutorial_names_are_there():
    text = FENCED.sub("", (ROOT / "docs/tutorial-block.md").read_text())
    made = {"learning/templates/learning/blocks/quote.html", "tests/learning/test_blocks.py"}
    paths = set(re.findall(r"`((?:\w[\w-]*/)+[\w.-]+\.\w+)`", text)) - made
    assert len(paths) > 3
    assert [path for path in paths if not (ROOT / path).exists()] == []
