"""Verbs live in services: what shows, and what is typed, writes nothing, and a state is changed by its flow alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import ROOMS, ROOT, TEMPLATES, files

WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "set",
}
# Parts of a room, by the name of a file or of a folder around it.
SHOWING = {
    "admin_forms",
    "blocks",
    "context_processors",
    "forms",
    "presenters",
    "selectors",
    "templatetags",
    "views",
    "viewsets",
}
# What looks like a write to a record and is none, with the reason.
NO_RECORD = {
    ("site/exchange/home/forms.py", "turned.save"): "a picture is drawn in memory",
}
# What a form asks itself, with the reason.
NO_QUESTION = {
    ("directory/forms/exchanges.py", "needs.exists"): "the rows that its page has chosen",
}
NO_MANAGER = {("site/exchange/templates/base.html", "{% if language.exists %}")}
# `state` of something that has no flow, with the reason.
NO_FLOW = {
    ("learning/services/progress.py", "row.state"): "what a learner entered in one part of a step",
    ("learning/services/progress.py", "records[kept.block].state"): "the same, in memory",
    (
        "learning/services/progress.py",
        "Progress.objects.filter(**{**mine, 'block__in': [written]}).update",
    ): "the same, in one statement",
    (
        "site/foundation/notifications/models/mail.py",
        "self.filter(pk=pk, state=MailState.WAITING, next_try__lte=now).update",
    ): "who sends a mail: a machine's claim, no move of a person's",
    ("site/foundation/notifications/models/mail.py", "found.update"): "the same, before its text goes out",
    (
        "site/exchange/demo/mentoring_pages.py",
        "self.state_since",
    ): "the day that the demonstration's file names",
}
THE_FLOW = "site/foundation/workflow/"

Found = tuple[str, str]  # file, expression


def shows(file: Path) -> bool:
    """Whether a module is of the parts that show or ask."""
    return bool({file.stem, *(folder.name for folder in file.relative_to(ROOT).parents)} & SHOWING)


def imported(tree: ast.AST) -> set[str]:
    """Names of modules that a module has imported: a call of theirs is a call of a verb."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if (alias.asname or alias.name).islower()
    }


def writes(source: str) -> Iterator[str]:
    """The calls that write a record. `update` of a dict or set takes values without names, that of a query only with
    names."""
    tree = ast.parse(source)
    verbs = {*imported(tree), "self"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            if isinstance(node.func.value, ast.Name) and node.func.value.id in verbs:
                continue
            if node.func.attr == "update" and node.args:
                continue
            yield ast.unparse(node.func)


def asks(source: str) -> Iterator[str]:
    """What asks the database; a field of a form begins with no rows at all."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = ast.unparse(node.func)
            manager = any(name in called.split(".") for name in ("objects", "_default_manager"))
            if (manager and node.func.attr != "none") or node.func.attr in ("filter", "exclude", "exists"):
                yield called


def states(source: str) -> Iterator[str]:
    """What gives a state another value."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            if node.attr in ("state", "state_since"):
                yield ast.unparse(node)
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            told = {word.arg for word in node.keywords}
            if name == "update" and told & {"state", "state_since"}:
                yield ast.unparse(node.func)
            if name in ("setattr", "bulk_update") and any(
                isinstance(each, ast.Constant) and each.value in ("state", "state_since")
                for argument in node.args
                for each in ast.walk(argument)
            ):
                yield ast.unparse(node.func)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("row.save()", ["row.save"]),
        ("Row.objects.filter(a=1).update(b=2)", ["Row.objects.filter(a=1).update"]),
        ("Row.objects.update_or_create(a=1)", ["Row.objects.update_or_create"]),
        ("form.save()\nrow.parts.set([1])", ["form.save", "row.parts.set"]),
        ("from room import services\nservices.save(row)\nservices.delete(row)", []),
        ("known.update({'a': 1})\nknown.add(2)", []),
        ("from room.models import Row\nRow.delete()", ["Row.delete"]),
    ],
)
def test_a_call_that_writes_is_told_from_one_of_a_verb(source: str, found: list[str]) -> None:
    assert list(writes(source)) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("row.state = 'open'", ["row.state"]),
        ("a.state, a.state_since = b.state, now", ["a.state", "a.state_since"]),
        ("rows.update(state='open')", ["rows.update"]),
        ("setattr(row, 'state', 'open')", ["setattr"]),
        ("Row.objects.bulk_update(rows, ['state'])", ["Row.objects.bulk_update"]),
        ("row = Row(state=FLOW.initial)\nrows.filter(state='open').update(seen=1)", []),
    ],
)
def test_a_state_that_is_set_by_hand_is_found(source: str, found: list[str]) -> None:
    assert list(states(source)) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Row.objects.all()", ["Row.objects.all"]),
        ("Row.objects.open().of(user)", ["Row.objects.open().of", "Row.objects.open"]),
        ("person.rows.filter(side='offers')", ["person.rows.filter"]),
        ("choice = Field(queryset=Row.objects.none())", []),
        ("chosen = [row.pk for row in person.rows.all()]", []),
    ],
)
def test_a_question_to_the_database_is_found(source: str, found: list[str]) -> None:
    assert list(asks(source)) == found


def test_forms_ask_the_database_through_selectors() -> None:
    """Those of the admin look for what is taken already, as Django's forms of models do."""
    found: set[Found] = {
        (str(file.relative_to(ROOT)), call)
        for file in files(ROOMS, "py")
        if "forms" in (file.stem, file.parent.name) and "admin" not in file.parts
        for call in asks(file.read_text())
    }
    assert found == set(NO_QUESTION)


def test_templates_ask_the_database_nothing() -> None:
    """Rows are read where the page is put together: a related manager in a template is a query that nobody sees."""
    manager = re.compile(r"{[{%][^}]*\.(?:all|exists|values)\b(?!\s*=)[^}]*[%}]}")
    found = {
        (str(file.relative_to(ROOT)), call.group())
        for file in files(TEMPLATES, "html")
        for call in manager.finditer(file.read_text())
    }
    assert found == NO_MANAGER


def test_what_shows_or_asks_writes_nothing() -> None:
    found: set[Found] = {
        (str(file.relative_to(ROOT)), call)
        for file in files(ROOMS, "py")
        if shows(file)
        for call in writes(file.read_text())
    }
    assert found == set(NO_RECORD)


def test_a_state_is_changed_by_its_flow_alone() -> None:
    found: set[Found] = {
        (name, expression)
        for file in files(ROOMS, "py")
        if not (name := str(file.relative_to(ROOT))).startswith(THE_FLOW) and "/migrations/" not in name
        for expression in states(file.read_text())
    }
    assert found == set(NO_FLOW)
