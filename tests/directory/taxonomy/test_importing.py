"""Importing a taxonomy: repeatable, errors by line and field, the rest goes in."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_q.models import OrmQ
from wagtail.search.backends import get_search_backend

from directory.models import Capacity, CapacityText
from directory.taxonomy.concepts import stored
from directory.taxonomy.importer import SHIPPED, Report, import_capacities
from tests.factories.directory import CapacityFactory, ListingFactory, PersonFactory
from tests.search_fixtures import Index, index  # noqa: F401

pytestmark = pytest.mark.django_db
HEAD = "slug,parent,order,wikidata,label_en\n"


def bring(tmp_path: Path, text: str, *, head: str = HEAD, dry_run: bool = False) -> Report:
    file = tmp_path / "test.csv"
    file.write_text(head + text, encoding="utf-8")
    return import_capacities(file, dry_run=dry_run)


def tree() -> list[str]:
    """The tree as "slug<parent", in its order."""
    assert Capacity.find_problems() == ([], [], [], [], [])
    return [f"{concept.slug}<{concept.parent}" for concept in stored()]


def test_a_second_run_changes_nothing(django_assert_max_num_queries: object) -> None:
    first = import_capacities(SHIPPED)
    assert first.problems == []
    assert first.counts["created"] == first.counts["found"] >= 130
    second = import_capacities(SHIPPED)
    assert second.counts == {"found": first.counts["found"], "unchanged": first.counts["found"]}


def test_it_creates_moves_updates_and_reorders(tmp_path: Path) -> None:
    bring(tmp_path, "a,,1,,A\nb,,2,,B\nc,,3,,C\nd,a,1,,D\n")
    report = bring(tmp_path, "a,,2,,A\nb,,1,,B\nc,,3,Q5,See\nd,b,1,,D\ne,b,2,,E\n")
    assert tree() == ["b<", "d<b", "e<b", "a<", "c<"]
    assert dict(report.counts) == {
        "found": 5,
        "reordered": 1,
        "unchanged": 1,
        "updated": 1,
        "moved": 1,
        "created": 1,
    }
    assert Capacity.objects.get(slug="c").wikidata_id == "Q5"
    assert bring(tmp_path, "a,,2,,A\nb,,1,,B\nc,,3,Q5,See\nd,b,1,,D\ne,b,2,,E\n").counts["unchanged"] == 5


def test_new_ones_stand_where_their_number_says(tmp_path: Path) -> None:
    bring(tmp_path, "a,,1,,A\nc,,3,,C\n")
    bring(tmp_path, "a,,1,,A\nb,,2,,B\nc,,3,,C\n")
    assert tree() == ["a<", "b<", "c<"]


def test_capacities_the_file_does_not_know_keep_their_place_and_are_named(tmp_path: Path) -> None:
    bring(tmp_path, "a,,1,,A\nb,,2,,B\n")
    own = CapacityFactory(slug="own")
    own.move(Capacity.objects.get(slug="a"), pos="right")
    report = bring(tmp_path, "b,,1,,B\na,,2,,A\n")
    assert report.unknown == ["own"]
    assert tree() == ["b<", "own<", "a<"]


def test_parents_may_stand_after_their_children(tmp_path: Path) -> None:
    report = bring(tmp_path, "c,b,1,,C\nb,a,1,,B\na,,1,,A\n")
    assert report.problems == []
    assert tree() == ["a<", "b<a", "c<b"]


def test_a_parent_and_its_child_may_change_places(tmp_path: Path) -> None:
    bring(tmp_path, "a,,1,,A\nb,a,1,,B\nc,b,1,,C\n")
    report = bring(tmp_path, "b,,1,,B\na,b,1,,A\nc,a,1,,C\n")
    assert (report.problems, tree()) == ([], ["b<", "a<b", "c<a"])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Bad Slug,,1,,Bad", "slug: 'Bad Slug' must be small letters"),
        (",,1,,No slug", "slug: '' must be small letters"),
        (f"{'x' * 81},,1,,Long", "slug: 'xxx"),
        ("good,,2,,Twice", "slug: 'good' stands in the file twice"),
        ("x,x,1,,X", "parent: a capacity cannot be its own parent"),
        ("x,nowhere,1,,X", "parent: there is no capacity called 'nowhere'"),
        ("x,,first,,X", "order: 'first' is no number"),
        ("x,,-1,,X", "order: '-1' is no number"),
        ("x,,1,124490,X", "wikidata: '124490' is no Wikidata id"),
        ("x,,1,Q7,X", "wikidata: Q7 belongs to 'good' already"),
        ("x,,1,,", "label_en: every capacity needs an English label"),
        (f"x,,1,,{'y' * 601}", "label_en: 601 characters, at most 600"),
        ("x,,1,,a\0b", "label_en: there is a character in it"),
        ("x,,1", "columns: 3 values for 5 columns"),
        ("x,,1,,X,Y,Z", "columns: 7 values for 5 columns"),
        ("x,deep,1,,X", "parent: the tree has at most 3 levels"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_in(line: str, problem: str, tmp_path: Path) -> None:
    text = f"good,,1,Q7,Good\nmiddle,good,1,,Middle\ndeep,middle,1,,Deep\n{line}\nlast,,9,,Last\n"
    report = bring(tmp_path, text)
    assert len(report.problems) == 1
    assert report.problems[0].startswith(f"test.csv, line 5: {problem}")
    assert tree() == ["good<", "middle<good", "deep<middle", "last<"]
    assert report.counts["skipped"] == 1


def test_a_ring_is_refused_and_what_was_there_stays(tmp_path: Path) -> None:
    bring(tmp_path, "a,,1,,A\nb,a,1,,B\n")
    report = bring(tmp_path, "a,b,1,,A\nb,a,1,,B\nx,y,1,,X\ny,x,1,,Y\nz,,2,,Z\n")
    assert tree() == ["a<", "b<a", "z<"]
    assert report.problems == [
        "test.csv, line 2: parent: 'b' lies below it itself.",
        "test.csv, line 4: parent: 'y' lies below it itself.",
        "test.csv, line 5: parent: there is no capacity called 'x'.",
    ]


def test_a_move_that_would_make_the_tree_too_deep_is_refused(tmp_path: Path) -> None:
    bring(tmp_path, "a,,1,,A\nb,a,1,,B\nc,,2,,C\nd,c,1,,D\ne,d,1,,E\n")
    report = bring(tmp_path, "c,b,1,,C\n")
    assert report.problems == [
        "test.csv, line 2: parent: the tree has at most 3 levels, and 'd' lies below it."
    ]
    assert "c<" in tree()
    # With its children elsewhere it fits.
    report = bring(tmp_path, "c,b,1,,C\nd,,2,,D\n")
    assert report.problems == []
    assert tree() == ["a<", "b<a", "c<b", "d<", "e<d"]


def test_wikidata_ids_can_be_swapped_but_not_taken_from_others(tmp_path: Path) -> None:
    bring(tmp_path, "a,,1,Q1,A\nb,,2,Q2,B\nc,,3,Q3,C\n")
    report = bring(tmp_path, "a,,1,Q2,A\nb,,2,Q1,B\n")
    assert report.problems == []
    assert list(Capacity.objects.values_list("slug", "wikidata_id")) == [
        ("a", "Q2"),
        ("b", "Q1"),
        ("c", "Q3"),
    ]
    report = bring(tmp_path, "a,,1,Q3,A\n")
    assert report.problems == ["test.csv, line 2: wikidata: Q3 belongs to 'c' already."]


def test_what_the_file_has_no_column_for_stays(tmp_path: Path) -> None:
    kept = CapacityFactory(slug="a", label="A", es="A en español", definition="What it is.", wikidata_id="Q9")
    report = bring(tmp_path, "a,,Ah,Eh\n", head="slug,parent,label_en,label_fr\n")
    assert report.counts["updated"] == 1
    kept = Capacity.objects.get()
    assert (kept.label("en"), kept.label("es"), kept.label("fr")) == ("Ah", "A en español", "Eh")
    assert (kept.definition("en"), kept.wikidata_id) == ("What it is.", "Q9")
    bring(tmp_path, "a,,Ah,\n", head="slug,parent,label_en,label_es\n")
    assert not CapacityText.objects.filter(language="es").exists()


def test_unknown_columns_are_named(tmp_path: Path) -> None:
    report = bring(tmp_path, "a,,A,x\n", head="slug,parent,label_en,lable_fr\n")
    assert report.notes == ["test.csv, line 1: column 'lable_fr' is not known and was left out."]
    assert report.counts["created"] == 1


def test_lines_are_counted_as_an_editor_of_text_counts_them(tmp_path: Path) -> None:
    report = bring(tmp_path, 'a,,1,,"A\nin two lines"\n\nbad one,,2,,B\n')
    assert report.problems[0].startswith("test.csv, line 5: slug")
    assert Capacity.objects.get().label("en") == "A in two lines"


def test_problems_of_skos_name_the_concept(tmp_path: Path) -> None:
    file = tmp_path / "x.ttl"
    file.write_text(
        """
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix c: <urn:capacity-exchange:capacity:> .
        c:two a skos:Concept ; skos:prefLabel "One"@en, "Two"@en .
        c:lost a skos:Concept ; skos:prefLabel "Lost"@en ; skos:broader c:nowhere .
        c:many a skos:Concept ; skos:prefLabel "Many"@en ; skos:broader c:good, c:lost .
        c:good a skos:Concept ; skos:prefLabel "Good"@en .
        """
    )
    report = import_capacities(file)
    base = "x.ttl, <urn:capacity-exchange:capacity:"
    assert sorted(report.problems) == [
        f"{base}lost>: parent: there is no capacity called 'nowhere'.",
        f"{base}two>: prefLabel: there are two in en.",
    ]
    assert report.notes == [f"{base}many>: broader: 2 are given, 'good' was taken."]
    assert tree() == ["good<", "many<good"]


def test_a_dry_run_tells_and_changes_nothing(tmp_path: Path) -> None:
    report = bring(tmp_path, "a,,1,,A\nb,a,1,,B\n", dry_run=True)
    assert report.counts["created"] == 2
    assert not Capacity.objects.exists()


def test_the_command_prints_problems_and_a_table(tmp_path: Path) -> None:
    file = tmp_path / "test.csv"
    file.write_text(HEAD + "a,,1,,A\nb,nowhere,1,,B\n")
    out, err = StringIO(), StringIO()
    call_command("import_capacities", str(file), "--dry-run", stdout=out, stderr=err)
    assert "line 3: parent" in err.getvalue()
    assert out.getvalue().splitlines()[1].split() == ["2", "1", "0", "0", "0", "0", "1"]
    assert "Dry run: nothing was changed." in out.getvalue()
    with pytest.raises(CommandError, match="must end in"):
        call_command("import_capacities", str(tmp_path / "a.odt"))


def test_the_index_hears_of_new_names_and_new_places(index: Index, tmp_path: Path) -> None:  # noqa: F811
    """Labels and broader capacities are part of other documents, in whichever room."""
    bring(tmp_path, "a,,1,,Alpha\nb,,2,,Beta\nc,a,1,,Gamma\n")
    gamma = Capacity.objects.get(slug="c")
    person = PersonFactory(name="Invented Person", offers=[gamma])
    listing = ListingFactory(need=True, person=person, capacities=[gamma])
    index.drain()
    bring(tmp_path, "a,,1,,Alpha\nb,,2,,Beta\nc,b,1,,Gammadelta\n")
    index.drain()
    from search.api import find
    from search.types import Query

    hits = find(Query(text="Gammadelta")).hits
    assert {hit.id for hit in hits} >= {str(person.pk), str(listing.pk), "c"}
    assert {hit.broader for hit in hits if hit.kind in ("person", "need")} == {("b",)}


@pytest.mark.parametrize("number", [20, 400])
def test_an_import_costs_one_job_and_as_many_statements_however_large(
    number: int, tmp_path: Path, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.JOBS_RUN_AT_ONCE = False
    lines = [f"c{at},{f'c{at - at % 10}' if at % 10 else ''},,,Label {at}\n" for at in range(number)]
    with django_assert_max_num_queries(20):
        assert bring(tmp_path, "".join(lines)).counts["created"] == number
    assert OrmQ.objects.count() == 1
    # All of it the other way round, below other parents: what changes is told to what shows it.
    lines = [
        f"c{at},{f'c{at - at % 10}' if at % 10 else ''},{number - at},,Label {at}\n" for at in range(number)
    ]
    with django_assert_max_num_queries(24):
        assert bring(tmp_path, "".join(lines)).counts["reordered"] >= number * 0.8
    assert Capacity.find_problems() == ([], [], [], [], [])
    # Every name another one, told to whatever shows it: a few statements for each kind and each 500 capacities.
    renamed = [line.replace("Label", "Name") for line in lines]
    with django_assert_max_num_queries(40):
        assert bring(tmp_path, "".join(renamed)).counts["updated"] == number


def test_the_job_of_an_import_brings_the_new_ones_into_the_search_of_the_admin(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        bring(tmp_path, "boat-building,,1,,Building boats\n")
    found = get_search_backend().search("boat", Capacity, fields=["slug"])
    assert [capacity.slug for capacity in found] == ["boat-building"]
