"""One parsed file to one record: library, module, slide."""

import re

from .fields import Fields
from .records import Answer, Category, Entry, Library, Module, ModuleKind, Quiz, Slide, Translation
from .reports import Kind, Outcome

QUIZ_KEYS = {"question", "correct_answer_id", "answers"}
ANSWER_KEYS = {"id", "text", "explanation"}
LIBRARY_KEYS = {"name", "id", "introduction", "categories", "exclude_from_index", "translations"}
CATEGORY_KEYS = {"title", "description", "modules"}
ENTRY_KEYS = {"slug", "name", "description"}
MODULE_KEYS = {
    "name",
    "id",
    "description",
    "slides",
    "estimated_ttc",
    "kind",
    "settings",
    "status",
    "translations",
}
SLIDE_KEYS = {
    "id",
    "title",
    "content",
    "summary",
    "translations",
    "assessment",
    "title_prefix",
    "button_text",
}
MINUTES = re.compile(r"\s*(\d{1,4})\s*(?:[-–]\s*(\d{1,4}))?\s*min(?:ute)?s?\.?\s*", re.IGNORECASE)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)


def read_library(slug: str, fields: Fields) -> Library | None:
    """Return a library, or None where it has no id or no name."""
    fields.check_keys(LIBRARY_KEYS)
    number, name = _identity(fields, "name")
    if number is None or not name:
        return None
    return Library(
        id=number,
        slug=slug,
        name=name,
        introduction=fields.text("introduction"),
        categories=tuple(_category(item) for item in fields.children("categories")),
        source=fields.source,
        hidden=fields.flag("exclude_from_index"),
    )


def read_module(slug: str, fields: Fields) -> Module | None:
    """Return a module, or None where it has no id or no name."""
    fields.check_keys(MODULE_KEYS)
    number, name = _identity(fields, "name")
    if number is None or not name:
        return None
    settings = fields.child("settings")
    slugs = _slides(fields)
    return Module(
        id=number,
        slug=slug,
        name=name,
        description=fields.located("description"),
        slides=tuple(slugs),
        slide_lines=slugs,
        source=fields.source,
        kind=_kind(fields),
        minutes=_minutes(fields),
        deprecated=fields.text("status") == "deprecated",
        settings={key: settings.text(key) for key in settings.data} if settings else {},
        translations=_translations(fields, {"name", "description"}, "name", "description"),
    )


def read_slide(slug: str, number_in_name: int | None, fields: Fields) -> Slide | None:
    """Return a slide, or None where neither the file nor its name has an id."""
    fields.check_keys(SLIDE_KEYS)
    number = fields.number("id")
    if number is None and number_in_name is not None:
        number = number_in_name
        message = f"“id” is missing; {number} was taken from the file's name."
        fields.report(Kind.MISSING_FIELD, Outcome.MENDED, message, "id")
    elif number_in_name is not None and number != number_in_name:
        message = f"The file's name says {number_in_name}, its id is {number}; the id counts."
        fields.report(Kind.ID_MISMATCH, Outcome.NOTED, message, "id")
    if number is None:
        fields.report(Kind.MISSING_FIELD, Outcome.SKIPPED, "“id” is missing. This file was skipped.")
        return None
    title = fields.name("title", needed=True) or slug.replace("-", " ").capitalize()
    quiz = read_quiz(fields)
    keys = {"title", "content", "assessment"}
    return Slide(
        id=number,
        slug=slug,
        title=title,
        body=fields.located("content"),
        source=fields.source,
        title_prefix=fields.text("title_prefix"),
        summary=fields.text("summary"),
        button_text=fields.text("button_text"),
        quiz=quiz,
        translations=_translations(fields, keys, "title", "content", quiz),
    )


def _identity(fields: Fields, key: str) -> tuple[int | None, str]:
    number, name = fields.number("id"), fields.name(key)
    for missing, what in ((number is None, "id"), (not name, key)):
        if missing:
            message = f"“{what}” is missing. This file was skipped."
            fields.report(Kind.MISSING_FIELD, Outcome.SKIPPED, message, what)
    return number, name


def _category(fields: Fields) -> Category:
    fields.check_keys(CATEGORY_KEYS)
    entries = []
    for item in fields.children("modules"):
        item.check_keys(ENTRY_KEYS)
        slug = item.text("slug", needed=True)
        if slug:
            line = item.file.line((*item.path, "slug"))
            entries.append(Entry(slug, item.name("name"), item.text("description"), line))
    return Category(fields.name("title"), fields.text("description"), tuple(entries))


def _slides(fields: Fields) -> dict[str, int]:
    """Return the slugs of a module's slides in order, with their lines."""
    slugs: dict[str, int] = {}
    for item in fields.children("slides"):
        item.check_keys({"slug"})
        slug = item.text("slug", needed=True)
        if slug and slug in slugs:
            message = f"The slide “{slug}” is listed twice; the second was left out."
            item.report(Kind.DUPLICATE_SLUG, Outcome.SKIPPED, message, "slug")
        elif slug:
            slugs[slug] = item.file.line((*item.path, "slug"))
    return slugs


def _kind(fields: Fields) -> ModuleKind:
    text = fields.text("kind") or ModuleKind.TRAINING
    try:
        return ModuleKind(text)
    except ValueError:
        message = f"The kind “{text}” is not known; the module was read as a training."
        fields.report(Kind.WRONG_TYPE, Outcome.MENDED, message, "kind")
        return ModuleKind.TRAINING


def _minutes(fields: Fields) -> tuple[int, int] | None:
    text = fields.text("estimated_ttc")
    if not text:
        return None
    match = MINUTES.fullmatch(text)
    if not match:
        message = f"No number of minutes was understood in “{text}”."
        fields.report(Kind.WRONG_TYPE, Outcome.SKIPPED, message, "estimated_ttc")
        return None
    low, high = int(match[1]), int(match[2] or match[1])
    return min(low, high), max(low, high)


def _translations(
    fields: Fields, keys: set[str], title: str, body: str, quiz: Quiz | None = None
) -> dict[str, Translation]:
    found: dict[str, Translation] = {}
    languages = fields.child("translations")
    if languages is None:
        return found
    for code in languages.data:
        if not LANGUAGE.fullmatch(code):
            languages.report(Kind.TRANSLATION, Outcome.SKIPPED, f"“{code}” is no language code.", code)
            continue
        item = languages.child(code)
        if item is None:
            continue
        item.check_keys(keys)
        found[code.lower()] = Translation(
            language=code.lower(),
            title=item.name(title, needed=True),
            body=item.located(body),
            quiz=read_quiz(item, quiz),
        )
    return found


def read_quiz(slide: Fields, base: Quiz | None = None) -> Quiz | None:
    """Return the quiz of a slide, or None where it has none or it cannot be asked.

    `base` is the original's quiz when `slide` is a translation: which answer is right always comes from
    there, as in the source's own player.
    """
    fields = slide.child("assessment")
    if fields is None:
        return None
    fields.check_keys(QUIZ_KEYS)
    question = fields.located("question", needed=True)
    answers = _answers(fields)
    if not question.value.strip() or len(answers) < 2:
        message = "The quiz needs a question and at least two answers; it was left out."
        fields.report(Kind.QUIZ, Outcome.SKIPPED, message)
        return None
    correct = base.correct.id if base else _correct(fields, answers)
    if correct is None or correct not in [answer.id for answer in answers]:
        message = "None of the answers is marked as the right one; the quiz was left out."
        fields.report(Kind.QUIZ, Outcome.SKIPPED, message, "correct_answer_id")
        return None
    return Quiz(
        question=question,
        answers=tuple(
            Answer(answer.id, answer.text, answer.explanation, answer.id == correct) for answer in answers
        ),
    )


def _answers(fields: Fields) -> list[Answer]:
    answers: list[Answer] = []
    for position, item in enumerate(fields.children("answers"), start=1):
        item.check_keys(ANSWER_KEYS)
        text = item.text("text")
        if not text:
            item.report(Kind.QUIZ, Outcome.SKIPPED, "An answer without text was left out.")
            continue
        number = item.number("id")
        if number is None or number in [answer.id for answer in answers]:
            taken = {answer.id for answer in answers}
            number = next(n for n in range(position, position + len(taken) + 1) if n not in taken)
            message = f"The answer's id was missing or used twice; it became {number}."
            item.report(Kind.QUIZ, Outcome.MENDED, message, "id")
        answers.append(Answer(number, text, item.located("explanation"), correct=False))
    return answers


def _correct(fields: Fields, answers: list[Answer]) -> int | None:
    number = fields.number("correct_answer_id")
    if number in [answer.id for answer in answers]:
        return number
    # Every explanation of a right answer in the source opens with the verdict "Correct".
    says_so = [a.id for a in answers if a.explanation.value.strip().lower().startswith("correct")]
    if len(says_so) != 1:
        return None
    message = f"“correct_answer_id” fits no answer; answer {says_so[0]} says that it is correct."
    fields.report(Kind.QUIZ, Outcome.MENDED, message, "correct_answer_id")
    return says_so[0]
