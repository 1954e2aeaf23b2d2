"""What becomes of an answer, a text and a task, and the sentence where it is not enough."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client

from learning.constants import Evidence, Part
from learning.models import Progress
from learning.services import progress, session_progress
from learning.services.answers import LONGEST_EVIDENCE, Given, evidence_error, read_form
from learning.steps import Lesson
from tests.factories.accounts import UserFactory
from tests.factories.learning import make_module, question, step, task
from tests.learning.sheets import Sheet
from tests.learning.test_taking_a_lesson import answers_of

pytestmark = pytest.mark.django_db
WHOLE = "Give a whole address, such as https://en.wikipedia.org/wiki/Special:Diff/1."


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        (Evidence.NONE, "", ""),
        (Evidence.LINK, "", "Give a link."),
        (Evidence.TEXT, "", "Write a few sentences."),
        (Evidence.LINK, "wikipedia.org", WHOLE),
        (Evidence.LINK, "ftp://example.org/", WHOLE),
        (Evidence.LINK, "http://example.org/page", ""),
        (Evidence.LINK, "https://example.org/page", ""),
        (Evidence.TEXT, "x" * LONGEST_EVIDENCE, ""),
        (
            Evidence.TEXT,
            "x" * (LONGEST_EVIDENCE + 1),
            "This is 1 character too long: please keep it to 3000.",
        ),
        (
            Evidence.TEXT,
            "x" * (LONGEST_EVIDENCE + 7),
            "This is 7 characters too long: please keep it to 3000.",
        ),
    ],
)
def test_what_is_wrong_with_what_is_handed_in(kind: str, text: str, sentence: str) -> None:
    assert evidence_error(kind, text) == sentence


def test_a_task_that_asks_for_nothing_is_done_by_its_button() -> None:
    told, user = task(Evidence.NONE), UserFactory()
    lesson = Lesson(make_module(step("One", told)))
    given = [Given(Part.TASK, told["id"])]
    progress.keep(user, lesson, given, finish=True)
    assert not Progress.objects.filter(block=told["id"]).exists()
    progress.keep(user, lesson, given, block=told["id"])
    assert progress.standing(user, lesson).done == {told["id"]}


def test_an_answer_that_was_chosen_and_not_checked_moves_into_the_account(client: Client) -> None:
    asked = question()
    page = make_module(step("One"), step("Two", asked), step("Three"))
    chosen = answers_of(page, asked)["On paper"]
    Sheet(client, page, 2).choose(asked, chosen).press("back")
    user = UserFactory()
    client.force_login(user)
    known = progress.standing(user, Lesson(page))
    assert known.state == {asked["id"]: {"chosen": [chosen]}}
    assert known.done == set()
    assert progress.last_answers(user, Lesson(page), [asked["id"]]) == {}


def test_of_a_form_as_much_is_read_as_a_page_can_send() -> None:
    post = QueryDict(mutable=True)
    post.update(
        {"was-question-one": "a b", "was-task-two": "", "task-two": " Words\r\n", "was-odd-three": ""}
    )
    post.setlist("question-one", ["x" * 40, "y"])
    assert read_form(post, "pressed") == [
        Given(Part.QUESTION, "one", values=("x" * 36, "y"), was="a b"),
        Given(Part.TASK, "two", text="Words"),
        Given(Part.TASK, "pressed"),
    ]


def test_nothing_written_is_nothing_changed() -> None:
    assert not Given(Part.TASK, "a").changed
    assert Given(Part.TASK, "a", text="Words").changed
    assert Given(Part.TASK, "a", was=Given(Part.TASK, "a", text="Words").now).changed


def test_going_on_checks_what_was_chosen_before_and_then_it_is_chosen_no_more(client: Client) -> None:
    asked, user = question(), UserFactory()
    page = make_module(step("One"), step("Two", asked), step("Three"))
    client.force_login(user)
    chosen = answers_of(page, asked)["Into files"]
    Sheet(client, page, 2).choose(asked, chosen).press("back")
    assert progress.standing(user, Lesson(page)).state == {asked["id"]: {"chosen": [chosen]}}
    Sheet(client, page, 2).press("next")
    known = progress.standing(user, Lesson(page))
    assert progress.last_answers(user, Lesson(page), [asked["id"]]) == {asked["id"]: [chosen]}
    assert known.state == {}
    assert asked["id"] in known.done


def test_what_was_chosen_can_be_taken_away_again() -> None:
    asked, user = question(), UserFactory()
    page = make_module(step("One", asked))
    chosen = answers_of(page, asked)["On paper"]
    progress.keep(user, Lesson(page), [Given(Part.QUESTION, asked["id"], values=(chosen,))])
    outcome = progress.keep(user, Lesson(page), [Given(Part.QUESTION, asked["id"], was=chosen)])
    assert outcome.written == {asked["id"]}
    assert Progress.objects.get(block=asked["id"]).state == {}


def test_what_was_done_in_one_lesson_is_not_done_in_another_with_the_same_parts() -> None:
    told, user = task(Evidence.NONE), UserFactory()
    one, other = (
        make_module({**step("One", told), "id": "5b0a3c1e-0000-4000-8000-000000000001"}) for _ in range(2)
    )
    progress.keep(user, Lesson(one), [Given(Part.TASK, told["id"])], block=told["id"])
    progress.read(user, Lesson(one), Lesson(one).steps[0])
    assert progress.complete_if_done(user, Lesson(one))
    assert not progress.complete_if_done(user, Lesson(other))
    assert progress.standing(user, Lesson(other)).done == set()


def test_a_browser_that_keeps_something_keeps_what_is_read_and_one_that_keeps_nothing_does_not() -> None:
    asked = question()
    lesson = Lesson(make_module(step("One"), step("Two", asked), step("Three")))
    chosen = answers_of(lesson.page, asked)["On paper"]
    session: dict[str, object] = {}
    assert session_progress.read(session, lesson, lesson.steps[0]) == lesson.steps[1]
    assert session == {}
    given = [Given(Part.QUESTION, asked["id"], values=(chosen,))]
    session_progress.keep(session, lesson, given, step=lesson.steps[1])
    session_progress.read(session, lesson, lesson.steps[0])
    known = session_progress.standing(session, lesson)
    assert (known.done, known.place) == ({lesson.steps[0].id}, lesson.steps[1].id)
    assert known.state == {asked["id"]: {"chosen": [chosen]}}
