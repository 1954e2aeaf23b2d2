"""What cannot be done is said in one way: beside the form, at its field, or above the next page."""

from __future__ import annotations

import ast
import importlib
import pkgutil

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.test import RequestFactory

from foundation.errors import UserFacingError
from foundation.messages import explained
from tests.house.sources import ROOMS, ROOT, files
from tests.house.test_writing import shows

# Who has asked already is led to where it stands: more than a sentence.
LEADS_ON = {("directory/views/exchanges.py", "AlreadyAsked")}


class WhenForm(forms.Form):
    """One field."""

    when = forms.CharField()


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    request = rf.post("/")
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def sentences(request: HttpRequest) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in get_messages(request)]


@pytest.fixture
def form() -> WhenForm:
    bound = WhenForm({"when": "yesterday"})
    assert bound.is_valid()
    return bound


def test_without_a_form_it_is_said_above_the_next_page(request_: HttpRequest) -> None:
    with explained(request_) as attempt:
        raise UserFacingError("That is past.")
    assert (attempt.problem, sentences(request_)) == ("That is past.", [("warning", "That is past.")])


@pytest.mark.parametrize(("field", "place"), [(None, "__all__"), ("when", "when")])
def test_with_a_form_it_is_said_beside_what_was_typed(
    request_: HttpRequest, form: WhenForm, field: str | None, place: str
) -> None:
    with explained(request_, form, field):
        raise UserFacingError("That is past.")
    assert dict(form.errors) == {place: ["That is past."]}
    assert sentences(request_) == []


def test_without_a_request_the_page_has_its_own_place_for_it() -> None:
    with explained() as attempt:
        raise UserFacingError("That is past.")
    assert attempt.problem == "That is past."


def test_nothing_is_said_of_what_was_done_and_other_errors_are_no_sentences(request_: HttpRequest) -> None:
    with explained(request_) as attempt:
        pass
    assert (attempt.problem, sentences(request_)) == ("", [])
    with pytest.raises(ZeroDivisionError), explained(request_):
        raise ZeroDivisionError("division by zero")


def kinds_of_error() -> set[str]:
    """The names of all errors whose text is for people."""
    for room in ("directory", "learning", "mentoring", "search", "foundation.workflow"):
        package = importlib.import_module(room)
        if "errors" in {module.name for module in pkgutil.iter_modules(package.__path__)}:
            importlib.import_module(f"{room}.errors")
    waiting, found = [UserFacingError], set()
    while waiting:
        kind = waiting.pop()
        found.add(kind.__name__)
        waiting += kind.__subclasses__()
    return found


def test_no_page_says_it_in_a_way_of_its_own() -> None:
    known = kinds_of_error()
    assert {"NotPossible", "TransitionError", "EnrolmentError", "CannotSave", "TaxonomyError"} <= known
    found = {
        (str(file.relative_to(ROOT)), name)
        for file in files(ROOMS, "py")
        if shows(file) or "admin" in file.parts
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ExceptHandler) and node.type is not None
        for each in ast.walk(node.type)
        if (name := getattr(each, "attr", getattr(each, "id", ""))) in known
    }
    assert found == LEADS_ON
