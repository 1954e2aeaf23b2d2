"""A lesson is one thing in all its languages: translations follow what their original says, in their own words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import TestCase
from django.utils import translation
from django.utils.translation import gettext
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationContext

from exchange.home.tasks import bring_translations_in_line
from exchange.home.translation_sync import behind, follow
from foundation.accounts.constants import Role
from learning.models import Caption, Completion, TrainingModulePage
from learning.steps import Lesson
from tests.factories.accounts import UserFactory
from tests.factories.learning import (
    VTT,
    block_id,
    checklist,
    locale,
    make_course,
    make_module,
    make_webinar,
    question,
    step,
    task,
    text,
    translate,
)
from tests.learning.sheets import Sheet

pytestmark = pytest.mark.django_db

WORDS = {
    "Where people write": "Donde se escribe",
    "Where do drafts go?": "¿Dónde van los borradores?",
    "On paper": "En papel",
    "Into files": "En archivos",
}


def raw(page: Any) -> list[dict[str, Any]]:
    return json.loads(json.dumps(list(page.steps.raw_data)))


def change(page: Any, steps: list[dict[str, Any]]) -> None:
    """An editor changes the steps and publishes; the worker does what is left."""
    page = TrainingModulePage.objects.get(pk=page.pk)
    page.steps = json.dumps(steps)
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()


def correct(steps: list[dict[str, Any]], number: int, block: str = "question") -> dict[str, Any]:
    return next(row["value"] for row in steps[number]["value"]["body"] if row["type"] == block)


def again(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def test_a_right_answer_that_is_corrected_is_right_in_every_language(client):
    page = make_module()
    spanish = translate(page, "es", WORDS)
    learner = UserFactory()
    client.force_login(learner)
    steps = raw(page)
    asked = correct(steps, 1)
    for answer in asked["answers"]:
        answer["value"]["correct"] = not answer["value"]["correct"]
    change(page, steps)
    block = steps[1]["value"]["body"][1]["id"]
    now_right = next(answer["id"] for answer in asked["answers"] if answer["value"]["correct"])
    spanish = again(spanish)
    Sheet(client, spanish, 1).press("next")
    Sheet(client, spanish, 2).choose({"id": block}, now_right).press("next")
    assert Completion.objects.filter(user=learner).exists()
    shown = client.get(f"{spanish.url}step/2/").text
    assert "En papel" in shown
    assert "Donde se escribe" in shown


def test_what_is_needed_its_order_and_kind_come_from_the_original():
    listed, todo, asked = checklist(required=True), task(evidence="link"), question()
    page = make_module(step("One", listed), step("Two", todo, asked), minutes_min=10)
    spanish = translate(page, "es", {"One": "Uno", "Two": "Dos"})
    steps = raw(page)
    correct(steps, 0, "checklist")["required"] = False
    correct(steps, 1, "task")["evidence"] = "text"
    correct(steps, 1)["mode"] = "multiple"
    correct(steps, 1)["answers"].reverse()
    steps.reverse()
    steps.insert(1, step("Between", text("<p>New.</p>")))
    page.minutes_min, page.form = 20, "discussion"
    page.steps = json.dumps(steps)
    page.save_revision().publish()
    spanish = again(spanish)
    theirs = raw(spanish)
    assert [row["id"] for row in theirs] == [row["id"] for row in steps]
    assert [row["value"]["title"] for row in theirs] == ["Dos", "Between", "Uno"]
    assert correct(theirs, 2, "checklist")["required"] is False
    assert correct(theirs, 0, "task")["evidence"] == "text"
    assert correct(theirs, 0)["mode"] == "multiple"
    assert [row["id"] for row in correct(theirs, 0)["answers"]] == [
        row["id"] for row in correct(steps, 0)["answers"]
    ]
    assert (spanish.minutes_min, spanish.form) == (20, "discussion")
    assert Lesson(spanish).requirements == Lesson(again(page)).requirements


def test_a_draft_of_the_original_changes_nothing_for_readers():
    page = make_module()
    spanish = translate(page, "es", WORDS)
    page.steps = json.dumps([*raw(page), step("Draft")])
    page.save_revision()
    follow(again(page))
    assert len(again(spanish).steps) == 2


@pytest.mark.parametrize("made_by_translators", [True, False])
def test_translations_that_exist_already_are_brought_in_line(made_by_translators):
    page = make_module()
    spanish = translate(page, "es", WORDS)
    if not made_by_translators:
        Translation.objects.all().delete()
    wrong = raw(spanish)
    for answer in correct(wrong, 1)["answers"]:
        answer["value"]["correct"] = not answer["value"]["correct"]
    TrainingModulePage.objects.filter(pk=spanish.pk).update(steps=json.dumps(wrong))
    assert bring_translations_in_line() == 1
    assert [row["value"]["correct"] for row in correct(raw(again(spanish)), 1)["answers"]] == [False, True]
    assert correct(raw(again(spanish)), 1)["answers"][0]["value"]["text"] == "En papel"
    assert bring_translations_in_line() == 0


def test_what_a_translator_publishes_from_an_older_copy_is_brought_in_line():
    page = make_module()
    spanish = translate(page, "es", WORDS)
    older = raw(spanish)
    steps = raw(page)
    correct(steps, 1)["mode"] = "multiple"
    change(page, steps)
    spanish = again(spanish)
    spanish.steps = json.dumps(older)
    spanish.title = "Otro título"
    spanish.save_revision().publish()
    assert correct(raw(again(spanish)), 1)["mode"] == "multiple"
    assert again(spanish).title == "Otro título"


def test_a_draft_of_a_translation_follows_and_stays_a_draft():
    page = make_module()
    spanish = translate(page, "es", WORDS)
    spanish.title = "Borrador"
    spanish.save_revision()
    steps = raw(page)
    correct(steps, 1)["mode"] = "multiple"
    change(page, steps)
    spanish = again(spanish)
    assert spanish.title != "Borrador"
    assert spanish.has_unpublished_changes
    draft = spanish.get_latest_revision_as_object()
    assert draft.title == "Borrador"
    assert correct(raw(draft), 1)["mode"] == "multiple"


def test_translators_see_what_changed_with_the_older_words_beside_it():
    page = make_module()
    translate(page, "es", {**WORDS, "Some words.": "Unas palabras."})
    goal = Translation.objects.get(source__object_id=page.translation_key)
    behind = goal.get_progress()[0] - goal.get_progress()[1]
    steps = raw(page)
    steps[1]["value"]["title"] = "Where everybody writes"
    correct(steps, 1)["answers"][0]["value"]["text"] = "On a wall"
    change(page, steps)
    goal.refresh_from_db()
    assert goal.get_progress()[0] - goal.get_progress()[1] == behind + 2
    assert goal.get_status_display() != "Up to date"
    kept = StringTranslation.objects.get(translation_of__data="Where everybody writes")
    assert (kept.data, kept.has_error) == ("Donde se escribe", True)
    assert kept.get_error()


def test_readers_keep_older_words_but_never_an_older_answer(client):
    page = make_module()
    spanish = translate(page, "es", WORDS)
    steps = raw(page)
    steps[1]["value"]["title"] = "Where everybody writes"
    correct(steps, 1)["answers"][0]["value"]["text"] = "On a wall"
    change(page, steps)
    shown = client.get(f"{spanish.url}step/2/").text
    assert "Donde se escribe" in shown
    assert "On a wall" in shown
    assert "En papel" not in shown


def test_a_file_and_a_level_follow_and_a_picture_that_a_translator_chose_stays():
    page = make_webinar(level="first", duration=66, title="Museum")
    spanish = translate(page, "es", {"Museum": "Museo"})
    context = TranslationContext.objects.get(object_id=page.translation_key, path="external_url")
    chosen = "https://commons.wikimedia.org/wiki/File:Ejemplo.webm"
    SegmentOverride.objects.create(locale=locale("es"), context=context, data_json=json.dumps(chosen))
    type(page).objects.filter(pk=spanish.pk).update(external_url=chosen)
    page.level, page.duration, page.external_url = (
        "advanced",
        99,
        "https://commons.wikimedia.org/wiki/File:B.webm",
    )
    page.captions.add(Caption(language="es", text=VTT))
    page.save_revision().publish()
    spanish = again(spanish)
    assert (spanish.level, spanish.duration, spanish.external_url) == ("advanced", 99, chosen)
    assert {row.language for row in spanish.captions.all()} == {"en", "es"}
    assert spanish.title == "Museo"


def test_the_weeks_of_a_course_follow():
    page = make_course()
    french = translate(page, "fr", {"What you need": "Ce qu’il faut"})
    weeks = json.loads(json.dumps(list(page.weeks.raw_data)))
    weeks[0]["value"]["minutes"] = 30
    weeks.append(
        {"type": "week", "id": block_id(), "value": {"title": "Who asks", "minutes": 60, "pages": []}}
    )
    page.weeks = json.dumps(weeks)
    page.save_revision().publish()
    theirs = list(again(french).weeks.raw_data)
    assert [(row["value"]["title"], row["value"]["minutes"]) for row in theirs] == [
        ("Ce qu’il faut", 30),
        ("Who asks", 60),
    ]


def test_publishing_a_page_without_translations_asks_two_questions_more(django_assert_max_num_queries):
    page = make_module()
    with django_assert_max_num_queries(4):  # two of them open and close the transaction
        assert follow(page) == []


def form_of(page: Any) -> dict[str, Any]:
    """What the editor's form sends for a lesson, with "publish" pressed."""
    formsets = {name: inline_formset([]) for name in ("next_modules", "comments")}
    fields = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary or "In one line.",
        "level": page.level,
        "form": page.form,
    }
    body = streamfield([("text", rich_text("<p>Some words.</p>"))])
    one = {"title": "Why meet", "kicker": "", "minutes": "5", "next_label": "", "body": body}
    streams = {"outcomes": streamfield([("outcome", "Meet")]), "steps": streamfield([("step", one)])}
    more = {"introduction": rich_text(""), "licence": "CC BY-SA 4.0", "action-publish": "1"}
    return nested_form_data({**fields, **streams, **formsets, **more})


def test_who_publishes_and_who_translates_see_which_translations_are_behind(client):
    page = make_module()
    translate(page, "es", WORDS)
    translate(page, "fr")
    assert [(row.target_locale.language_code, todo > 0) for row, todo in behind(page)] == [
        ("es", True),
        ("fr", True),
    ]
    client.force_login(UserFactory(role=Role.MODERATOR))
    page.title = "Another title"
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(f"/admin/pages/{page.pk}/edit/", form_of(page), follow=True)
    assert again(page).title == "Another title"
    assert "Translations of this page: French, Spanish." in answer.text
    client.force_login(UserFactory(role=Role.TRANSLATOR))
    desk = client.get("/admin/").text
    assert "Translations that are behind" in desk
    assert "Another title" in desk


def test_readers_are_told_that_a_translation_is_older_than_its_original(client):
    page = make_module(step("Title"), title="T", summary="")
    words = {"T": "Tt", page.slug: page.slug, "Title": "Título", "Some words.": "Palabras."}
    spanish = translate(page, "es", words)
    address = f"{spanish.url}step/1/"
    with translation.override("es"):  # the sentence is in the language of the page that says it
        older = gettext(
            "The original of this page has changed. Some parts are still in older words, or in %(language)s."
        ) % {"language": "inglés"}
        parts = gettext("Parts of this page are not translated yet. You see them in %(language)s.") % {
            "language": "inglés"
        }
    shown = client.get(address).text
    assert "Título" in shown
    assert older not in shown
    assert parts not in shown
    steps = raw(page)
    steps[0]["value"]["title"] = "Another title"
    change(page, steps)
    shown = client.get(address).text
    assert older in shown
    assert "Título" in shown


def test_translations_that_are_done_are_not_behind(client):
    page = make_module(title="T", summary="")
    every = {row["value"]["title"] for row in raw(page)} | set(WORDS) | {"T", "Some words.", page.slug}
    every |= {"About On paper.", "About Into files.", "CC BY-SA 4.0"}
    translate(page, "es", {words: f"{words} es" for words in every})
    assert behind(page) == []
    client.force_login(UserFactory(role=Role.TRANSLATOR))
    assert "Translations that are behind" not in client.get("/admin/").text
