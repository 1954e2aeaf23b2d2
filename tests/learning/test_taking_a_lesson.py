"""Taking a module: reading on, answering, coming back."""

from __future__ import annotations

import pytest
from django.test import Client

from learning.completion import missing_sentence, rule_sentence
from learning.models import Attempt, Completion, Progress, Study
from learning.selectors import continue_for
from learning.services.progress import standing
from learning.steps import Lesson
from tests.factories.accounts import UserFactory
from tests.factories.learning import checklist, make_module, question, step, task, text, translate
from tests.learning.sheets import HERE, Sheet

pytestmark = pytest.mark.django_db


def answers_of(page, block):
    """Ids of a question's answers, by text."""
    for own in Lesson(page).steps:
        found = own.block(block["id"], "question")
        if found is not None:
            return {item.value["text"]: item.id for item in found.value["answers"].bound_blocks}
    raise LookupError(block["id"])


@pytest.fixture
def learner(client: Client):
    """A signed-in member."""
    user = UserFactory()
    client.force_login(user)
    return user


def test_an_anonymous_reader_sees_the_overview_and_each_step(client):
    page = make_module()
    overview = client.get(page.url)
    assert overview.status_code == 200
    assert "Why meet offline" in overview.text
    first = client.get(f"{page.url}step/1/")
    assert "Some words." in first.text
    assert f"{page.url}step/2/" in first.text


def test_a_step_that_does_not_exist_leads_to_the_last_or_nowhere(client):
    page = make_module()
    assert client.get(f"{page.url}step/0/").status_code == 404
    assert client.get(f"{page.url}step/9/").url == f"{page.url}step/2/"


def test_a_step_has_a_lasting_address(client):
    page = make_module()
    response = client.get(f"{page.url}step/{page.steps[1].id}/")
    assert response.url.endswith("/step/2/")


def test_somebody_who_is_not_signed_in_is_told_in_place_and_has_it_kept_in_the_browser(client):
    asked = question()
    page = make_module(step("One", asked))
    ids = answers_of(page, asked)
    response = Sheet(client, page, 1).choose(asked, ids["On paper"]).press(f"check:{asked['id']}")
    assert response.url == f"{page.url}step/1/#b-{asked['id']}"
    wrong = client.get(f"{page.url}step/1/").text
    assert "Not this one." in wrong
    assert "About On paper." in wrong
    assert "About Into files." not in wrong
    assert "kept in this browser only, for 14 days" in wrong
    Sheet(client, page, 1).choose(asked, ids["Into files"]).press(f"check:{asked['id']}")
    assert "Right." in client.get(f"{page.url}step/1/").text
    assert not Attempt.objects.exists()
    assert not Progress.objects.exists()


def test_pages_of_anonymous_readers_carry_no_form_token_and_set_no_cookie(client):
    asked = question()
    page = make_module(step("One", asked, checklist(), task()))
    response = client.get(f"{page.url}step/1/?part={asked['id']}")
    assert "csrfmiddlewaretoken" not in response.text
    assert not response.cookies
    assert "Choose an answer first." in response.text


def test_the_answer_can_be_shown(client):
    asked = question()
    page = make_module(step("One", asked))
    response = client.get(f"{page.url}step/1/?question={asked['id']}&show=answer")
    assert "About Into files." in response.text


def test_a_wrong_and_then_a_right_answer_are_both_kept(client, learner):
    asked = question()
    page = make_module(step("One", asked), step("Two"))
    ids = answers_of(page, asked)
    Sheet(client, page, 1).choose(asked, ids["On paper"]).press(f"check:{asked['id']}")
    assert "Not this one." in client.get(f"{page.url}step/1/").text
    Sheet(client, page, 1).choose(asked, ids["Into files"]).press(f"check:{asked['id']}")
    assert "Right." in client.get(f"{page.url}step/1/").text
    first, second = Attempt.objects.all()
    assert (first.correct, second.correct) == (False, True)
    assert first.answers == [ids["On paper"]]
    assert first.wording["chosen"] == ["On paper"]
    assert first.revision_id == page.live_revision_id
    assert first.language == "en"


def test_a_later_wrong_answer_does_not_take_back_what_was_right(client, learner):
    asked = question()
    page = make_module(step("One", asked))
    ids = answers_of(page, asked)
    for words in ("Into files", "On paper"):
        Sheet(client, page, 1).choose(asked, ids[words]).press(f"check:{asked['id']}")
    assert asked["id"] in standing(learner, Lesson(page)).done


def test_choosing_nothing_says_so_and_stores_nothing(client, learner):
    asked = question()
    page = make_module(step("One", asked))
    response = Sheet(client, page, 1).press(f"check:{asked['id']}", follow=True)
    assert "Choose an answer first." in response.text
    assert not Attempt.objects.exists()


def test_several_right_answers_must_all_be_chosen(client, learner):
    asked = question(("Power", True), ("Chairs", True), ("Fame", False), mode="multiple")
    page = make_module(step("One", asked))
    ids = answers_of(page, asked)
    Sheet(client, page, 1).choose(asked, ids["Power"]).press(f"check:{asked['id']}")
    assert "there is more to choose" in client.get(f"{page.url}step/1/").text
    Sheet(client, page, 1).choose(asked, ids["Power"], ids["Chairs"]).press(f"check:{asked['id']}")
    assert [attempt.correct for attempt in Attempt.objects.all()] == [False, True]


def test_going_on_marks_the_step_as_read_and_reading_alone_does_not(client, learner):
    page = make_module()
    client.get(f"{page.url}step/1/")
    assert not Progress.objects.exists()
    response = Sheet(client, page, 1).press("next")
    assert response.url == f"{page.url}step/2/"
    assert Progress.objects.get().block == page.steps[0].id
    assert Study.objects.get().step == page.steps[1].id


def test_a_checklist_is_done_when_everything_is_ticked_and_open_again_when_not(client, learner):
    listed = checklist("Room", "Power")
    page = make_module(step("One", listed))
    ids = [entry["id"] for entry in listed["value"]["items"]]
    url = f"{page.url}step/1/"
    keep = f"check:{listed['id']}"
    Sheet(client, page, 1).tick(listed, ids[0]).press(keep)
    assert listed["id"] not in standing(learner, Lesson(page)).done
    Sheet(client, page, 1).tick(listed, *ids).press(keep)
    assert listed["id"] in standing(learner, Lesson(page)).done
    assert client.get(url).text.count(" checked") == 2
    Sheet(client, page, 1).tick(listed).press(keep)
    assert listed["id"] not in standing(learner, Lesson(page)).done


def test_a_task_wants_a_whole_link_and_keeps_what_was_typed(client, learner):
    asked = task("link")
    page = make_module(step("One", asked))
    url = f"{page.url}step/1/"
    bad = Sheet(client, page, 1).write(asked, "my edit <b>").press(f"check:{asked['id']}", follow=True)
    assert "Give a whole address" in bad.text
    assert "my edit &lt;b&gt;" in bad.text
    assert asked["id"] not in standing(learner, Lesson(page)).done
    Sheet(client, page, 1).write(asked, "https://en.wikipedia.org/w/1").press(f"check:{asked['id']}")
    assert Progress.objects.get().state == {"evidence": "https://en.wikipedia.org/w/1"}
    assert "https://en.wikipedia.org/w/1" in client.get(url).text


def test_the_sentence_says_what_is_still_missing(learner):
    asked, listed, practice = question(), checklist(), task()
    page = make_module(step("One", asked), step("Two", listed, practice), step("Three"))
    lesson = Lesson(page)
    assert rule_sentence(lesson.requirements) == (
        "To finish this lesson: read 3 steps, answer 1 question right, tick off 1 checklist, "
        "and do 1 practice task."
    )
    done = {page.steps[0].id, page.steps[1].id, listed["id"]}
    assert (
        missing_sentence(lesson.requirements, done)
        == "Still to do: read 1 step, answer 1 question right, and do 1 practice task."
    )
    everything = {requirement.block for requirement in lesson.requirements}
    assert missing_sentence(lesson.requirements, everything) == ""


def test_lists_that_are_not_marked_as_needed_are_not_asked_for():
    page = make_module(step("One", checklist(required=False), task(required=False)))
    assert rule_sentence(Lesson(page).requirements) == "To finish this lesson: read 1 step."


def test_finishing_everything_completes_the_module_once(client, learner):
    asked = question()
    page = make_module(step("One"), step("Two", asked))
    ids = answers_of(page, asked)
    Sheet(client, page, 1).press("next")
    last = Sheet(client, page, 2).press("next")
    assert last.url == f"{page.url}done/"
    assert "Still to do: answer 1 question right." in client.get(last.url).text
    Sheet(client, page, 2).choose(asked, ids["Into files"]).press(f"check:{asked['id']}")
    done = client.get(last.url)
    assert "You finished this lesson" in done.text
    Sheet(client, page, 2).press("next")
    assert Completion.objects.count() == 1


def test_an_anonymous_reader_reaches_the_end_and_is_told_that_nothing_was_kept(client):
    page = make_module(outcomes=[{"type": "outcome", "id": "o1", "value": "run an offline event"}])
    end = client.get(f"{page.url}done/")
    assert "Nothing was stored" in end.text
    assert "run an offline event" in end.text


def test_progress_and_answers_are_kept_when_the_learner_changes_language(client, learner):
    asked = question()
    page = make_module(step("One", asked), step("Two"))
    spanish = translate(page, "es", {"On paper": "En papel", "One": "Uno"})
    ids = answers_of(page, asked)
    Sheet(client, page, 1).choose(asked, ids["On paper"]).press(f"check:{asked['id']}")
    Sheet(client, page, 1).press("next")
    here = client.get(f"{spanish.url}step/1/").text
    assert "En papel" in here
    assert f'value="{ids["On paper"]}" checked' in here
    Sheet(client, spanish, 1).choose(asked, ids["Into files"]).press(f"check:{asked['id']}")
    Sheet(client, spanish, 2).press("next")
    assert [(attempt.language, attempt.correct) for attempt in Attempt.objects.all()] == [
        ("en", False),
        ("es", True),
    ]
    assert Completion.objects.get().language == "es"
    assert "You finished this lesson" in client.get(f"{page.url}done/").text


def test_an_answer_to_a_question_that_an_editor_changed_is_refused_kindly(client, learner):
    asked = question()
    page = make_module(step("One", asked))
    old = answers_of(page, asked)["On paper"]
    opened = Sheet(client, page, 1).choose(asked, old)
    changed = question(("In a boat", False), ("By post", True), id=asked["id"])
    data = list(page.steps.raw_data)
    data[0]["value"]["body"] = [changed]
    page.steps = data
    page.save_revision().publish()
    response = opened.press(f"check:{asked['id']}", follow=True)
    assert "has been changed since you opened it" in response.text
    assert "In a boat" in response.text
    assert not Attempt.objects.exists()


def test_an_attempt_survives_the_edit_of_its_question(client, learner):
    asked = question()
    page = make_module(step("One", asked))
    ids = answers_of(page, asked)
    Sheet(client, page, 1).choose(asked, ids["On paper"]).press(f"check:{asked['id']}")
    data = list(page.steps.raw_data)
    data[0]["value"]["body"] = [question(("In a boat", False), ("By post", True), id=asked["id"])]
    page.steps = data
    page.save_revision().publish()
    assert client.get(f"{page.url}step/1/").status_code == 200
    assert Attempt.objects.get().wording["chosen"] == ["On paper"]


def test_a_part_that_was_taken_out_ends_in_a_clear_message(client, learner):
    asked = question()
    page = make_module(step("One", asked))
    opened = Sheet(client, page, 1).choose(asked, *answers_of(page, asked).values())
    page.steps = [{**page.steps.raw_data[0], "value": step("One")["value"]}]
    page.save_revision().publish()
    response = opened.press(f"check:{asked['id']}", follow=True)
    assert "has been changed since you opened it" in response.text


def test_a_completion_stays_when_a_step_is_added_later(client, learner):
    page = make_module(step("One"))
    Sheet(client, page, 1).press("next")
    page.steps = [*page.steps.raw_data, step("Two")]
    page.save_revision().publish()
    assert "You finished this lesson" in client.get(f"{page.url}done/").text


def test_the_home_page_knows_where_to_go_on(client, learner):
    page = make_module(step("One"), step("Two"), step("Three"))
    assert continue_for(learner, "en") is None
    Sheet(client, page, 1).press("next")
    found = continue_for(learner, "en")
    assert (found.current, found.total, found.next_step) == (2, 3, "Two")
    assert found.label == "1 of 3 steps done · 10 minutes left"
    for number in (2, 3):
        Sheet(client, page, number).press("next")
    assert continue_for(learner, "en") is None


def test_going_on_is_offered_in_the_readers_language(client, learner):
    page = make_module(step("One"), step("Two"))
    spanish = translate(page, "es", {"Two": "Dos"})
    Sheet(client, page, 1).press("next")
    assert continue_for(learner, "es").url == f"{spanish.url}step/2/"
    assert continue_for(learner, "fr").url == f"/fr/learn/{page.slug}/step/2/"


def test_a_page_that_is_not_translated_is_shown_in_its_language_with_a_word_about_it(client):
    page = make_module()
    translate(make_module(title="Another"), "es")
    shown = client.get(f"/es/learn/{page.slug}/").text
    assert 'class="quiet-bar" lang="es"' in shown
    assert '<html lang="es"' in shown


def test_a_partly_translated_page_says_so(client):
    spanish = translate(make_module(step("One", text("<p>Long words.</p>"))), "es", {"One": "Uno"})
    assert 'class="quiet-bar"' in client.get(f"{spanish.url}step/1/").text


def test_drafts_are_never_shown(client, learner):
    page = make_module(live=False)
    for path in ("", "step/1/", "done/"):
        assert client.get(f"/en/learn/{page.slug}/{path}").status_code == 404
    sent = client.post(f"/en/learn/lessons/{page.pk}/steps/{page.steps[0].id}/", {"do": "next"}, headers=HERE)
    assert sent.status_code == 404


def test_a_step_asks_few_questions_of_the_database(client, learner, django_assert_max_num_queries):
    blocks = [question() for _number in range(5)]
    page = make_module(*(step(f"Step {number}", *blocks[:1]) for number in range(20)))
    client.get(f"{page.url}step/1/")
    with django_assert_max_num_queries(24):
        client.get(f"{page.url}step/3/")


def test_when_a_part_was_done_is_when_it_was_done_first(client, learner):
    asked = question()
    page = make_module(step("One", asked))
    answers = asked["value"]["answers"]
    right, wrong = (
        next(one["id"] for one in answers if one["value"]["correct"] is fits) for fits in (True, False)
    )
    Sheet(client, page, 1).choose(asked, right).press("check")
    first = Progress.objects.get(user=learner, block=asked["id"]).done_at
    assert first is not None
    for later in (wrong, right):
        Sheet(client, page, 1).choose(asked, later).press("check")
    assert Attempt.objects.filter(user=learner).count() == 3
    assert Progress.objects.get(user=learner, block=asked["id"]).done_at == first
