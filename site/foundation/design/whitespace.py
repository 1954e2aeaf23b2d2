"""The whitespace of a template that readers never see: found here, dropped by `template_loader`.

Templates are written with one element a line and two blanks a level. What that puts between elements is dropped
before a template is compiled; what separates words stays, as one blank:

- a run of whitespace goes where a block-level tag stands on one side of it, whichever way an {% if %} or a
  {% for %} is taken; at the beginning and the end of a file, where it has a line break; and after other whitespace;
- our own tags that draw something block-level ({% card %}, {% notice %}, {{ field.as_field_group }}) are as such;
- tags that write nothing ({% load %}, {# … #}, {% url … as … %}) count as if they were not there;
- any other run becomes one blank, as a browser shows it. So a line break between <a> and <strong> is a blank;
- between attributes a run becomes one blank too, and none before ">";
- left as they are: <pre>, <textarea>, <script>, <style>, HTML comments, the values of attributes, and what stands
  in {% verbatim %}, {% comment %} and {% blocktranslate %}.

Of what other tags write nothing is known: whitespace beside {{ … }}, {% include %} or {% block %} stays one blank
unless it is dropped for its other side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.template.base import Token, TokenType

# Elements that browsers show on lines of their own or not at all, so that no blank beside their tags is seen;
# <br> ends a line. "h" is the beginning of <h{{ level }}>.
BLOCK_LEVEL = frozenset(
    """
    address article aside base blockquote body br caption center col colgroup dd details dialog div dl doctype dt
    fieldset figcaption figure footer form h h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li link main meta nav
    ol optgroup option p search section source summary table tbody td template tfoot th thead title tr track ul
    """.split()  # noqa: SIM905  a list of 60 strings, one a line, is not easier to read
)
AS_THEY_ARE = frozenset(("pre", "textarea", "script", "style"))
# What stands between these tags is not looked at: (what begins it, what ends it).
UNTOUCHED = {
    "blocktranslate": "endblocktranslate",
    "blocktrans": "endblocktrans",
    "comment": "endcomment",
    "verbatim": "endverbatim",
}
# Tags of `design` whose component is a block-level element, and the ends of those around other content.
DRAWS_BLOCK_LEVEL = frozenset(
    [
        *("answer", "card", "crumbs", "message_notice", "poster", "row", "tabs"),
        *("empty", "endempty", "notice", "endnotice", "soon", "endsoon", "thread", "endthread"),
    ]
)
# These write nothing that is seen, or such an element, or nothing at all.
WRITES_NOTHING_INLINE = frozenset(
    [
        *("load", "extends", "comment", "csrf_token", "with", "endwith", "autoescape", "endautoescape"),
        *("facet", "facts", "form_errors", "pagination", "reason"),
    ]
)
BRANCHES, LOOPS = {"if": "endif", "ifchanged": "endifchanged"}, {"for": "endfor"}

# Words with single blanks between them are one piece, and so is an attribute with its value.
_WORDS = r"[^ \t\n\r\f<]+(?: [^ \t\n\r\f<]+)*"
_IN_CONTENT = re.compile(rf"[ \t\n\r\f]+|<!--|</?[a-zA-Z!][^\s/>]*|{_WORDS}|<")
_IN_TAG = re.compile(r"""[ \t\n\r\f]+|>|(?:[^ \t\n\r\f"'>]|"[^"]*"|'[^']*')+|["']""")


class NotUnderstood(Exception):
    """The template is left as it is: its tags do not nest, or its branches leave HTML open in different ways."""


@dataclass
class Item:
    """A piece of a template on the ways through it.

    `edge_before`, `edge_after`: whitespace right before or after it is not seen. `silent`: it writes nothing.
    `before`: the items that may come right before this one, -1 for the beginning of the file.
    """

    space: str = ""
    silent: bool = False
    edge_before: bool = False
    edge_after: bool = False
    before: list[int] = field(default_factory=list)


@dataclass
class _Flow:
    """An {% if %} or {% for %} that is open. `otherwise`: from where the next branch, or the end, is reached."""

    end: str
    loop: int | None
    otherwise: list[int]
    html: tuple[str, str]
    ends: list[int] = field(default_factory=list)
    html_at_ends: set[tuple[str, str]] = field(default_factory=set)


def without_unseen(tokens: Iterable[Token]) -> list[Token]:
    """The same tokens with less whitespace in their text. Their places in the source stay what they were."""
    tokens = list(tokens)
    try:
        texts = _Reader(tokens).texts()
    except NotUnderstood:
        return tokens
    kept = []
    for number, token in enumerate(tokens):
        if number in texts:
            token.contents = texts[number]
            if not token.contents:
                continue
        kept.append(token)
    return kept


class _Reader:
    """Reads the tokens of one template from the first to the last."""

    def __init__(self, tokens: list[Token]) -> None:
        self.items: list[Item] = []
        self.pieces: dict[
            int, list[str | int]
        ] = {}  # a text's number to its pieces; a number is an item of space
        self.open: list[_Flow] = []
        self.ways: list[int] = [-1]  # the items that may come right before the next one
        # Where in HTML the reading is: "content", "tag", "quote", "comment" or "raw", with what it waits for.
        self.html = ("content", "")
        self.tag = ""
        until = ""
        for number, token in enumerate(tokens):
            name = token.contents.split(maxsplit=1)[0] if token.token_type == TokenType.BLOCK else ""
            if until:
                until = "" if name == until else until
            elif token.token_type == TokenType.TEXT:
                self.number = number
                self.pieces[number] = []
                self._text(token.contents)
            elif token.token_type == TokenType.VAR:
                edge = token.contents.endswith(".as_field_group")
                self._add(Item(edge_before=edge, edge_after=edge))
            elif token.token_type == TokenType.COMMENT:
                self._add(Item(silent=True))
            else:
                until = UNTOUCHED.get(name, "")
                self._block(name, token.contents)
        if self.open:
            raise NotUnderstood

    def _add(self, item: Item) -> int:
        item.before = self.ways
        self.items.append(item)
        self.ways = [len(self.items) - 1]
        return len(self.items) - 1

    # Template tags ------------------------------------------------------------------------------------------

    def _block(self, name: str, contents: str) -> None:
        top = self.open[-1] if self.open else None
        if name in BRANCHES or name in LOOPS:
            number = self._add(Item(silent=True))
            loop = number if name in LOOPS else None
            end = BRANCHES.get(name) or LOOPS[name]
            self.open.append(_Flow(end, loop, [number], self.html))
        elif name in ("elif", "else") or (name == "empty" and contents == "empty"):
            if top is None or (name == "empty") != (top.loop is not None):
                raise NotUnderstood
            self._leave_branch(top)
            self.ways, self.html = top.otherwise, top.html
            number = self._add(Item(silent=True))
            top.otherwise = [number] if name == "elif" else []
        elif top is not None and name == top.end:
            self._leave_branch(top)
            if top.otherwise or top.loop is not None:
                top.html_at_ends.add(top.html)
            if len(top.html_at_ends) > 1:
                raise NotUnderstood
            self.open.pop()
            self.ways = [*top.ends, *(top.otherwise if top.loop is None else [top.loop])]
            self._add(Item(silent=True))
        elif name in (*BRANCHES.values(), *LOOPS.values()):
            raise NotUnderstood
        elif self.html[0] != "content":
            self._add(Item(silent=_writes_nothing_inline(name, contents)))
        else:
            edge = name in DRAWS_BLOCK_LEVEL
            silent = _writes_nothing_inline(name, contents)
            self._add(Item(silent=silent, edge_before=edge, edge_after=edge))

    def _leave_branch(self, flow: _Flow) -> None:
        flow.html_at_ends.add(self.html)
        if flow.loop is not None and flow.otherwise:
            # The end of a round: the next begins, or what comes after the loop is reached from its head.
            self.items[flow.loop].before = [*self.items[flow.loop].before, *self.ways]
        else:
            flow.ends += self.ways

    # HTML ---------------------------------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        place = 0
        while place < len(text):
            state, waits_for = self.html
            if state == "content":
                place = self._content(text, place)
            elif state == "tag":
                place = self._in_tag(text, place)
            else:
                found = re.search(re.escape(waits_for), text[place:], re.IGNORECASE)
                # The end of <pre> is a tag of its own.
                stop = place + (found.start() if state == "raw" else found.end()) if found else len(text)
                if found:
                    self.html = ("tag", "") if state == "quote" else ("content", "")
                if stop > place:
                    self._piece(text[place:stop], Item())
                place = stop

    def _piece(self, text: str, item: Item) -> None:
        number = self._add(item)
        self.pieces[self.number].append(number if item.space else text)

    def _content(self, text: str, place: int) -> int:
        found = _IN_CONTENT.match(text, place)
        assert found  # noqa: S101  every sign is one of the pattern's
        piece = found[0]
        if piece.isspace():
            self._piece(piece, Item(space=piece))
        elif piece == "<!--":
            self.html = ("comment", "-->")
            self._piece(piece, Item())
        elif piece[0] == "<" and len(piece) > 1:
            self.html = ("tag", "")
            self.tag = piece[1:].lower()
            self._piece(piece, Item(edge_before=self._is_block_level()))
        else:
            self._piece(piece, Item())
        return found.end()

    def _in_tag(self, text: str, place: int) -> int:
        found = _IN_TAG.match(text, place)
        assert found  # noqa: S101  every sign is one of the pattern's
        piece = found[0]
        if piece.isspace():
            self._piece(piece, Item(space=piece))
        elif piece in "\"'":
            self.html = ("quote", piece)
            self._piece(piece, Item())
        elif piece == ">":
            self.html = ("raw", f"</{self.tag}") if self.tag in AS_THEY_ARE else ("content", "")
            self._piece(piece, Item(edge_before=True, edge_after=self._is_block_level()))
        else:
            self._piece(piece, Item())
        return found.end()

    def _is_block_level(self) -> bool:
        return self.tag.strip("/!") in BLOCK_LEVEL

    # What is not seen ---------------------------------------------------------------------------------------

    def texts(self) -> dict[int, str]:
        """The number of each text among the tokens, with what is left of it."""
        unseen = self._unseen()
        # What stands at an end of the file without a line break was written for the page that includes it.
        with_ends = self._unseen(ends_are_edges=True)
        for number, item in enumerate(self.items):
            if "\n" in item.space and with_ends[number]:
                unseen[number] = True
        return {
            number: "".join(
                piece if isinstance(piece, str) else "" if unseen[piece] else " " for piece in pieces
            )
            for number, pieces in self.pieces.items()
        }

    def _unseen(self, *, ends_are_edges: bool = False) -> list[bool]:
        """For each item whether whitespace there is not seen, on every way through the template."""
        items = self.items
        after: list[list[int]] = [[] for _ in items]
        for number, item in enumerate(items):
            for way in item.before:
                if way >= 0:
                    after[way].append(number)
        at_end = set(self.ways)
        ahead, behind = [True] * len(items), [True] * len(items)

        def edge_ahead(number: int) -> bool:
            item = items[number]
            return ahead[number] if item.silent or item.space else item.edge_before

        def edge_behind(number: int) -> bool:
            if number < 0:
                return ends_are_edges
            item = items[number]
            if item.space:
                return not ahead[number] or behind[number]
            return behind[number] if item.silent else item.edge_after

        def is_ahead(number: int) -> bool:
            return all(map(edge_ahead, after[number])) and (ends_are_edges or number not in at_end)

        _settle(ahead, is_ahead, backwards=True)
        _settle(behind, lambda number: all(map(edge_behind, items[number].before)))
        return [one or other for one, other in zip(ahead, behind, strict=True)]


def _settle(values: list[bool], holds: Callable[[int], bool], *, backwards: bool = False) -> None:
    """Takes back what does not hold until nothing changes any more: the ways through a loop need several rounds."""
    order = range(len(values))
    changed = True
    while changed:
        changed = False
        for number in reversed(order) if backwards else order:
            if values[number] and not holds(number):
                values[number] = False
                changed = True


def _writes_nothing_inline(name: str, contents: str) -> bool:
    """Whether a tag leaves no words on a line: such as {% load %}, and what only gives a name to its result."""
    if name in WRITES_NOTHING_INLINE:
        return True
    if name in ("blocktranslate", "blocktrans"):
        return " asvar " in contents
    return name != "cycle" and " as " in contents and contents.split()[-2] == "as"
