"""What of a page is words, and what is the same in every language.

Each block says of each of its fields what it is:

- `words`: written in the language of the page. A translation gives its own.
- `local`: a picture, an address, a page. The original's, unless a translator chose another.
- `same`: which answer is right, what is required, kinds, numbers, times. The original's, always.

So do streams of their plain children. What holds other blocks (structures, streams, lists of structures) needs
no word: their own fields are asked. A block whose right answer hangs on its wording says `exact = True`.
`tests/design/test_words.py` fails for a field of which nobody has decided.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail_localize.strings import extract_strings, restore_strings


class Nature(Enum):
    """What a field of a block is."""

    WORDS = "words"
    LOCAL = "local"
    SAME = "same"


class Undeclared(Exception):
    """Nobody said whether a field is words."""


@dataclass(frozen=True)
class Declaration:
    """What a block says of its fields."""

    words: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    same: tuple[str, ...] = ()

    def nature(self, name: str) -> Nature | None:
        """What a field is, or None where nobody said, or where it was said twice."""
        found = [nature for nature in Nature if name in getattr(self, nature.value)]
        return found[0] if len(found) == 1 else None


# Blocks that are not ours.
FOREIGN: dict[type[blocks.Block], Declaration] = {
    ImageBlock: Declaration(words=("alt_text",), local=("image",), same=("decorative",)),
}


def declaration(block: blocks.Block) -> Declaration:
    """What a structure or a stream says of its plain fields."""
    for kind in type(block).__mro__:
        if kind in FOREIGN:
            return FOREIGN[kind]
    return Declaration(*(tuple(getattr(block, nature.value, ())) for nature in Nature))


@dataclass(frozen=True)
class Leaf:
    """A plain value of the original and the one at the same place of another version, None where there is none.

    `path` is made of the ids of blocks and the names of fields, as wagtail-localize makes it.
    """

    block: blocks.Block
    nature: Nature
    exact: bool
    path: str
    original: Any
    other: Any

    @property
    def is_rich(self) -> bool:
        """Whether the value is HTML."""
        return isinstance(self.block, blocks.RichTextBlock)


def leaves(block: blocks.Block, path: str = "") -> Iterator[tuple[str, Nature | None, blocks.Block]]:
    """Every plain field below a block by names, with what it is declared as; for the test."""
    for name, child in getattr(block, "child_blocks", {}).items():
        inner = child
        while isinstance(inner, blocks.ListBlock):
            inner = inner.child_block
        here = f"{path}.{name}" if path else name
        if isinstance(inner, blocks.StructBlock | blocks.StreamBlock):
            yield from leaves(inner, here)
        else:
            yield here, declaration(block).nature(name), inner


def walked(
    block: blocks.Block,
    original: Any,
    other: Any,
    value_of: Callable[[Leaf], Any],
    path: str = "",
    nature: Nature | None = None,
    exact: bool = False,
) -> Any:
    """The raw value of the original, each plain value replaced by what `value_of` makes of it.

    Which blocks there are and in which order is the original's; those of the other version are found by their
    ids. Raises Undeclared.
    """
    if isinstance(block, blocks.StructBlock):
        fields = dict(original or {})
        theirs = other if isinstance(other, Mapping) else {}
        for name, child in block.child_blocks.items():
            if name not in fields and name not in theirs:
                continue
            fields[name] = walked(
                child,
                fields.get(name),
                theirs.get(name),
                value_of,
                f"{path}.{name}",
                declaration(block).nature(name),
                bool(getattr(block, "exact", False)),
            )
        return fields
    if isinstance(block, blocks.StreamBlock):
        return [
            _child(block.child_blocks[row["type"]], row, found, value_of, path, declaration(block))
            if row.get("type") in block.child_blocks
            else row
            for row, found in _pairs(original, other)
        ]
    if isinstance(block, blocks.ListBlock):
        return [
            {
                **row,
                "value": walked(
                    block.child_block,
                    row["value"],
                    found,
                    value_of,
                    f"{path}.{row.get('id')}",
                    nature,
                    exact,
                ),
            }
            if _is_item(row)
            else row
            for row, found in _pairs(original, other)
        ]
    if nature is None:
        raise Undeclared(path)
    return value_of(Leaf(block, nature, exact, path.removeprefix("."), original, other))


def _child(
    block: blocks.Block, row: Any, found: Any, value_of: Callable[[Leaf], Any], path: str, said: Declaration
) -> Any:
    value = walked(block, row["value"], found, value_of, f"{path}.{row.get('id')}", said.nature(row["type"]))
    return {**row, "value": value}


def _is_item(row: Any) -> bool:
    return isinstance(row, Mapping) and "value" in row and "id" in row


def _pairs(original: Any, other: Any) -> Iterator[tuple[Any, Any]]:
    """The rows of the original, each with the value of the row of the same id and type."""
    theirs = {row["id"]: row for row in other or () if _is_item(row) and row["id"]}
    for row in original or ():
        found = theirs.get(row["id"]) if _is_item(row) else None
        same_kind = found is not None and found.get("type") == row.get("type")
        yield row, found["value"] if found is not None and same_kind else None


def changed_words(block: blocks.StreamBlock, now: Any, before: Any) -> dict[str, Any]:
    """Words that read otherwise than before, by path; the value is what they were."""
    found: dict[str, Any] = {}

    def compare(leaf: Leaf) -> Any:
        if leaf.nature is Nature.WORDS and leaf.other is not None and leaf.other != leaf.original:
            found[leaf.path] = leaf.other
        return leaf.original

    walked(block, now, before, compare)
    return found


def in_words_of(
    block: blocks.StreamBlock,
    original: Any,
    translation: Any,
    *,
    changed: Mapping[str, Any] | None = None,
    chosen: frozenset[str] = frozenset(),
) -> Any:
    """The original's raw value in the words of a translation, and in its own where that has none.

    Arguments: `changed` what `changed_words` found since the translation was made; `chosen` paths at which a
    translator chose another picture, page or address. A translation of words that changed is kept (older words
    in the reader's language are better than none), except in questions: there, what is right hangs on the words.
    """
    changed = changed or {}

    def value_of(leaf: Leaf) -> Any:
        if leaf.nature is Nature.SAME or leaf.other in (None, ""):
            return leaf.original
        if leaf.nature is Nature.LOCAL:
            return leaf.other if leaf.path in chosen else leaf.original
        if not leaf.original:
            return leaf.original
        if leaf.path not in changed:
            return leaf.other
        before = changed[leaf.path]
        if leaf.exact or leaf.other == before:
            return leaf.original
        return _rich(leaf.original, before, leaf.other) if leaf.is_rich else leaf.other

    return walked(block, original, translation, value_of)


def _rich(original: str, before: str, translation: str) -> str:
    """A translated text in which the paragraphs that were never translated follow the original."""
    template, now = extract_strings(original)
    old_template, old = extract_strings(before)
    their_template, theirs = extract_strings(translation)
    if not (template == old_template == their_template):
        return translation
    kept = [
        new if mine[0].data == was[0].data else mine for new, was, mine in zip(now, old, theirs, strict=True)
    ]
    return str(restore_strings(template, kept))


# Words in another language than the page's ---------------------------------------------------------------

_LETTER = re.compile(r"[^\W\d_]")
_PARAGRAPH = re.compile(r"<(p|h[1-6]|li|blockquote|td|th)((?:\s[^>]*)?)>(.*?)(?=</\1>)", re.DOTALL)


def language_attrs(code: str) -> SafeString | str:
    """The attributes of an element in another language than what is around it; nothing for none."""
    return format_html(' lang="{}" dir="{}"', code, direction_of(code)) if code else ""


def direction_of(code: str) -> str:
    """Which way a language is written."""
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


class Foreign(str):
    """Words that are not in the language of the page around them; `lang_attrs` tells browsers."""

    language: str

    def __new__(cls, words: str, language: str) -> Foreign:
        made = super().__new__(cls, words)
        made.language = language
        return made

    def __str__(self) -> str:
        # Whoever asks for the text of it keeps the language.
        return self


def marked(block: blocks.StreamBlock, value: Any, original: Any, *, theirs: str, own: str = "") -> Any:
    """A raw value in which words know their language where that is not the one of the frame around them.

    Plain words become Foreign; paragraphs of rich text get `lang` and `dir`. Arguments: `theirs` the language of words
    that are still the `original`'s, `own` that of all others; "" for that of the frame.
    """

    def value_of(leaf: Leaf) -> Any:
        words = leaf.original
        if leaf.nature is not Nature.WORDS or not isinstance(words, str) or not _LETTER.search(words):
            return words
        if leaf.is_rich:
            return _marked_paragraphs(words, str(leaf.other or ""), theirs, own)
        language = theirs if words == leaf.other else own
        return Foreign(words, language) if language else words

    return walked(block, value, original, value_of)


def marked_value(value: Any, original: Any, *, theirs: str, own: str) -> Any:
    """The same of a field: blocks, rich text, or plain words, which are all in one language."""
    if isinstance(value, blocks.StreamValue):
        raw = marked(value.stream_block, value.raw_data, original.raw_data, theirs=theirs, own=own)
        return blocks.StreamValue(value.stream_block, raw, is_lazy=True)
    if _PARAGRAPH.search(value):
        return _marked_paragraphs(value, original, theirs, own)
    language = theirs if value == original else own
    return Foreign(value, language) if language and _LETTER.search(value) else value


def _marked_paragraphs(html: str, original: str, theirs: str, own: str) -> str:
    untranslated = {match[3] for match in _PARAGRAPH.finditer(original)}

    def opening(match: re.Match[str]) -> str:
        language = theirs if match[3] in untranslated else own
        if not language or not _LETTER.search(re.sub(r"<[^>]*>", "", match[3])):
            return match[0]
        return f"<{match[1]}{match[2]}{language_attrs(language)}>{match[3]}"

    return _PARAGRAPH.sub(opening, html)
