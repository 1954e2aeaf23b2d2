"""A translator hands in, a moderator publishes, readers read it; nothing is read before."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowState
from wagtail_localize.models import StringSegment, Translation

from foundation.accounts.constants import Role
from learning.models import Caption, TrainingModulePage, WebinarPage
from tests.factories.accounts import UserFactory
from tests.factories.learning import VTT, make_module, make_webinar, translate

pytestmark = pytest.mark.django_db
TITLE = "Un buen encuentro sin conexión"


def desk(role: Role) -> Client:
    client = Client()
    client.force_login(UserFactory(role=role))
    return client


def goal_of(page: Any) -> Translation:
    return Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)


def say(goal: Translation, path: str, words: str, by: Client) -> None:
    """Writes one sentence, as the editor's button does."""
    segment = StringSegment.objects.get(source=goal.source, context__path=path)
    address = reverse("wagtail_localize:edit_string_translation", args=[goal.pk, segment.pk])
    assert by.put(address, f"value={words}", "application/x-www-form-urlencoded").status_code in (200, 201)


def editor(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def send(goal: Translation, by: Client) -> Any:
    return by.post(reverse("hand_in_translation", args=[goal.pk]), follow=True)


def asked(page: Any) -> Any:
    return TrainingModulePage.objects.get(pk=page.pk).current_workflow_task_state


@pytest.fixture
def page() -> Any:
    return translate(make_module(), "es", publish=False)


def test_what_a_translator_hands_in_is_published_by_a_moderators_yes(page: Any, index: Any) -> None:
    translator, goal = desk(Role.TRANSLATOR), goal_of(page)
    say(goal, "title", TITLE, translator)
    assert "Hand in the translation" in translator.get(editor(page)).text
    assert "Handed in" in send(goal, translator).text
    assert TrainingModulePage.objects.get(pk=page.pk).live is False
    moderator = desk(Role.MODERATOR)
    assert TITLE in moderator.get(reverse("wagtailadmin_home")).text
    action = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", asked(page).pk])
    moderator.post(action)
    assert TITLE in Client().get(TrainingModulePage.objects.get(pk=page.pk).url).text


def test_a_moderator_who_publishes_in_the_editor_says_yes_to_it(
    page: Any, index: Any, django_capture_on_commit_callbacks: Any
) -> None:
    translator, goal = desk(Role.TRANSLATOR), goal_of(page)
    say(goal, "title", TITLE, translator)
    send(goal, translator)
    moderator = desk(Role.MODERATOR)
    assert "was handed in" in moderator.get(editor(page)).text
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        moderator.post(editor(page), {"action": "publish"})
    found = TrainingModulePage.objects.get(pk=page.pk)
    assert (found.live, found.title) == (True, TITLE)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert [letter.to for letter in mail.outbox] == [[WorkflowState.objects.get().requested_by.email]]


def test_a_translator_does_not_publish(page: Any) -> None:
    translator, goal = desk(Role.TRANSLATOR), goal_of(page)
    send(goal, translator)
    translator.post(editor(page), {"action": "publish"})
    assert TrainingModulePage.objects.get(pk=page.pk).live is False
    assert asked(page).status == "in_progress"


def test_changes_that_are_asked_for_are_read_and_handed_in_again(page: Any) -> None:
    translator, goal = desk(Role.TRANSLATOR), goal_of(page)
    send(goal, translator)
    action = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", asked(page).pk])
    desk(Role.MODERATOR).post(action, {"comment": "The title is a command."})
    shown = translator.get(editor(page)).text
    assert "The title is a command." in shown
    assert "Hand in again" in shown
    say(goal, "title", TITLE, translator)
    send(goal, translator)
    assert asked(page).status == "in_progress"
    assert asked(page).revision.as_object().title == TITLE


def test_handing_in_twice_asks_once_with_the_newer_words(page: Any) -> None:
    translator, goal = desk(Role.TRANSLATOR), goal_of(page)
    send(goal, translator)
    say(goal, "title", TITLE, translator)
    send(goal, translator)
    assert WorkflowState.objects.count() == 1
    assert asked(page).revision.as_object().title == TITLE


def test_a_published_translation_is_read_as_it_was_until_the_new_words_are_published(index: Any) -> None:
    made = translate(make_webinar(), "es", {"Working with a museum": "Con un museo"})
    goal, translator = goal_of(made), desk(Role.TRANSLATOR)
    before = list(made.captions.values_list("pk", "text"))
    # The original gets captions in one more language meanwhile.
    source = WebinarPage.objects.get(pk=goal.source.get_source_instance().pk)
    source.captions.add(Caption(language="fr", text=VTT))
    source.save_revision()
    source.save()
    goal.source.update_from_db()
    say(goal, "title", "Trabajar con un museo", translator)
    send(goal, translator)
    live = WebinarPage.objects.get(pk=made.pk)
    assert live.title == "Con un museo"
    assert list(live.captions.values_list("pk", "text")) == before
    assert live.has_unpublished_changes
    state = live.current_workflow_task_state
    desk(Role.MODERATOR).post(
        reverse("wagtailadmin_pages:workflow_action", args=[made.pk, "approve", state.pk])
    )
    live = WebinarPage.objects.get(pk=made.pk)
    assert live.title == "Trabajar con un museo"
    assert sorted(live.captions.values_list("language", flat=True)) == ["en", "fr"]
    assert Caption.objects.filter(page=source).count() == 2


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COORDINATOR, Role.MODERATOR])
def test_nobody_else_hands_in(page: Any, role: Role) -> None:
    answer = desk(role).post(reverse("hand_in_translation", args=[goal_of(page).pk]))
    assert answer.status_code in (302, 403)
    assert not WorkflowState.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"), [(Role.TRANSLATOR, False), (Role.EDITOR, False), (Role.MODERATOR, True)]
)
def test_only_who_publishes_is_offered_to_give_a_translation_up(
    page: Any, index: Any, role: Role, may: bool
) -> None:
    live = translate(make_module(), "es", {"A good offline event": TITLE})
    for made in (page, live):
        shown = desk(role).get(editor(made))
        props = json.loads(unescape(shown.text.split('data-props="')[1].split('"')[0]))
        assert bool(props["links"]["convertToAliasUrl"]) is may
        assert props["perms"]["canDelete"] is (may and props["perms"]["canDelete"])
        assert (".w-dropdown-button:first-child { display: none }" in shown.text) is not may
        assert ('id="hand-in"' in shown.text) is not may
    address = reverse("wagtail_localize:convert_to_alias", args=[live.pk])
    desk(role).post(address, {"next": "/admin/"})
    assert (TrainingModulePage.objects.get(pk=live.pk).alias_of_id is not None) is may


@pytest.mark.parametrize(("role", "may"), [(Role.TRANSLATOR, False), (Role.MODERATOR, True)])
def test_a_page_whose_translation_was_stopped_is_saved_before_all_else(
    page: Any, role: Role, may: bool
) -> None:
    Translation.objects.update(enabled=False)
    shown = desk(role).get(editor(page)).text
    footer = shown[shown.index("<footer") :]
    assert ("localize-convert-to-alias" in footer) is may
    assert footer.index("action-save") < footer.index("localize-restart-translation")


def test_a_translation_that_was_stopped_is_not_handed_in(page: Any) -> None:
    goal = goal_of(page)
    Translation.objects.update(enabled=False)
    assert send(goal, desk(Role.TRANSLATOR)).status_code == 404
