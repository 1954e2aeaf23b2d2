"""Every form of the editors' admin from nothing to nothing, by the lowest role that should, with what goes wrong.

Forms are read from their pages and sent as a browser would; what others may do is asked with the same forms.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from foundation.accounts.constants import Role
from tests.desk.forms import Form, read, said
from tests.desk.stories import STORIES, FormStory, Typed
from tests.factories.accounts import UserFactory, prove

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def desk(role: Role | None) -> Client:
    client = Client()
    if role is not None:
        client.force_login(UserFactory(role=role))
        prove(client)
    return client


def rows(model: Any) -> list[dict[str, Any]]:
    """Everything that is kept of a kind."""
    return list(model._default_manager.order_by("pk").values())


def asked(typed: Typed) -> dict[str, Any]:
    return {name: value() if callable(value) else value for name, value in typed.items()}


def written(client: Client, story: FormStory, **instead: Any) -> Form:
    """The form as somebody who makes a thing fills it in."""
    form = read(client, story.address("add"))
    for prefix, row in story.rows.items():
        number = form.values[f"{prefix}-TOTAL_FORMS"][0]
        form.add(prefix)
        form.fill(**{f"{prefix}-{number}-{name}": value for name, value in asked(row).items()})
    return form.fill(**asked({**story.whole, **instead}))


def make(client: Client, story: FormStory) -> Any:
    """A thing that is made with the form."""
    form = written(client, story)
    before = {row["pk"] for row in story.model._default_manager.values("pk")}
    answer = form.send()
    assert answer.status_code == 302, said(answer)
    return story.model._default_manager.exclude(pk__in=before).get()


def refused(answer: Any) -> bool:
    """Whether somebody was sent away."""
    return answer.status_code in (302, 403, 404)


def lost(answer: Any, form: Form, typed: Typed) -> dict[str, Any]:
    """What was typed and is not on the page that comes back. Files and passwords are never sent back."""
    again = Form(form.client, form.address, answer.text)
    names = set(typed) - {"file", "password1", "password2"}
    both = {name: (texts(form, name), texts(again, name)) for name in names}
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}


def texts(form: Form, name: str) -> list[str]:
    return [str(value) for value in form.values.get(name, [])]


NAMES = [f"{story.name}-{story.model.__name__}" for story in STORIES]
each_story = pytest.mark.parametrize("story", STORIES, ids=NAMES)


@each_story
def test_a_thing_is_made_changed_and_deleted(story: FormStory) -> None:
    client = desk(story.role)
    index = client.get(story.address("index")).text
    assert story.door.rstrip("/") in index, "nothing leads to the form"
    made = make(client, story)
    for what in ("edit", *story.more):
        assert client.get(story.address(what, made.pk)).status_code == 200, what
    assert str(made) in client.get(story.address("index")).text
    if story.change:
        form = read(client, story.address("edit", made.pk)).fill(**asked(story.change))
        answer = form.send()
        assert answer.status_code == 302, said(answer)
        for name in story.change:
            assert form.values[name] == read(client, story.address("edit", made.pk)).values[name]
    if story.copy is not None:
        copied = read(client, story.address("copy", made.pk)).fill(**asked(story.copy))
        count = story.model._default_manager.count()
        answer = copied.send()
        assert answer.status_code == 302, said(answer)
        assert story.model._default_manager.count() == count + 1
    client = desk(story.deletes or story.role)
    read(client, story.address("delete", made.pk)).send()
    gone = story.model._default_manager.filter(pk=made.pk).first()
    assert gone is None or gone.active is False


@each_story
def test_what_is_wrong_is_said_and_nothing_is_written(story: FormStory) -> None:
    client = desk(story.role)
    written(client, story)  # makes what it needs
    before = rows(story.model)
    if story.whole:
        answer = read(client, story.address("add")).send()
        assert answer.status_code in (200, 400, 422)
        assert said(answer)
        assert rows(story.model) == before
    for wrong, message in story.wrong:
        form = written(client, story, **asked(wrong))
        answer = form.send()
        assert answer.status_code in (200, 400, 422), (wrong, answer.status_code)
        assert message in said(answer), (wrong, said(answer))
        assert not lost(answer, form, {**story.whole, **wrong}), wrong
        assert rows(story.model) == before, wrong


@each_story
def test_what_is_wrong_in_a_change_changes_nothing(story: FormStory) -> None:
    client = desk(story.role)
    made = make(client, story)
    kept = rows(story.model)
    for wrong, message in story.wrong:
        form = read(client, story.address("edit", made.pk))
        if not set(wrong) <= form.names():
            continue
        answer = form.fill(**asked(wrong)).send()
        assert message in said(answer), (wrong, said(answer))
        assert not lost(answer, form, wrong)
        assert rows(story.model) == kept, wrong


@each_story
def test_who_should_not_does_not(story: FormStory) -> None:
    client = desk(story.role)
    made = make(client, story)
    adding = written(client, story).values
    changing = read(client, story.address("edit", made.pk)).fill(**asked(story.change)).values
    others = {role: desk(role) for role in (*story.refused, None)}
    kept = rows(story.model)
    for role, other in others.items():
        steps = [("add", (), adding), ("edit", (made.pk,), changing), ("delete", (made.pk,), {})]
        if story.copy is not None:
            steps.append(("copy", (made.pk,), adding))
        for what, arguments, sent in steps:
            address = story.address(what, *arguments)
            assert refused(other.get(address)) or (role in story.looks and what == "edit"), address
            assert refused(other.post(address, sent)), address
            assert rows(story.model) == kept, address
