"""Every kind of page from nothing to nothing: written half, previewed, published, translated, unpublished, deleted.

The browser does it once, as the lowest role that should. What other roles may do with the same addresses is asked by
plain HTTP.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page as Window
from playwright.sync_api import expect
from wagtail.models import Page, get_page_models
from wagtail_localize.models import Translation

from foundation.accounts.constants import Role
from foundation.accounts.models import User
from mentoring.models import MentoringIndexPage, MentoringProgrammePage
from tests.browser import desk
from tests.browser.conftest import Visit
from tests.browser.house import House
from tests.browser.page_stories import STORIES, PageStory
from tests.factories.accounts import UserFactory

NAMES = [story.model.__name__ for story in STORIES]
TITLE, SPANISH = "Written from nothing", "Escrito de la nada"


def somebody(role: Role) -> Any:
    """A person of this role and no other; the demonstration's administrator may do everything without one."""
    address = f"{role.name.lower()}@walk.example"
    return User.objects.filter(email=address).first() or UserFactory(role=role, email=address)


def as_role(role: Role) -> Client:
    """Somebody of this role, signed in without a browser."""
    client = Client()
    client.force_login(somebody(role))
    return client


def adding(story: PageStory) -> str:
    """Where the page is made."""
    return f"/admin/pages/add/{story.model._meta.label_lower.replace('.', '/')}/{story.parent().pk}/"


def test_every_kind_of_page_has_a_story() -> None:
    assert {story.model for story in STORIES} == {model for model in get_page_models() if model is not Page}


@pytest.mark.parametrize("story", STORIES, ids=NAMES)
def test_a_page_is_made_from_nothing(story: PageStory, site: House, visit: Visit, settings: Any) -> None:
    # The desk would save by itself at moments of its own; with the button each step ends when it is done.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    author = visit(somebody(story.role))
    made = write(author, story)
    preview(author, made)
    history(author, made)
    moderator = as_role(Role.MODERATOR)
    if not story.publishes:
        approve(moderator, made)
    made.refresh_from_db()
    assert made.live
    assert Client().get(made.url or f"/admin/pages/{made.pk}/view_draft/").status_code in (200, 302)
    translate(visit(somebody(Role.TRANSLATOR)), made)
    spanish = made.get_translations().get()
    approve(moderator, spanish)
    spanish.refresh_from_db()
    assert (spanish.live, spanish.title) == (True, SPANISH)
    take_back(as_role(Role.ADMINISTRATOR) if story.role == Role.ADMINISTRATOR else moderator, made)


def write(author: Window, story: PageStory) -> Any:
    """Half of it, left and opened again, then all of it, handed in."""
    author.goto(adding(story), wait_until="networkidle")
    author.locator("#id_title").press_sequentially(TITLE)
    expect(author.locator("#id_slug")).not_to_have_value("")  # it follows the title
    story.half(author)
    desk.save(author)
    made = story.model.objects.get(title=TITLE)
    assert not made.live
    author.goto(f"/admin/pages/{made.pk}/edit/")
    expect(author.locator("#id_title")).to_have_value(TITLE)
    done = "^Publish" if story.publishes else "Submit to"
    if not story.enough:
        desk.act(author, done)
        expect(author.locator(".messages")).to_contain_text("could not be")
        expect(author.locator("#id_title")).to_have_value(TITLE)
        made.refresh_from_db()
        assert not made.live
        assert not made.workflow_in_progress
    story.whole(author)
    desk.act(author, done)
    expect(author.locator(".messages")).to_contain_text(re.compile("published|submitted"))
    return story.model.objects.get(pk=made.pk)


def preview(author: Window, made: Any) -> None:
    """The panel shows the page, and every mode can be opened."""
    author.goto(f"/admin/pages/{made.pk}/edit/")
    author.get_by_label("Toggle preview").first.click()
    expect(author.frame_locator("#w-preview-iframe").locator("h1").first).to_be_visible(timeout=20_000)
    for mode, _label in made.get_latest_revision_as_object().preview_modes:
        answer = author.request.get(f"/admin/pages/{made.pk}/edit/preview/", params={"mode": mode})
        assert answer.ok, mode


def history(author: Window, made: Any) -> None:
    """What was saved when, and each version to look at."""
    author.goto(f"/admin/pages/{made.pk}/history/")
    expect(author.get_by_role("heading", level=1)).to_contain_text("History")
    first = made.revisions.earliest("pk")
    answer = author.request.get(f"/admin/pages/{made.pk}/revisions/{first.pk}/view/")
    assert answer.ok
    assert author.request.get(f"/admin/pages/{made.pk}/revisions/compare/{first.pk}...latest/").ok


def approve(moderator: Client, made: Any) -> None:
    """A moderator publishes what was handed in."""
    made = made.specific_class.objects.get(pk=made.pk)
    state = made.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[made.pk, "approve", state.pk])
    assert moderator.post(address).status_code == 302


def translate(translator: Window, made: Any) -> None:
    """A translation is begun from the page's menu, its editor opens with every preview, and its title is translated."""
    translator.goto(f"/admin/pages/{made.pk}/")
    translator.locator("header").get_by_role("button", name="Actions").first.click()
    translator.get_by_role("link", name="Translate this page").click()
    translator.get_by_label("Español").check()
    translator.get_by_role("button", name="Submit").click()
    editor = translator.locator(".js-translation-editor")
    expect(editor).to_contain_text(TITLE)
    words = editor.locator("li").filter(has_text=TITLE).last
    words.get_by_role("button", name="Translate").click()
    words.locator("textarea").fill(SPANISH)
    words.get_by_role("button", name="Save").click()
    expect(words.get_by_role("button", name="Edit")).to_be_visible()
    known = Translation.objects.get(source__object_id=made.translation_key, target_locale__language_code="es")
    for mode, _label in made.preview_modes:
        address = f"/admin/localize/translate/{known.pk}/preview/" + (f"{mode}/" if mode else "")
        assert translator.request.get(address).ok, mode
    expect(
        translator.locator("#handing-in-panel ~ .js-translation-editor")
    ).to_be_visible()  # above the sentences
    foot = translator.locator(".footer__container")
    expect(foot.get_by_text("Convert to alias page")).to_have_count(0)
    expect(foot.get_by_role("button", name="Stop Synced translation")).to_be_hidden()
    foot.get_by_role("button", name="Hand in the translation").click()
    expect(translator.locator(".messages")).to_contain_text("Handed in")


def take_back(moderator: Client, made: Any) -> None:
    """Unpublished, then deleted with its translations."""
    moderator.post(f"/admin/pages/{made.pk}/unpublish/")
    made.refresh_from_db()
    assert not made.live
    for page in (made, *made.get_translations()):
        moderator.post(f"/admin/pages/{page.pk}/delete/")
    assert not Page.objects.filter(translation_key=made.translation_key).exists()


REFUSED = [
    (story, role)
    for story in STORIES
    for role in (Role.MEMBER, Role.TRANSLATOR, Role.COORDINATOR)
    if role != story.role
]


def test_nobody_else_makes_a_page(site: House) -> None:
    known = {role: as_role(role) for role in (Role.MEMBER, Role.TRANSLATOR, Role.COORDINATOR)}
    for story, role in REFUSED:
        for send in (known[role].get, known[role].post):
            answer = send(adding(story), {"title": TITLE, "slug": "from-nothing"})
            assert answer.status_code in (302, 403), (story.model, role)
    assert not Page.objects.filter(title=TITLE).exists()


def test_nobody_else_takes_a_page_away(site: House) -> None:
    # Coordinators look after the page of mentoring and what is below it.
    theirs = {(MentoringIndexPage, Role.COORDINATOR), (MentoringProgrammePage, Role.COORDINATOR)}
    known = {role: as_role(role) for role in (Role.MEMBER, Role.TRANSLATOR, Role.EDITOR, Role.COORDINATOR)}
    for story in STORIES:
        page = story.model.objects.filter(live=True).earliest("pk")
        for role, client in known.items():
            if (story.model, role) in theirs:
                continue
            for action in ("unpublish", "delete", "lock", "privacy"):
                client.post(f"/admin/pages/{page.pk}/{action}/", {"restriction_type": "login"})
                kept = Page.objects.get(pk=page.pk)
                assert kept.live, (story.model, role, action)
                assert not kept.locked, (story.model, role, action)
                assert not kept.get_view_restrictions(), (story.model, role, action)
