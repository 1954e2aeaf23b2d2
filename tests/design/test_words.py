"""Of every field of every block somebody has decided whether it is words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from wagtail import blocks
from wagtail.fields import StreamField

from foundation.design.translatable import (
    Nature,
    Undeclared,
    changed_words,
    declaration,
    in_words_of,
    leaves,
    marked,
)
from learning.blocks import StepBlocks
from learning.blocks.fields import FixedCharBlock, FixedTextBlock
from tests.factories.learning import block_id, checklist, question, step, text

TEXTUAL = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.BlockQuoteBlock)
FIXED = (FixedCharBlock, FixedTextBlock)


def streams() -> Iterator[tuple[str, StreamField]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField) and field.model is model:
                yield f"{model._meta.label}.{field.name}", field


def declared() -> list[tuple[str, Nature | None, blocks.Block]]:
    return [
        (f"{name}.{path}", *rest) for name, field in streams() for path, *rest in leaves(field.stream_block)
    ]


def test_every_field_of_every_block_says_whether_it_is_words():
    found = declared()
    assert len(found) > 60
    assert not [path for path, nature, _block in found if nature is None]


def test_words_are_what_translators_are_given():
    for path, nature, block in declared():
        given = isinstance(block, TEXTUAL) and not isinstance(block, FIXED)
        assert (nature is Nature.WORDS) == given, path


def test_no_block_declares_a_field_that_it_does_not_have():
    def below(block: Any) -> Iterator[Any]:
        yield block
        for child in [*getattr(block, "child_blocks", {}).values(), getattr(block, "child_block", None)]:
            if child is not None:
                yield from below(child)

    for name, field in streams():
        for block in below(field.stream_block):
            said = declaration(block)
            for names in (said.words, said.local, said.same):
                assert set(names) <= set(getattr(block, "child_blocks", ())), (name, type(block))


def test_a_field_that_nobody_decided_about_stops_the_walk():
    class Poem(blocks.StructBlock):
        line = blocks.CharBlock()

    class Poems(blocks.StreamBlock):
        poem = Poem()

    with pytest.raises(Undeclared):
        in_words_of(Poems(), [{"type": "poem", "id": "1", "value": {"line": "O"}}], [])


def worded(raw: dict[str, Any], **words: Any) -> dict[str, Any]:
    """A row with other words for some of its fields."""
    return {**raw, "value": {**raw["value"], **words}}


def test_the_original_decides_what_there_is_and_the_translation_how_it_is_said():
    first, second = step("One", minutes=5), step("Two", minutes=7)
    spanish = [worded(second, title="Dos", minutes=1), worded(first, title="Uno", minutes=1), step("Gone")]
    merged = in_words_of(StepBlocks(), [first, second], spanish)
    assert [row["id"] for row in merged] == [first["id"], second["id"]]
    assert [row["value"]["title"] for row in merged] == ["Uno", "Dos"]
    assert [row["value"]["minutes"] for row in merged] == [5, 7]


def test_words_that_changed_keep_their_translation_but_not_in_a_question():
    asked, told, listed = question(), text("<p>Before.</p>"), checklist("Room")
    before = [step("One", told, asked, listed)]
    answers = [dict(row) for row in asked["value"]["answers"]]
    answers[0] = worded(answers[0], text="On a wall", correct=True)
    now = [
        worded(before[0], body=[{**told, "value": "<p>After.</p>"}, worded(asked, answers=answers), listed])
    ]
    theirs = [
        worded(row, text=said)
        for row, said in zip(asked["value"]["answers"], ("En papel", "En archivos"), strict=True)
    ]
    spanish = [
        worded(
            before[0], title="Uno", body=[{**told, "value": "<p>Antes.</p>"}, worded(asked, answers=theirs)]
        )
    ]
    block = StepBlocks()
    merged = in_words_of(block, now, spanish, changed=changed_words(block, now, before))
    prose, ask, items = merged[0]["value"]["body"]
    assert prose["value"] == "<p>Antes.</p>"
    assert [row["value"]["text"] for row in ask["value"]["answers"]] == ["On a wall", "En archivos"]
    assert [row["value"]["correct"] for row in ask["value"]["answers"]] == [True, True]
    assert items == listed


def test_paragraphs_that_were_never_translated_follow_the_original():
    told = text("<p>One.</p><p>Two.</p>")
    before, now = [step("S", told)], None
    now = [worded(before[0], body=[{**told, "value": "<p>One!</p><p>Two!</p>"}])]
    spanish = [worded(before[0], body=[{**told, "value": "<p>Uno.</p><p>Two.</p>"}])]
    block = StepBlocks()
    merged = in_words_of(block, now, spanish, changed=changed_words(block, now, before))
    assert merged[0]["value"]["body"][0]["value"] == "<p>Uno.</p><p>Two!</p>"


def test_another_picture_stays_only_where_a_translator_chose_it():
    image = {
        "type": "image",
        "id": block_id(),
        "value": {"image": 1, "alt": "A room", "caption": "", "credit": ""},
    }
    original = [step("One", image)]
    spanish = [worded(original[0], body=[worded(image, image=2, alt="Una sala")])]
    path = f"{original[0]['id']}.body.{image['id']}.image"
    block = StepBlocks()
    follows = in_words_of(block, original, spanish)[0]["value"]["body"][0]["value"]
    chose = in_words_of(block, original, spanish, chosen=frozenset([path]))[0]["value"]["body"][0]["value"]
    assert (follows["image"], follows["alt"], chose["image"]) == (1, "Una sala", 2)


def test_words_that_are_still_the_originals_know_their_language():
    told = text('<p data-block-key="a">One.</p><p>Two.</p><p>42</p>')
    original = [step("Title", told, checklist("Room"))]
    spanish = [
        worded(
            original[0],
            body=[
                {**told, "value": '<p data-block-key="a">One.</p><p>Dos.</p><p>42</p>'},
                original[0]["value"]["body"][1],
            ],
        )
    ]
    (row,) = marked(StepBlocks(), spanish, original, theirs="en")
    assert row["value"]["title"].language == "en"
    assert (
        row["value"]["body"][0]["value"]
        == '<p data-block-key="a" lang="en" dir="ltr">One.</p><p>Dos.</p><p>42</p>'
    )
    assert row["value"]["body"][1]["value"]["items"][0]["value"].language == "en"
    assert not hasattr(row["value"]["kicker"], "language")
