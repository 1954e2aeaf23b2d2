"""What a learner enters stays, whatever they press and whatever happens meanwhile: to the page, to them, to both."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.test import Client

from foundation.notifications.models import Notification
from learning.models import Attempt, Completion, Progress, Study
from learning.selectors import continue_for
from learning.services.progress import standing
from learning.steps import Lesson
from learning.tasks import complete_lessons
from tests.factories.accounts import UserFactory
from tests.factories.learning import checklist, make_module, question, step, task, text
from tests.learning.sheets import HERE, Sheet
from tests.learning.test_taking_a_lesson import answers_of

pytestmark = pytest.mark.django_db
STORY = "We met in the library.\nNine people came <3."
LINK = "https://en.wikipedia.org/wiki/Special:Diff/1"


@pytest.fixture
def learner(client: Client):
    """A signed-in member."""
    user = somebody()
    client.force_login(user)
    return user


def somebody():
    """A member who can sign in by the form."""
    user = UserFactory(password="correct horse battery")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


class Room:
    """A lesson whose middle step holds one part of each kind."""

    def __init__(self) -> None:
        self.asked, self.listed = question(), checklist("Room", "Power")
        self.told, self.linked = task("text"), task("link")
        parts = (self.asked, self.listed, self.told, self.linked)
        self.page = make_module(step("One"), step("Two", *parts), step("Three"))
        self.answers = answers_of(self.page, self.asked)
        self.items = [entry["id"] for entry in self.listed["value"]["items"]]

    def filled(self, client: Client, words: str = "On paper", link: str = LINK) -> Sheet:
        """Its middle step, filled in and not sent."""
        sheet = Sheet(client, self.page, 2).choose(self.asked, self.answers[words])
        return sheet.tick(self.listed, self.items[0]).write(self.told, STORY).write(self.linked, link)

    def shows(self, client: Client, words: str = "On paper", link: str = LINK) -> bool:
        """Whether the middle step shows all that `filled` filled in."""
        sheet = Sheet(client, self.page, 2)
        return (
            sheet.fields.get(f"question-{self.asked['id']}") == [self.answers[words]]
            and sheet.fields.get(f"checklist-{self.listed['id']}") == [self.items[0]]
            and sheet.fields[f"task-{self.told['id']}"] == [STORY]
            and sheet.fields[f"task-{self.linked['id']}"] == [link]
        )

    def put(self, *steps: object) -> None:
        """An author publishes other steps."""
        self.page.refresh_from_db()
        self.page.steps = list(steps)
        self.page.save_revision().publish()
        self.page.refresh_from_db()


@pytest.fixture
def room() -> Room:
    """The lesson."""
    return Room()


@pytest.fixture(params=["signed in", "signed out"])
def reader(request: pytest.FixtureRequest, client: Client) -> Client:
    """Somebody with an account, and somebody without."""
    if request.param == "signed in":
        client.force_login(UserFactory())
    return client


@pytest.mark.parametrize("button", ["next", "back", "check", "check:asked", "check:listed", "keep"])
def test_no_button_throws_away_what_stands_in_another_part(reader, room, button):
    do, _colon, part = button.partition(":")
    room.filled(reader).press(f"{do}:{getattr(room, part)['id']}" if part else do)
    assert room.shows(reader)


def test_back_leads_back_and_checks_nothing(client, learner, room):
    assert room.filled(client).press("back").url == f"{room.page.url}step/1/"
    assert not Attempt.objects.exists()
    assert "Chosen, and not checked yet." in client.get(f"{room.page.url}step/2/").text
    assert not {room.told["id"], room.asked["id"]} & standing(learner, Lesson(room.page)).done


def test_next_checks_first_shows_what_is_wrong_and_then_goes_on(reader, room):
    first = room.filled(reader).press("next", follow=True)
    assert "We checked what you chose" in first.text
    assert "About On paper." in first.text
    assert Sheet(reader, room.page, 2).press("next").url == f"{room.page.url}step/3/"


def test_next_goes_on_at_once_with_a_right_answer_and_hands_in_what_was_written(client, learner, room):
    sent = room.filled(client, "Into files").press("next", follow=True)
    assert sent.redirect_chain[-1][0] == f"{room.page.url}step/3/"
    assert "Your answer was right" in sent.text
    done = standing(learner, Lesson(room.page)).done
    assert {room.asked["id"], room.told["id"], room.linked["id"], room.page.steps[1].id} <= done
    assert room.listed["id"] not in done
    assert Attempt.objects.get().correct


def test_finish_keeps_what_stands_in_the_last_step(reader):
    asked = task("text")
    page = make_module(step("One", asked))
    assert Sheet(reader, page, 1).write(asked, STORY).press("next").url == f"{page.url}done/"
    assert Sheet(reader, page, 1).fields[f"task-{asked['id']}"] == [STORY]


def test_a_link_that_is_none_is_kept_said_and_holds_nobody_up(reader, room):
    first = room.filled(reader, "Into files", link="my edit").press("next", follow=True)
    assert "not yet what the task asks for" in first.text
    assert "Give a whole address" in first.text
    assert room.shows(reader, "Into files", link="my edit")
    assert Sheet(reader, room.page, 2).press("next").url == f"{room.page.url}step/3/"
    assert room.shows(reader, "Into files", link="my edit")


def test_pressing_twice_is_the_same_as_once(client, learner, room):
    opened = room.filled(client)
    opened.press("next")
    opened.press("next")
    assert Attempt.objects.count() == 1
    assert room.shows(client)


def test_a_page_that_was_open_for_long_takes_nothing_back(client, learner, room):
    old = Sheet(client, room.page, 2)
    room.filled(client).press("keep")
    old.tick(room.listed, room.items[1]).press("next")
    sheet = Sheet(client, room.page, 2)
    assert sheet.fields[f"checklist-{room.listed['id']}"] == room.items
    assert sheet.fields[f"task-{room.told['id']}"] == [STORY]


def test_of_two_windows_that_write_into_one_field_both_texts_are_kept(reader, room):
    one, other = Sheet(reader, room.page, 2), Sheet(reader, room.page, 2)
    one.write(room.told, "From the telephone.").press("keep")
    other.write(room.told, "From the laptop.").press("next")
    sheet = Sheet(reader, room.page, 2)
    assert sheet.fields[f"task-{room.told['id']}"] == ["From the laptop."]
    assert "From the telephone." in sheet.text


def test_a_text_that_is_too_long_is_kept_to_be_cut(client, learner, room):
    sent = Sheet(client, room.page, 2).write(room.told, "x" * 10_000).press("next", follow=True)
    assert "This is 7000 characters too long: please keep it to 3000." in sent.text
    assert Sheet(client, room.page, 2).fields[f"task-{room.told['id']}"] == ["x" * 10_000]
    assert room.told["id"] not in standing(learner, Lesson(room.page)).done


@pytest.mark.parametrize("signed_in", [True, False])
def test_no_text_is_cut(client, room, signed_in):
    if signed_in:
        client.force_login(somebody())
    long = "ab " * 30_000 + "the end"
    Sheet(client, room.page, 2).write(room.told, long).press("keep")
    assert Sheet(client, room.page, 2).fields[f"task-{room.told['id']}"] == [long]


def test_a_text_that_is_too_long_to_be_kept_is_shown_to_be_copied(client, learner, room):
    Sheet(client, room.page, 2).write(room.told, STORY).press("keep")
    long = "ab " * 40_000 + "the end"
    sent = Sheet(client, room.page, 2).write(room.told, long).press("next")
    assert sent.status_code == 413
    assert f"{long}</textarea>" in sent.text
    assert Sheet(client, room.page, 2).fields[f"task-{room.told['id']}"] == [STORY]


def test_a_handed_in_text_that_is_emptied_is_open_again(client, learner, room):
    room.filled(client, "Into files").press("next")
    Sheet(client, room.page, 2).write(room.told, "").press("next")
    assert room.told["id"] not in standing(learner, Lesson(room.page)).done
    assert Sheet(client, room.page, 2).fields[f"task-{room.told['id']}"] == [""]


# --- the author changes the lesson meanwhile


def test_a_step_put_before_this_one_changes_nothing_for_who_is_in_it(reader, room):
    opened = room.filled(reader, "Into files")
    one, two, three = room.page.steps.raw_data
    room.put(step("New"), one, two, three)
    assert opened.press("next").url == f"{room.page.url}step/4/"
    assert Sheet(reader, room.page, 3).fields[f"task-{room.told['id']}"] == [STORY]


def test_a_step_that_was_moved_keeps_everything_and_goes_on_from_where_it_is_now(reader, room):
    opened = room.filled(reader, "Into files")
    one, two, three = room.page.steps.raw_data
    room.put(two, one, three)
    assert opened.press("next").url == f"{room.page.url}step/2/"
    assert Sheet(reader, room.page, 1).fields[f"task-{room.told['id']}"] == [STORY]


def test_a_part_that_was_moved_to_another_step_keeps_what_was_written_in_it(reader, room):
    opened = room.filled(reader)
    one, _two, three = room.page.steps.raw_data
    room.put(one, step("Other"), {**three, "value": step("Three", room.told)["value"]})
    assert opened.press("next").url == room.page.url
    assert Sheet(reader, room.page, 3).fields[f"task-{room.told['id']}"] == [STORY]


def test_what_was_written_in_a_step_that_was_taken_out_is_shown_on_the_first_page(reader, room):
    opened = room.filled(reader)
    one, _two, three = room.page.steps.raw_data
    room.put(one, three)
    shown = opened.press("next", follow=True)
    assert "What you wrote there is kept" in shown.text
    assert "Nine people came &lt;3." in shown.text
    assert "What you wrote in parts that are no longer in this lesson" in reader.get(room.page.url).text


def test_a_lesson_that_was_unpublished_keeps_what_was_written(client, learner, room):
    opened = room.filled(client)
    room.page.unpublish()
    shown = opened.press("next", follow=True)
    assert "This lesson is not open at the moment" in shown.text
    assert Progress.objects.get(block=room.told["id"]).state["evidence"] == STORY


def test_when_the_last_thing_to_do_is_taken_out_the_lesson_is_finished(
    client, learner, django_capture_on_commit_callbacks
):
    page = make_module(step("One"), step("Two", question()))
    for number in (1, 2):
        Sheet(client, page, number).press("next")
    assert not Completion.objects.exists()
    page.steps = [page.steps.raw_data[0], {**page.steps.raw_data[1], "value": step("Two", text())["value"]}]
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert Completion.objects.get().user == learner
    assert page.title in client.get("/en/my/learning/").text


def test_every_night_lessons_are_looked_at_again_and_an_empty_one_is_nobodys_achievement(client, learner):
    page = make_module(step("One"), step("Two"))
    Sheet(client, page, 1).press("next")
    type(page).objects.filter(pk=page.pk).update(steps="[]")
    assert complete_lessons() == 0
    page.steps = page.steps.raw_data[:1]
    type(page).objects.filter(pk=page.pk).update(steps=page.steps)
    assert complete_lessons() == 1
    assert complete_lessons() == 0
    assert Completion.objects.count() == 1
    assert not Notification.objects.exists()


# --- the session ends meanwhile


def sign_in(client: Client, user, url: str):
    """Signs in by the form of the page to which the learner was sent."""
    data = {"login": user.email, "password": "correct horse battery"}
    return client.post(url, data, follow=True)


def test_a_session_that_ended_keeps_what_was_typed_across_the_sign_in_and_says_so(client, learner, room):
    opened = room.filled(client)
    client.logout()
    sent = opened.press("next", follow=True)
    assert "You were signed out in the meantime. What you entered is kept" in sent.text
    assert not Progress.objects.exists()
    # Somebody else at this computer sees none of it.
    assert "Nine people" not in client.get(f"{room.page.url}step/2/").text
    back = sign_in(client, learner, sent.redirect_chain[-1][0])
    assert back.redirect_chain[-1][0].startswith(f"{room.page.url}step/2/")
    assert "What you entered in lessons before you signed in is kept with your account now." in back.text
    assert room.shows(client)
    assert Attempt.objects.get().user == learner


def test_what_was_typed_under_one_account_never_reaches_another(client, learner, room):
    opened = room.filled(client)
    client.logout()
    sent = opened.press("next", follow=True)
    sign_in(client, somebody(), sent.redirect_chain[-1][0])
    assert not Progress.objects.exists()
    assert "Nine people" not in client.get(f"{room.page.url}step/2/").text


def test_what_was_kept_before_signing_in_for_the_first_time_becomes_the_accounts(client, room):
    room.filled(client).press("next")
    user = somebody()
    response = sign_in(client, user, f"/en/account/login/?next={room.page.url}step/2/")
    assert "is kept with your account now" in response.text
    assert room.shows(client)
    assert Attempt.objects.get().user == user
    assert Study.objects.get().user == user


def test_what_an_account_holds_already_is_not_written_over_at_sign_in(client, learner, room):
    room.filled(client, "Into files").press("next")
    client.logout()
    Sheet(client, room.page, 2).write(room.told, "Later, at home.").tick(room.listed, room.items[1]).press(
        "back"
    )
    client.force_login(learner)
    sheet = Sheet(client, room.page, 2)
    assert sheet.fields[f"task-{room.told['id']}"] == ["Later, at home."]
    assert "Nine people came" in sheet.text
    assert sheet.fields[f"checklist-{room.listed['id']}"] == room.items
    assert room.told["id"] in standing(learner, Lesson(room.page)).done


def test_who_only_reads_gets_no_session(client):
    page = make_module(step("One"), step("Two", question()), step("Three"))
    client.get(f"{page.url}step/1/")
    Sheet(client, page, 2).press("next")
    assert not client.cookies


def test_a_form_on_another_site_changes_nothing(client, learner, room):
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {}):
        assert room.filled(client).press("next", headers=headers).status_code == 403
    assert not Progress.objects.exists()
    assert room.filled(client).press("next", headers={"origin": "http://testserver"}).status_code == 302


def test_a_form_token_that_was_changed_by_a_sign_in_elsewhere_does_not_matter(learner, room):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner)
    assert room.filled(strict).press("next").status_code == 302
    assert room.shows(strict)


def test_garbage_does_no_harm(client, learner, room):
    action = Sheet(client, room.page, 2).action
    for fields in (
        {"was-question-": "x", "do": "next"},
        {"was-task-" + "x" * 50: "", "do": "check"},
        {"was-nonsense-1": "", "was": "", "was-task": "", "do": "check:nothing"},
        {f"was-task-{room.told['id']}": "", f"task-{room.told['id']}": "a\x00b", "do": "keep"},
        {"do": "unknown:x"},
        {"do": "show:<script>"},
    ):
        assert client.post(action, fields, headers=HERE).status_code in (200, 302)
    assert client.get(action).status_code == 405


# --- the words about how far somebody is


def test_four_of_eight_done_is_said_beside_the_step_that_is_open(client, learner):
    page = make_module(*(step(f"Step {number}", minutes=5) for number in range(1, 9)))
    for number in (2, 3, 4, 5):
        Sheet(client, page, number).press("next")
    Study.objects.update(step=page.steps[4].id)
    found = continue_for(learner, "en")
    assert (found.next_step, found.current, found.total) == ("Step 1", 5, 8)
    assert found.label == "4 of 8 steps done · 20 minutes left"
    assert found.url == f"{page.url}step/1/"
    assert "20 minutes left" in client.get(f"{page.url}step/1/").text


def test_messages_are_read_once(client, learner, room):
    sent = room.filled(client).press("next", follow=True)
    assert len(list(get_messages(sent.wsgi_request))) <= 1
    assert "We checked what you chose" not in client.get(f"{room.page.url}step/2/").text
