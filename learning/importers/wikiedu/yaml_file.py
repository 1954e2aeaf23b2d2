"""One YAML file as nested dicts, lists and strings, with the line of every value.

Scalars stay the text the author typed (a title `2020` or an answer `Yes` is text, not a number or a
truth value): only null is read as None. The record readers know which fields are numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml: same result, some ten times slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

Value = dict[str, "Value"] | list["Value"] | str | None
Path = tuple[str | int, ...]

MAX_DEPTH = 40
NULLS = {"", "~", "null", "Null", "NULL"}


class YamlError(Exception):
    """The file is not YAML we can read. `line` counts from 1 and is 0 where it is not known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class YamlFile:
    """The parsed file and what is known of its values' places and keys."""

    data: Value = None
    lines: dict[Path, int] = field(default_factory=dict)
    literal: set[Path] = field(default_factory=set)
    symbol_keys: list[Path] = field(default_factory=list)
    duplicate_keys: list[Path] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Return the line of a value, or of the nearest thing around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)


def parse(text: str) -> YamlFile:
    """Read one document. Raises YamlError for broken, empty, cyclic or absurdly deep files."""
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(error.problem or "not valid YAML", mark.line + 1 if mark else 0) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise YamlError(str(error).splitlines()[0] if str(error) else "not valid YAML") from error
    if node is None:
        raise YamlError("the file is empty")
    return _Builder().file(node)


class _Builder:
    """Builds values from nodes; a node that an alias repeats is built once, so bombs stay small."""

    def __init__(self) -> None:
        self.result = YamlFile()
        self.built: dict[int, Value] = {}
        self.open: set[int] = set()

    def file(self, node: yaml.Node) -> YamlFile:
        self.result.data = self.value(node, ())
        return self.result

    def value(self, node: yaml.Node, path: Path) -> Value:
        self.result.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self.built:
            return self.built[id(node)]
        if id(node) in self.open or len(path) > MAX_DEPTH:
            raise YamlError("the file refers to itself or is nested too deeply", node.start_mark.line + 1)
        self.open.add(id(node))
        if isinstance(node, yaml.MappingNode):
            built: Value = dict(self.pairs(node, path))
        elif isinstance(node, yaml.SequenceNode):
            built = [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        elif isinstance(node, yaml.ScalarNode):
            built = self.scalar(node, path)
        else:
            raise YamlError("a part of the file is of no kind we know", node.start_mark.line + 1)
        self.open.discard(id(node))
        self.built[id(node)] = built
        return built

    def pairs(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, Value]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlError("a key must be plain text", key_node.start_mark.line + 1)
            # Ruby writes symbols as `:question`; the colon is no part of the name.
            key = key_node.value.removeprefix(":")
            here = (*path, key)
            if key != key_node.value:
                self.result.symbol_keys.append(here)
            if key in seen:
                self.result.duplicate_keys.append(here)
                continue
            seen.add(key)
            self.result.lines[here] = key_node.start_mark.line + 1
            yield key, self.value(value_node, here)

    def scalar(self, node: yaml.ScalarNode, path: Path) -> str | None:
        if node.style == "|":
            self.result.literal.add(path)
            # The text begins on the line below its `|`.
            self.result.lines[path] = node.start_mark.line + 2
        if not node.style and node.value in NULLS:
            return None
        return str(node.value)
