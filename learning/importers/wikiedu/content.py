"""A module as the content of our page, in each language it has."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any
from urllib.parse import quote

from .blocks import Image, Piece
from .body import read_body, read_line
from .description import Description, read_description
from .links import SITE, Target
from .records import Library, Module, ModuleKind, Quiz, Slide, Text, Training, Translation
from .reports import Defects, Kind, Outcome
from .richtext import code_lines
from .steps import Block, QuizHtml, Surroundings, Version, block_id, codes_differ, resolve, same_shape, step

# Exercises with one of these settings end with something on the learner's wiki.
LEAVES_A_PAGE = {"sandbox_location", "assignment_sandbox_location"}
FORMAT = 1  # raise it when the importer makes something else of the same files
CREDIT = "Wiki Education"
LICENCE = "CC BY-SA 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"
REPOSITORY = "https://github.com/WikiEducationFoundation/WikiEduDashboard"
# The source's prefixes above titles are few and not translated there.
KICKERS = {
    "es": {
        "Video:": "Video",
        "How to:": "Cómo hacerlo",
        "Review:": "Repaso",
        "Dashboard:": "Panel",
        "Assignment:": "Tarea",
        "Student learning outcome:": "Resultado de aprendizaje",
    }
}


@dataclass(frozen=True)
class Content:
    """What our page holds in one language; stream fields as raw data.

    `whole` names the steps whose translation cannot be put beside the original block by block.
    """

    language: str
    title: str
    summary: str
    introduction: str
    outcomes: list[Block]
    steps: list[Block]
    whole: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Built:
    """A module in all its languages, and what is the same in all of them."""

    module: Module
    original: Content
    translations: dict[str, Content]
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Return the hash of all of it: another hash means that our page has to change."""
        parts = [FORMAT, self.facts, *(vars_of(c) for c in (self.original, *self.translations.values()))]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=sorted).encode()).hexdigest()


def vars_of(content: Content) -> dict[str, Any]:
    """Return a content's fields, for hashing."""
    return dict(vars(content))


def source_url(path: str, commit: str) -> str:
    """Return the address of a file at its source, at the commit where it is known."""
    return f"{REPOSITORY}/blob/{commit or 'master'}/{quote(path)}"


def original_address(training: Training, found: Target) -> str:
    """Return where a link into the training led on the source's own site."""
    libraries = (library.slug for library in training.libraries.values() if found.module in library.modules)
    parts = [SITE, "training", next(libraries, "students"), found.module, found.slide]
    return "/".join(part for part in parts if part)


class Builder:
    """Builds modules. Bodies are read once, however many modules share a slide."""

    def __init__(self, training: Training, defects: Defects) -> None:
        self.training = training
        self.defects = defects
        self.versions: dict[str, dict[str, Version]] = {}

    def version(self, slide: Slide, language: str = "") -> Version:
        """Return a slide in one language, or in the original's."""
        known = self.versions.setdefault(slide.slug, {})
        if language not in known:
            known[language] = self._read(slide, slide.translations.get(language), language)
        return known[language]

    def pieces(self, slide: Slide, language: str = "") -> tuple[Piece, ...]:
        """Return the pieces of a slide in one language, or in the original's."""
        return self.version(slide, language).pieces

    def _read(self, slide: Slide, translation: Translation | None, language: str) -> Version:
        title, body, quiz = slide.title, slide.body, slide.quiz
        kicker = slide.title_prefix
        if translation:
            title, body, quiz = translation.title or title, translation.body, translation.quiz
            kicker = KICKERS.get(language, {}).get(kicker, kicker)
        path = slide.source.path
        pieces = read_body(body, title, path, self.defects)
        return Version(title, pieces, self._quiz(quiz, path), kicker)

    def _quiz(self, quiz: Quiz | None, path: str) -> QuizHtml | None:
        if quiz is None:
            return None
        answers = (
            (a.id, a.text, a.correct, read_line(a.explanation, path, self.defects)) for a in quiz.answers
        )
        return QuizHtml(read_line(quiz.question, path, self.defects), tuple(answers))

    def build(self, module: Module, around: Surroundings) -> Built:
        """Return a module as content. `around` resolves links and pictures."""
        here = replace(
            around,
            page=lambda found: around.page(self._absolute(found, module)),
            step=lambda found: around.step(self._absolute(found, module)),
            address=lambda found: around.address(self._absolute(found, module)),
        )
        languages = [code for code in module.translations if code != "en"]
        original = self._original(module, here, languages)
        translations = {code: self._translation(module, code, here, original) for code in languages}
        return Built(module, original, translations, self._facts(module))

    def _absolute(self, found: Target, module: Module) -> Target:
        return found if found.module else Target(module.slug, found.slide)

    def _facts(self, module: Module) -> dict[str, Any]:
        low, high = module.minutes or (None, None)
        return {
            "form": module.kind.value,
            "minutes_min": low,
            "minutes_max": high,
            "credit": CREDIT,
            "licence": LICENCE,
            "licence_url": LICENCE_URL,
            "live": not module.deprecated,
        }

    def _original(self, module: Module, around: Surroundings, languages: list[str]) -> Content:
        steps = []
        for slide in self.training.slides_of(module):
            version = self.version(slide)
            others = [self.version(slide, code) for code in languages if code in slide.translations]
            as_text = any(codes_differ(version, other) for other in others if same_shape(version, other))
            steps.append(step(slide, version, around, code_as_text=as_text))
        description = read_description(module.description, "en", module.source.path, self.defects)
        _add_practice(module, module.name, module.description, steps, around, self.defects)
        return _content("en", module, module.name, description, steps, around)

    def _translation(self, module: Module, language: str, around: Surroundings, original: Content) -> Content:
        translation = module.translations[language]
        steps, whole = [], set()
        originals = {block["id"]: block for block in original.steps}
        for slide in self.training.slides_of(module):
            if language not in slide.translations:
                self._report_missing(slide, language)
                continue
            version, base = self.version(slide, language), self.version(slide)
            fits = same_shape(base, version)
            block = step(slide, version, around, code_as_text=codes_differ(base, version))
            if not fits:
                block = _whole(block, originals[block["id"]])
                whole.add(block["id"])
                message = f"The {language} text has other parts than the original; it went in as one text."
                self._report_translation(slide, language, Outcome.MENDED, message)
            steps.append(block)
        path = module.source.path
        description = read_description(translation.body, language, path, self.defects)
        content = _content(language, module, translation.title or module.name, description, steps, around)
        return replace(content, whole=frozenset(whole))

    def _report_missing(self, slide: Slide, language: str) -> None:
        message = (
            f"There is no {language} text of this slide, though its module has one; the original is shown."
        )
        self.defects.add(Kind.TRANSLATION, Outcome.NOTED, slide.source.path, message, field="translations")

    def _report_translation(self, slide: Slide, language: str, outcome: Outcome, message: str) -> None:
        body = slide.translations[language].body
        self.defects.add(
            Kind.TRANSLATION, outcome, slide.source.path, message, line=body.line, field=body.field
        )


def images_of(pieces: tuple[Piece, ...]) -> list[Image]:
    """Return the pictures among pieces, also those inside others."""
    found: list[Image] = []
    for piece in pieces:
        if isinstance(piece, Image):
            found.append(piece)
        found += images_of(getattr(piece, "pieces", ()))
    return found


def _content(
    language: str,
    module: Module,
    title: str,
    description: Description,
    steps: list[Block],
    around: Surroundings,
) -> Content:
    return Content(
        language=language,
        title=title[:255],
        summary=description.summary,
        introduction=resolve(description.introduction, around),
        outcomes=[
            {"type": "outcome", "id": block_id("module", module.id, "outcome", number), "value": text}
            for number, text in enumerate(description.outcomes, start=1)
        ],
        steps=steps,
    )


def _add_practice(
    module: Module,
    title: str,
    description: Text,
    steps: list[Block],
    around: Surroundings,
    defects: Defects,
) -> None:
    """Add to the last step what an exercise asks to do, or a discussion to talk about."""
    if module.kind is ModuleKind.TRAINING:
        return
    text = resolve(read_line(description, module.source.path, defects), around)
    name = ("module", module.id, module.kind.value)
    if module.kind is ModuleKind.DISCUSSION:
        block = {"type": "discussion", "id": block_id(*name), "value": {"prompt": text, "url": ""}}
    else:
        place = _practice_link(module)
        value = {
            "title": title,
            "text": text + place,
            "evidence": "link" if LEAVES_A_PAGE & module.settings.keys() else "none",
            "required": True,
        }
        block = {"type": "task", "id": block_id(*name), "value": value}
    if not steps:
        empty = {"title": title[:200], "kicker": "", "minutes": 5, "body": [], "next_label": ""}
        steps.append({"type": "step", "id": block_id(*name, "step"), "value": empty})
    steps[-1]["value"]["body"].append(block)


def _practice_link(module: Module) -> str:
    """Return a paragraph with a link to the reader's own page where the exercise is done, or ""."""
    place = module.settings.get("sandbox_location") or ""
    if not place:
        return ""
    preload = module.settings.get("preload")
    query = f"?veaction=edit&preload={quote(preload, safe=':/')}" if preload else "?veaction=edit"
    address = f"https://en.wikipedia.org/wiki/Special:MyPage/{quote(place)}{query}"
    return f'<p><a href="{escape(address)}">{escape(place.replace("_", " "))}</a></p>'


def _whole(translated: Block, original: Block) -> Block:
    """Return a translated step in the shape of the original: all its text in the first text block."""
    text = "".join(_rich_texts(translated["value"]["body"]))
    body, placed = [], False
    for block in original["value"]["body"]:
        if block["type"] == "text":
            body.append({**block, "value": "" if placed else text})
            placed = True
        elif block["type"] == "question":
            same = [b for b in translated["value"]["body"] if b["id"] == block["id"]]
            body.extend(same)
    return {**translated, "value": {**translated["value"], "body": body}}


def _rich_texts(body: list[Block]) -> list[str]:
    """Return all words of blocks as rich text, in order; a question stays a question."""
    found: list[str] = []
    for block in body:
        value = block["value"]
        match block["type"]:
            case "text":
                found.append(value)
            case "callout":
                found.append(value["text"])
            case "accordion":
                found += [
                    f"<p>{escape(item['value']['title'])}</p>{item['value']['text']}"
                    for item in value["items"]
                ]
            case "code":
                found.append(f"<p>{code_lines(value['code'])}</p>")
            case "remote_image" | "image":
                words = [value["caption"], escape(value["credit"]), escape(value.get("licence", ""))]
                found += [f"<p>{word}</p>" for word in words if word]
            case "button":
                found.append(f'<p><a href="{escape(value["url"])}">{escape(value["label"])}</a></p>')
            case "table":
                cells = [[c["value"] for c in value["header"]]]
                cells += [[c["value"] for c in row["value"]["cells"]] for row in value["rows"]]
                found += [f"<p>{escape(' · '.join(row))}</p>" for row in cells if row]
    return found


def library_data(library: Library) -> dict[str, Any]:
    """Return a library as plain data, for our own and for its hash; the commit is still open."""
    return {
        "name": library.name,
        "introduction": " ".join(library.introduction.split()),
        "listed": not library.hidden,
        "credit": CREDIT,
        "licence": LICENCE,
        "source_url": source_url(library.source.path, "{commit}"),
        "categories": [
            {
                "title": category.title,
                "description": " ".join(category.description.split()),
                "entries": [(entry.slug, entry.name, entry.description) for entry in category.entries],
            }
            for category in library.categories
        ],
    }
