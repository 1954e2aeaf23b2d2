"""Makes mutants with mutmut's operators, and draws some of them by a seed.

mutmut's own run cannot be used: it leaves out every decorated function, which here is each service in a transaction,
and starts the tests anew for each mutant. Left out as it does: annotations, decorators, defaults and docstrings, none of
which run when a function does, and what stands outside of functions.
"""

from __future__ import annotations

import ast
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider, WhitespaceInclusivePositionProvider
from mutmut.mutation.mutators import mutation_operators

from tests.mutation.rooms import ROOT, Room

# So many characters are shown on either side of a change.
AROUND = 28


@dataclass(frozen=True)
class Mutant:
    """One fault: where it is, what it changes, and the whole file with it."""

    key: str
    room: str
    file: str
    function: str
    lines: tuple[int, int]
    before: str
    after: str
    source: str
    # Of the function without the fault: a result stands as long as this is the same.
    function_hash: str


def mutants_of(room: Room) -> Iterator[Mutant]:
    """Every mutant of a room's code, in the order of the files. The same fault twice in a function counts twice."""
    seen: Counter[tuple[str, ...]] = Counter()
    for path, functions in room.files():
        file, text = path.relative_to(ROOT).as_posix(), path.read_text()
        for function, lines, before, after, source, function_hash in _mutations(text, functions):
            name = (file, function, before, after)
            seen[name] += 1
            key = hashlib.sha256("\0".join([*name, str(seen[name])]).encode()).hexdigest()[:10]
            shown = shortened(before, after)
            yield Mutant(key, room.name, file, function, lines, *shown, source, function_hash)


def drawn(mutants: Iterable[Mutant], seed: int, count: int) -> list[Mutant]:
    """So many of the mutants. A mutant's place in the draw hangs on the seed and on itself alone, so that a change
    elsewhere does not draw others."""
    order = sorted(mutants, key=lambda each: hashlib.sha256(f"{seed}:{each.key}".encode()).digest())
    return list(islice(filter(_differs, order), count))


def _differs(mutant: Mutant) -> bool:
    """Whether it is Python, and other Python than before."""
    try:
        compile(mutant.source, mutant.file, "exec")
    except SyntaxError:
        return False
    return ast.dump(ast.parse(mutant.source)) != ast.dump(ast.parse((ROOT / mutant.file).read_text()))


def shortened(before: str, after: str) -> tuple[str, str]:
    """Both texts with what is around the first and the last difference."""
    before, after = " ".join(before.split()), " ".join(after.split())
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    end = next((at for at in range(most - start) if before[-1 - at] != after[-1 - at]), most - start)
    return _cut(before, start, end), _cut(after, start, end)


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(text), len(text) - end + AROUND)
    return ("… " if first else "") + text[first:last].strip() + (" …" if last < len(text) else "")


def _mutations(
    text: str, functions: frozenset[str] | None
) -> list[tuple[str, tuple[int, int], str, str, str, str]]:
    visitor = _Visitor(text, functions)
    MetadataWrapper(cst.parse_module(text)).visit(visitor)
    return visitor.found


class _Visitor(cst.CSTVisitor):
    """Goes through a module and notes what mutmut's operators make of each node within a function."""

    METADATA_DEPENDENCIES = (PositionProvider, WhitespaceInclusivePositionProvider)

    def __init__(self, text: str, functions: frozenset[str] | None) -> None:
        super().__init__()
        self.text, self.functions = text, functions
        rows = text.splitlines(keepends=True)
        self.starts = [0, *accumulate(map(len, rows))]
        self.module = cst.parse_module(text)
        self.names: list[str] = []  # of the classes and functions around
        self.hashes: list[str] = []  # of the functions around
        self.statements: list[cst.CSTNode] = []
        self.found: list[tuple[str, tuple[int, int], str, str, str, str]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, (cst.Annotation, cst.Decorator, cst.Parameters)) or _is_docstring(node):
            return False
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            self.names.append(node.name.value)
            if isinstance(node, cst.FunctionDef):
                code = self.module.code_for_node(node)
                self.hashes.append(hashlib.sha256(code.encode()).hexdigest()[:12])
            return True
        if isinstance(node, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
            self.statements.append(node)
        if self.hashes and (self.functions is None or ".".join(self.names) in self.functions):
            for kind, operator in mutation_operators:
                if isinstance(node, kind):
                    for changed in operator(node):
                        self._note(node, changed)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, (cst.FunctionDef, cst.ClassDef)):
            self.names.pop()
            if isinstance(original_node, cst.FunctionDef):
                self.hashes.pop()
        elif self.statements and self.statements[-1] is original_node:
            self.statements.pop()

    def _note(self, node: cst.CSTNode, changed: cst.CSTNode) -> None:
        span = self.get_metadata(WhitespaceInclusivePositionProvider, node)
        start, end = self._offset(span.start), self._offset(span.end)
        if self.text[start:end] != self.module.code_for_node(node):
            return  # a compound statement, whose text hangs on how deep it stands: none of the operators in use
        statement = self.get_metadata(PositionProvider, self.statements[-1])
        first = statement.start.line
        new = self.module.code_for_node(changed)
        begin, finish = self._offset(statement.start), self._offset(statement.end)
        if isinstance(self.statements[-1], cst.BaseCompoundStatement):
            # What counts is its head; the rest of it are statements of their own.
            line = self.get_metadata(PositionProvider, node)
            begin, finish = self._row(line.start.line), self._row(line.end.line + 1)
        begin, finish = min(begin, start), max(finish, end)
        self.found.append(
            (
                ".".join(self.names),
                (first, self.get_metadata(PositionProvider, node).end.line),
                self.text[begin:finish],
                self.text[begin:start] + new + self.text[end:finish],
                self.text[:start] + new + self.text[end:],
                self.hashes[0],
            )
        )

    def _row(self, line: int) -> int:
        return self.starts[line - 1]

    def _offset(self, position: cst.metadata.CodePosition) -> int:
        return self._row(position.line) + position.column


def _is_docstring(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Expr) and isinstance(node.value, (cst.SimpleString, cst.ConcatenatedString))
