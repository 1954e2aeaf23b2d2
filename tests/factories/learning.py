"""Pages of learning, cohorts and captions for tests. All invented."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page, Site

from exchange.home.models import HomePage
from learning.models import (
    Caption,
    Cohort,
    CoursePage,
    LearningIndexPage,
    Session,
    TrainingModulePage,
    WebinarPage,
)

VTT = """WEBVTT

00:00.000 --> 00:04.500
<v Amina Diallo>We asked for a room before we asked for money.

00:05.000 --> 00:09.000
<v Amina Diallo>The first agreement was one page.

01:02.500 --> 01:06.000
<v Jonas Weber>And put a date in it. An agreement without a date is a wish.
"""


def block_id() -> str:
    """A fresh block id."""
    return str(uuid.uuid4())


def item(value: Any, id: str = "") -> dict[str, Any]:
    """One entry of a list block."""
    return {"type": "item", "id": id or block_id(), "value": value}


def text(html: str = "<p>Some words.</p>") -> dict[str, Any]:
    """A text block."""
    return {"type": "text", "id": block_id(), "value": html}


def question(
    *answers: tuple[str, bool], prompt: str = "<p>Where do drafts go?</p>", mode: str = "single", id: str = ""
) -> dict[str, Any]:
    """A question with (text, correct) answers; each has feedback."""
    return {
        "type": "question",
        "id": id or block_id(),
        "value": {
            "question": prompt,
            "mode": mode,
            "verdict_in_feedback": False,
            "answers": [
                item({"text": words, "correct": correct, "feedback": f"<p>About {words}.</p>"})
                for words, correct in answers or (("On paper", False), ("Into files", True))
            ],
        },
    }


def checklist(*items: str, required: bool = True) -> dict[str, Any]:
    """A checklist."""
    return {
        "type": "checklist",
        "id": block_id(),
        "value": {
            "title": "Before you begin",
            "required": required,
            "items": [item(words) for words in items or ("Room", "Power")],
        },
    }


def task(evidence: str = "link", required: bool = True) -> dict[str, Any]:
    """A practice task."""
    return {
        "type": "task",
        "id": block_id(),
        "value": {"title": "Try it", "text": "<p>Edit.</p>", "evidence": evidence, "required": required},
    }


def step(title: str, *body: dict[str, Any], minutes: int = 5) -> dict[str, Any]:
    """A step."""
    return {
        "type": "step",
        "id": block_id(),
        "value": {
            "title": title,
            "kicker": "",
            "minutes": minutes,
            "next_label": "",
            "body": list(body) or [text()],
        },
    }


def locale(code: str) -> Locale:
    """A locale, made where it is missing."""
    return Locale.objects.get_or_create(language_code=code)[0]


def _publish(page: Any) -> None:
    """wagtail-localize publishes when the transaction is committed; a test's own never is."""
    if not page.live:
        page.get_latest_revision().publish()


def learning_home(code: str = "en") -> LearningIndexPage:
    """The learning home of a language with the home page above it."""
    found = LearningIndexPage.objects.filter(locale__language_code=code).first()
    if found is not None:
        return found
    if code != "en":
        from wagtail_localize.models import TranslationSource

        source = learning_home("en")
        locale(code)
        for page in (source.get_parent().specific, source):
            origin, _created = TranslationSource.update_or_create_from_instance(page)
            origin.create_or_update_translation(
                locale(code), publish=True, copy_parent_pages=True, fallback=True
            )
        for page in Page.objects.filter(locale__language_code=code, depth__gt=1).order_by("path"):
            _publish(page)
        return LearningIndexPage.objects.get(locale__language_code=code)
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Home", slug="learning-tests", locale=locale("en")))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home.add_child(instance=LearningIndexPage(title="Learn", slug="learn", locale=locale("en")))


def _make(model: Any, live: bool, capacities: Any, fields: dict[str, Any]) -> Any:
    parent = fields.pop("parent", None) or learning_home()
    fields.setdefault("slug", f"page-{uuid.uuid4().hex[:8]}")
    fields.setdefault("locale", parent.locale)
    children = {name: fields.pop(name) for name in ("captions", "speakers", "facilitators") if name in fields}
    page = model(live=False, **fields)
    for name, rows in children.items():
        setattr(page, name, rows)
    parent.add_child(instance=page)
    page.capacities.set(capacities)
    page.save()
    revision = page.save_revision()
    if live:
        revision.publish()
    return model.objects.get(pk=page.pk)


def make_module(*steps: dict[str, Any], live: bool = True, capacities: Any = (), **fields: Any) -> Any:
    """A training module; without steps it has two, the second with a question."""
    fields.setdefault("title", "A good offline event")
    fields.setdefault("summary", "From a room to a page.")
    steps = steps or (step("Why meet offline"), step("Where people write", text(), question()))
    return _make(TrainingModulePage, live, capacities, {"steps": list(steps), **fields})


def make_webinar(live: bool = True, capacities: Any = (), **fields: Any) -> Any:
    """A recording with English captions."""
    fields.setdefault("title", "Working with a museum")
    fields.setdefault("captions", [Caption(language="en", text=VTT)])
    fields.setdefault("duration", 66)
    fields.setdefault("external_url", "https://commons.wikimedia.org/wiki/File:Example.webm")
    return _make(WebinarPage, live, capacities, fields)


def make_course(live: bool = True, capacities: Any = (), **fields: Any) -> Any:
    """A course of one week."""
    fields.setdefault("title", "Fundraising for small groups")
    fields.setdefault(
        "weeks",
        [
            {
                "type": "week",
                "id": block_id(),
                "value": {"title": "What you need", "summary": "", "minutes": 120, "text": "", "pages": []},
            }
        ],
    )
    return _make(CoursePage, live, capacities, fields)


def make_cohort(course: Any, *, seats: int = 2, sessions: int = 1, **fields: Any) -> Cohort:
    """A cohort that is open now, with sessions from next week on."""
    now = timezone.now()
    defaults = {
        "name": "Spring",
        "opens": now - timedelta(days=1),
        "closes": now + timedelta(days=5),
        "starts_on": timezone.localdate() + timedelta(days=7),
        "ends_on": timezone.localdate() + timedelta(days=48),
    }
    cohort = Cohort.objects.create(course=course, seats=seats, **{**defaults, **fields})
    for number in range(sessions):
        Session.objects.create(
            cohort=cohort,
            title=f"Call {number + 1}",
            starts_at=now + timedelta(days=7 * (number + 1)),
            minutes=60,
            meeting_url="https://meet.example/secret-room",
        )
    return cohort


def translate(page: Any, code: str, words: dict[str, str] | None = None, *, publish: bool = True) -> Any:
    """A translation made with wagtail-localize: known words translated, the rest as in the source."""
    from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

    learning_home(code)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale(code))
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        said = (words or {}).get(segment.string.data)
        if said:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                defaults={"data": said, "translation_type": "manual", "tool_name": "test"},
            )
    translation.save_target(publish=publish)
    made = type(page).objects.get(translation_key=page.translation_key, locale__language_code=code)
    if publish:
        _publish(made)
        made = type(page).objects.get(pk=made.pk)
    return made
