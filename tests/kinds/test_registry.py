"""How kinds are declared and found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from foundation.kinds import registry
from foundation.kinds.constants import Answer, Family
from foundation.kinds.registry import Kind

ROOT = Path(__file__).resolve().parents[2]


def test_an_installed_app_is_asked_for_its_kinds_and_documents() -> None:
    """In a process of its own, with the made-up room in INSTALLED_APPS."""
    told = """
import django
from django.conf import settings
from exchange.settings import test
test.INSTALLED_APPS.append("tests.kinds.toolkits")
django.setup()
from foundation.kinds import registry
from search.documents import document_types
print(registry.get("toolkit").plural, "toolkit" in document_types())
"""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "exchange.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["Toolkits", "True"]


def test_the_kinds_stand_in_their_order() -> None:
    assert registry.names() == (
        "lesson",
        "recording",
        "course",
        "person",
        "organisation",
        "offer",
        "need",
        "mentor",
        "grant",
        "capacity",
        "page",
    )


def test_a_family_is_listed_after_the_other() -> None:
    assert registry.names_of(Family.PEOPLE, Family.LEARNING) == (
        "person",
        "organisation",
        "mentor",
        "lesson",
        "recording",
        "course",
    )
    assert registry.answering(Answer.ASK) == ("person", "organisation", "offer", "mentor")


def test_a_name_is_taken_once() -> None:
    lesson = registry.get("lesson")
    assert registry.register(lesson) is lesson  # a module that is imported again
    with pytest.raises(ValueError, match="'lesson' already"):
        registry.register(Kind("lesson", "Lesson", "Lessons", icon="book"))


def test_an_unknown_side_is_refused_with_the_choice() -> None:
    with pytest.raises(ValueError, match="learning, people"):
        registry.register(Kind("toy", "Toy", "Toys", icon="book", side="fun"))
    assert registry.find("toy") is None


def test_a_kind_that_nobody_declares_is_named_in_the_error() -> None:
    with pytest.raises(KeyError, match="no kind 'lessn'; there are lesson, recording"):
        registry.get("lessn")
