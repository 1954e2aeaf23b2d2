"""The shipped list of capacities keeps its own rules. Reads the file; needs no database."""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

CAPACITIES = Path(__file__).resolve().parents[2] / "directory" / "taxonomy" / "data" / "capacities.csv"
LANGUAGES = ("en", "es", "fr", "ar")
COLUMNS = [
    "slug",
    "parent",
    "order",
    "wikidata",
    *(f"label_{language}" for language in LANGUAGES),
    *(f"alt_{language}" for language in LANGUAGES),
    "definition_en",
]
ARABIC = re.compile(r"[\u0600-\u06ff]")

Row = dict[str, str]


def alternatives(row: Row, language: str) -> list[str]:
    return [phrase for phrase in row[f"alt_{language}"].split("|") if phrase]


def depth(row: Row, by_slug: dict[str, Row]) -> int:
    level = 1
    while row["parent"]:
        row = by_slug[row["parent"]]
        level += 1
        assert level <= len(by_slug), f"{row['slug']} is its own ancestor"
    return level


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with CAPACITIES.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        loaded = list(reader)
        assert reader.fieldnames == COLUMNS
    return loaded


@pytest.fixture(scope="module")
def by_slug(rows: list[Row]) -> dict[str, Row]:
    return {row["slug"]: row for row in rows}


def test_there_are_enough_capacities_to_start_with(rows: list[Row]) -> None:
    assert len(rows) >= 130


def test_slugs_are_unique_and_in_kebab_case(rows: list[Row], by_slug: dict[str, Row]) -> None:
    assert len(by_slug) == len(rows)
    assert [slug for slug in by_slug if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []


def test_every_parent_stands_before_its_children(rows: list[Row]) -> None:
    seen: set[str] = set()
    for row in rows:
        assert not row["parent"] or row["parent"] in seen, row["slug"]
        seen.add(row["slug"])


def test_the_tree_has_three_levels(rows: list[Row], by_slug: dict[str, Row]) -> None:
    assert {depth(row, by_slug) for row in rows} == {1, 2, 3}


def test_siblings_are_numbered_from_one_without_gaps(rows: list[Row]) -> None:
    orders: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        orders[row["parent"]].append(int(row["order"]))
    for parent, numbers in orders.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), parent


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_capacity_has_a_label_of_its_own(rows: list[Row], language: str) -> None:
    labels = [row[f"label_{language}"] for row in rows]
    assert all(label and label == label.strip() for label in labels)
    assert len({label.casefold() for label in labels}) == len(labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_leads_to_two_capacities(rows: list[Row], language: str) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for phrase in [row[f"label_{language}"], *alternatives(row, language)]:
            assert phrase == phrase.strip(), row["slug"]
            owners[phrase.casefold()].add(row["slug"])
    assert {phrase: slugs for phrase, slugs in owners.items() if len(slugs) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_capacities_have_other_names(rows: list[Row], language: str) -> None:
    with_alternatives = [row for row in rows if alternatives(row, language)]
    assert len(with_alternatives) > 0.9 * len(rows)


def test_arabic_labels_are_in_arabic_script(rows: list[Row]) -> None:
    assert [row["slug"] for row in rows if not ARABIC.search(row["label_ar"])] == []


def test_labels_are_in_sentence_case(rows: list[Row]) -> None:
    # Three capitalised words in a row; names of tools are written otherwise ("&", "for").
    title_case = re.compile(r"^(?:[A-Z][a-z]+ ){2,}[A-Z][a-z]+$")
    assert [row["slug"] for row in rows if title_case.match(row["label_en"])] == []


def test_definitions_are_one_plain_sentence(rows: list[Row]) -> None:
    for row in rows:
        definition = row["definition_en"]
        assert 12 <= len(definition.split()) <= 30, row["slug"]
        assert definition.endswith("."), row["slug"]
        assert "!" not in definition, row["slug"]


def test_wikidata_identifiers_are_empty_or_well_formed_and_used_once(rows: list[Row]) -> None:
    identifiers = [row["wikidata"] for row in rows if row["wikidata"]]
    assert all(re.fullmatch(r"Q[1-9]\d*", identifier) for identifier in identifiers)
    assert len(set(identifiers)) == len(identifiers)
