"""Small things that every room needs stand once, and other rooms import them."""

from __future__ import annotations

import ast
from collections import defaultdict

import pytest

from tests.house.sources import ROOMS, ROOT, files

# Where each of them stands. Names of languages and lengths of time were told in two ways by two rooms.
ONCE = {
    "language_name": "site/foundation/l10n/languages.py",
    "languages_text": "site/foundation/l10n/languages.py",
    "country_name": "site/foundation/l10n/languages.py",
    "in_a_row": "site/foundation/l10n/lists.py",
    "listed": "site/foundation/l10n/lists.py",
    "clock": "site/foundation/l10n/times.py",
    "hours_apart": "site/foundation/l10n/times.py",
    "minutes_text": "site/foundation/l10n/times.py",
    "person_of": "directory/services/people.py",
    "one_line": "directory/taxonomy/concepts.py",
    "slug_in_words": "directory/models/capacity.py",
    "facts_by_language": "search/documents.py",
}
# A template's filter has the name of what it calls; a saved search lists its answers.
CALLS_IT = {"site/foundation/design/templatetags/design_words.py", "search/saved/services.py"}


@pytest.fixture(scope="module")
def places() -> dict[str, set[str]]:
    """The modules in which functions of each name stand at the top."""
    found = defaultdict(set)
    for file in files(ROOMS, "py"):
        name = str(file.relative_to(ROOT))
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.FunctionDef) and name not in CALLS_IT:
                found[node.name].add(name)
    return found


@pytest.mark.parametrize("name", ONCE)
def test_it_stands_in_one_place(name: str, places: dict[str, set[str]]) -> None:
    assert places[name] == {ONCE[name]}
