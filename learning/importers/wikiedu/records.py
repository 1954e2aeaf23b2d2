"""What the files say, as plain immutable records. No Django, no HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ModuleKind(StrEnum):
    """The three kinds of module the source knows; a file without `kind` is a training."""

    TRAINING = "training"
    EXERCISE = "exercise"
    DISCUSSION = "discussion"


@dataclass(frozen=True)
class Source:
    """The file a record was read from: its path below the source's root and the hash of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Text:
    """A text and where it stands, so that a defect inside it can be named by line.

    `line` is the first line of the text in its file. `literal` says that the text's lines are the file's
    lines (a YAML `|` block); otherwise only the first line is known.
    """

    value: str = ""
    field: str = ""
    line: int = 0
    literal: bool = False

    def line_of(self, offset: int) -> int:
        """Return the file's line for the text's line `offset`, counted from 0."""
        return self.line + offset if self.literal else self.line


@dataclass(frozen=True)
class Answer:
    """One choice of a quiz question; `explanation` is Markdown and shown once the choice is made."""

    id: int
    text: str
    explanation: Text
    correct: bool


@dataclass(frozen=True)
class Quiz:
    """A question with exactly one right answer; `question` is Markdown."""

    question: Text
    answers: tuple[Answer, ...]

    @property
    def correct(self) -> Answer:
        """Return the right answer."""
        return next(answer for answer in self.answers if answer.correct)


@dataclass(frozen=True)
class Translation:
    """A slide, module or library in another language; empty where the source has nothing."""

    language: str
    title: str
    body: Text = Text()
    quiz: Quiz | None = None


@dataclass(frozen=True)
class Slide:
    """One screen of a module: a Markdown body, a quiz, or both."""

    id: int
    slug: str
    title: str
    body: Text
    source: Source
    title_prefix: str = ""
    summary: str = ""
    button_text: str = ""
    quiz: Quiz | None = None
    translations: Mapping[str, Translation] = field(default_factory=dict)


@dataclass(frozen=True)
class Module:
    """An ordered list of slides; `slides` holds only slugs that exist, `slide_lines` their lines."""

    id: int
    slug: str
    name: str
    description: Text
    slides: tuple[str, ...]
    source: Source
    kind: ModuleKind = ModuleKind.TRAINING
    minutes: tuple[int, int] | None = None
    deprecated: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)
    slide_lines: Mapping[str, int] = field(default_factory=dict)
    translations: Mapping[str, Translation] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """A module as a library lists it, with the library's own name and description for it."""

    slug: str
    name: str = ""
    description: str = ""
    line: int = 0


@dataclass(frozen=True)
class Category:
    """A group of modules on a library's page; small libraries have one without a title."""

    title: str
    description: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Library:
    """A collection of modules for one audience."""

    id: int
    slug: str
    name: str
    introduction: str
    categories: tuple[Category, ...]
    source: Source
    hidden: bool = False

    @property
    def modules(self) -> tuple[str, ...]:
        """Return the slugs of all its modules in order."""
        return tuple(entry.slug for category in self.categories for entry in category.entries)


@dataclass(frozen=True)
class Training:
    """Everything read from one source, by slug.

    `files` counts the files met of each type, broken ones too. `commit` is "" where it is not known.
    """

    libraries: Mapping[str, Library]
    modules: Mapping[str, Module]
    slides: Mapping[str, Slide]
    files: Mapping[str, int] = field(default_factory=dict)
    commit: str = ""

    def slides_of(self, module: Module) -> tuple[Slide, ...]:
        """Return the module's slides in order."""
        return tuple(self.slides[slug] for slug in module.slides)
