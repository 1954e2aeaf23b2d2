"""CSV, Turtle and JSON-LD say the same, and say what they cannot read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import Unreadable
from directory.models import Capacity, CapacityText
from directory.taxonomy import tables
from directory.taxonomy.concepts import Concept, stored
from directory.taxonomy.formats import FORMATS, read, write
from directory.taxonomy.importer import SHIPPED, import_capacities
from tests.factories.directory import CapacityFactory

SUFFIX = {"csv": "csv", "turtle": "ttl", "jsonld": "jsonld"}


def said(concepts: list[Concept]) -> list[tuple[object, ...]]:
    """All that matters of concepts, to compare."""
    return sorted(
        (concept.slug, concept.parent, concept.order, concept.wikidata, sorted(concept.texts()))
        for concept in concepts
    )


@pytest.mark.django_db
@pytest.mark.parametrize("kind", FORMATS)
def test_the_shipped_taxonomy_survives_every_format(kind: str, tmp_path: Path) -> None:
    import_capacities(SHIPPED)
    before = said(list(stored()))
    file = tmp_path / f"all.{SUFFIX[kind]}"
    call_command("export_capacities", str(file))
    assert said(read(file).concepts) == before
    Capacity.objects.all().delete()
    report = import_capacities(file)
    assert report.problems == []
    assert said(list(stored())) == before
    again = tmp_path / f"again.{SUFFIX[kind]}"
    call_command("export_capacities", str(again))
    assert again.read_text("utf-8") == file.read_text("utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", FORMATS)
def test_bars_quotes_and_line_breaks_survive(kind: str, tmp_path: Path) -> None:
    odd = CapacityFactory(
        slug="odd", label='Say "no", kindly', alternatives=["a|b", "c\\", "d\\|e", "«f»"], ar="قل لا"
    )
    CapacityText.objects.create(capacity=odd, language="zh-hans", text="说不")
    before = said(list(stored()))
    file = tmp_path / f"odd.{SUFFIX[kind]}"
    file.write_text(write(stored(), kind), encoding="utf-8")
    assert said(read(file).concepts) == before


@given(st.lists(st.text(alphabet="ab|\\ é", min_size=1, max_size=8), max_size=4))
def test_a_cell_of_alternative_labels_comes_apart_as_it_was_joined(texts: list[str]) -> None:
    texts = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    assert tables.split(tables.join(texts)) == texts


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.xlsx", b"", "a.xlsx: the name must end in"),
        ("a.csv", b"", "there is no column called slug, parent, label_en"),
        ("a.csv", b"slug,parent\nx,\n", "line 1: there is no column called label_en"),
        ("a.csv", b"slug,parent,label_en,label_en\n", "two columns called label_en"),
        ("a.csv", b"slug,parent,label_en\nx,,X\ny,,\xff\n", "a.csv, line 3: not UTF-8"),
        ("a.csv", b'slug,parent,label_en\nx,,"' + b"y" * 200_000 + b'"\n', "a.csv, line 2: not CSV"),
        ("a.ttl", b"this is no turtle", "a.ttl: not turtle"),
        ("a.ttl", b"<urn:a> <urn:b> <urn:c> .", "a.ttl: there is no skos:Concept in it"),
        ("a.jsonld", b"{", "a.jsonld: not jsonld"),
        ("a.json", b'{"@context": "https://test.example/context.json"}', "nothing is fetched"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    name: str, content: bytes, expected: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(Unreadable, match=expected):
        read(file)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="No such file"):
        read(tmp_path / "none.csv")


def test_skos_of_other_tools_is_understood(tmp_path: Path) -> None:
    """The relation is stated from above only, identity is in the address, a label has no language."""
    file = tmp_path / "other.ttl"
    file.write_text(
        """
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://x.example/c/money> a skos:Concept ; skos:prefLabel "Money" ;
            skos:narrower <https://x.example/c/grants> ;
            skos:exactMatch <https://www.wikidata.org/wiki/Q1368> .
        <https://x.example/c/grants> a skos:Concept ; skos:prefLabel "Grants"@en, "Subvenciones"@ES .
        """
    )
    money, grants = sorted(read(file).concepts, key=lambda concept: concept.slug, reverse=True)
    assert (money.slug, money.parent, money.wikidata, money.labels) == (
        "money",
        "",
        "Q1368",
        {"en": "Money"},
    )
    assert (grants.parent, grants.labels) == ("money", {"en": "Grants", "es": "Subvenciones"})


@pytest.mark.django_db
def test_the_json_is_json_and_the_turtle_names_its_licence() -> None:
    CapacityFactory(slug="money", label="Money", ar="المال")
    nodes = json.loads(write(stored(), "jsonld"))
    assert any(node["@id"] == "urn:capacity-exchange:capacity:money" for node in nodes)
    assert "creativecommons.org/licenses/by-sa/4.0" in write(stored(), "turtle")
