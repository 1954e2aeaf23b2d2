"""Vocabularies of others: what they say goes in, is known again by its address, and takes nothing of ours."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from directory.errors import Unreadable
from directory.models import Capacity, CapacityText
from directory.taxonomy.concepts import Concept, stored
from directory.taxonomy.formats import read
from directory.taxonomy.importer import SHIPPED, Report, import_capacities
from directory.taxonomy.slugs import slugged
from tests.factories.directory import CapacityFactory

pytestmark = pytest.mark.django_db
PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@base <http://v.example.org/> .
"""


@pytest.fixture
def bring(tmp_path: Path) -> Any:
    """Imports Turtle, after the usual prefixes."""

    def bring(text: str, **options: Any) -> Report:
        file = tmp_path / "v.ttl"
        file.write_text(PREFIXES + text, encoding="utf-8")
        report = import_capacities(file, **options)
        assert Capacity.find_problems() == ([], [], [], [], [])
        return report

    return bring


def tree() -> list[str]:
    return [f"{concept.slug}<{concept.parent}" for concept in stored()]


def at(last: str) -> Capacity:
    return Capacity.objects.with_texts().get(address=f"http://v.example.org/{last}")


def everything() -> list[tuple[object, ...]]:
    """All that is said of every capacity that is here, to compare."""
    return [
        (
            row.address,
            row.slug,
            row.path,
            row.wikidata_id,
            sorted(row.texts.values_list("language", "role", "text")),
        )
        for row in Capacity.objects.with_texts()
    ]


# Identity ------------------------------------------------------------------------------------------------


def test_a_foreign_concept_takes_nothing_over(bring: Any) -> None:
    ours = CapacityFactory(slug="fundraising", label="Fundraising")
    children = [CapacityFactory(slug=f"part-{number}", parent=ours) for number in range(7)]
    before = everything()
    report = bring(
        """<fundraising> a skos:Concept ; skos:prefLabel "Charity shops"@en, "Tiendas"@es ; skos:broader <retail> .
        <retail> a skos:Concept ; skos:prefLabel "Retail"@en ."""
    )
    assert report.problems == []
    assert everything()[: len(before)] == before
    assert tree()[len(children) + 1 :] == ["retail<", "fundraising-2<retail"]
    assert at("fundraising").label("es") == "Tiendas"
    assert any("'fundraising' is another capacity here ('Fundraising')" in note for note in report.notes)
    again = bring(
        """<fundraising> a skos:Concept ; skos:prefLabel "Charity shops"@en, "Tiendas"@es ; skos:broader <retail> .
        <retail> a skos:Concept ; skos:prefLabel "Retail"@en ."""
    )
    assert again.counts == {"found": 2, "unchanged": 2}


def test_two_vocabularies_with_the_same_names_stay_two(bring: Any) -> None:
    bring('<http://a.example/law> a skos:Concept ; skos:prefLabel "Law"@en ; skos:notation "L1" .')
    bring('<http://b.example/law> a skos:Concept ; skos:prefLabel "Statutes"@en ; skos:notation "L1" .')
    assert {(row.address, row.label("en")) for row in Capacity.objects.with_texts()} == {
        ("http://a.example/law", "Law"),
        ("http://b.example/law", "Statutes"),
    }


def test_one_last_part_of_two_addresses_is_two_concepts(bring: Any) -> None:
    report = bring(
        """<field/mechanics> a skos:Concept ; skos:prefLabel "Mechanics"@en .
        <degree/mechanics> a skos:Concept ; skos:prefLabel "Mechanics (Bachelor)"@en ; skos:broader <field/mechanics> ."""
    )
    assert (report.counts["created"], report.problems) == (2, [])
    assert at("degree/mechanics").get_parent() == at("field/mechanics")


def test_ours_are_known_again_by_the_address_that_exports_have_always_named(bring: Any) -> None:
    CapacityFactory(slug="money", label="Money")
    report = bring(
        '<urn:capacity-exchange:capacity:money> a skos:Concept ; skos:notation "gold" ; skos:prefLabel "Cash"@en .'
    )
    assert (report.counts["updated"], tree()) == (1, ["money<"])
    assert report.notes == [
        "v.ttl, <urn:capacity-exchange:capacity:money>: renamed in en, from 'Money' to 'Cash'."
    ]


def test_what_moved_is_told_by_name(bring: Any) -> None:
    text = '<a> a skos:Concept ; skos:prefLabel "Ants"@en . <b> a skos:Concept ; skos:prefLabel "Bees"@en '
    bring(text + ".")
    report = bring(text + "; skos:broader <a> .")
    assert [note.partition(": ")[2] for note in report.notes] == ["moved from the top to 'ants'."]


@pytest.mark.parametrize("suffix", ["csv", "ttl", "jsonld", "nt", "rdf"])
def test_what_came_from_others_survives_every_format(suffix: str, bring: Any, tmp_path: Path) -> None:
    CapacityFactory(slug="law", label="Law")
    bring(
        """<x/law> a skos:Concept ; skos:prefLabel "Statutes"@en ; skos:hiddenLabel "statuts"@en .
        <x/3A80F194> a skos:Concept ; skos:prefLabel "Sécurité"@fr ; skos:broader <x/law> ."""
    )
    before = everything()
    file = tmp_path / f"all.{suffix}"
    call_command("export_capacities", str(file), stderr=StringIO())
    assert import_capacities(file).counts == {"found": 3, "unchanged": 3}
    Capacity.objects.all().delete()
    assert import_capacities(file).problems == []
    assert sorted(map(str, everything())) == sorted(map(str, before))


# Names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "label", "slug"),
    [
        ("level_0", '"Early years"@en', "level-0"),
        ("communityDevelopment", '"Community development"@en', "community-development"),
        ("1.1", '"Browsing"@en', "browsing"),
        ("3A80F194", '"Safety"@en', "safety"),
        ("c_24017", '"Étude des sols"@fr', "etude-des-sols"),
        ("b%C3%BCrger", '"Citizens"@en', "burger"),
        ("bürger", '"Citizens"@en', "burger"),
        ("17", '"قانون"@ar', "17"),
        ("عمل", '"قانون"@ar', "capacity-"),
    ],
)
def test_a_slug_is_made(last: str, label: str, slug: str, bring: Any) -> None:
    report = bring(f"<{last}> a skos:Concept ; skos:prefLabel {label} .")
    assert (report.counts["created"], report.problems) == (1, [])
    made = Capacity.objects.get()
    assert made.slug.startswith(slug)
    assert made.address == f"http://v.example.org/{last}"


def test_long_names_make_short_slugs() -> None:
    long = slugged("Reading and writing " * 10)
    assert long == "reading-and-writing-reading-and-writing-reading-and-writing"
    assert len(slugged("x" * 200)) == 60


@pytest.mark.parametrize(
    ("labels", "english"),
    [
        ('"Organising"@en-GB', "Organising"),
        ('"Organizing"@en-US, "Organisieren"@de', "Organizing"),
        ('"Ehrenamt"@de', "Ehrenamt"),
        ('"Bénévolat"@fr, "Ehrenamt"@de', "Ehrenamt"),
    ],
)
def test_one_label_in_any_language_is_enough(labels: str, english: str, bring: Any) -> None:
    assert bring(f"<a> a skos:Concept ; skos:prefLabel {labels} .").problems == []
    assert at("a").label("en") == english


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ('skosxl:prefLabel [ skosxl:literalForm "Soil"@en ]', "Soil"),
        ('rdfs:label "Soil"@en', "Soil"),
        ('skos:altLabel "Ground"@en, "Soil"@en', "Ground"),
        ('skos:prefLabel "Soil"@en, "Ground"@en', "Ground"),
        ('skos:prefLabel "Soil"', "Soil"),
    ],
)
def test_labels_in_every_form_that_tools_write(said: str, label: str, bring: Any) -> None:
    report = bring(f"<a> a skos:Concept ; {said} .")
    assert (report.problems, at("a").label("en")) == ([], label)
    if "," in said:
        assert set(at("a").all_labels()) == {"Soil", "Ground"}
        assert "'Ground' was taken" in report.notes[0]


def test_notes_and_hidden_labels(bring: Any) -> None:
    report = bring(
        """<a> a skos:Concept ; skos:prefLabel "Anonymising"@en ; skos:scopeNote "Taking names out."@en ;
            skos:hiddenLabel "anonimising"@en .
        <b> a skos:Concept ; skos:prefLabel "Soil"@en ; skos:definition "Earth."@en ; skos:scopeNote "Not rock."@en ;
            skos:example "Loam"@en ."""
    )
    assert at("a").definition("en") == "Taking names out."
    assert set(at("a").texts.values_list("role", "text")) >= {("hidden", "anonimising")}
    assert at("b").definition("en") == "Earth."
    assert [note.partition(": ")[2] for note in report.notes] == [
        "skos:example was left out (1).",
        "scopeNote: left out in en, beside the definition.",
    ]


def test_hidden_labels_find_a_capacity_and_are_shown_nowhere(bring: Any, client: Any) -> None:
    bring(
        '<soil> a skos:Concept ; skos:prefLabel "Soil"@en ; skos:altLabel "Earth"@en ; skos:hiddenLabel "siol"@en .'
    )
    page = client.get("/en/capacities/soil/").content.decode()
    assert "Also called Earth." in page
    assert "siol" not in page
    from directory.taxonomy.labels import all_labels

    assert "siol" in [label.text for label in all_labels().texts(["soil"])]


def test_what_is_too_long_is_cut_with_a_note(bring: Any) -> None:
    report = bring(f'<a> a skos:Concept ; skos:prefLabel "Soil"@en ; skos:definition "{"earth " * 200}"@en .')
    assert report.notes == [
        "v.ttl, <http://v.example.org/a>: definition_en: cut, of 1199 characters 600 are possible."
    ]
    assert at("a").definition("en").endswith("earth…")


def test_what_has_no_name_and_what_has_no_address_is_named(bring: Any) -> None:
    report = bring(
        """<a> a skos:Concept ; skos:notation "7" . <b> a skos:Concept ; skos:prefLabel "B side"@en ; skos:broader <a> .
        [] a skos:Concept ; skos:prefLabel "Nowhere"@en .
        <all> a skos:Collection ; skos:member <b> ; skos:prefLabel "All"@en ."""
    )
    assert report.counts == {"found": 3, "created": 1, "skipped": 2}
    assert report.problems == [
        "v.ttl, <http://v.example.org/a>: label_en: every capacity needs an English label, or one in another language.",
        "v.ttl, 'Nowhere': address: it has none (a blank node).",
    ]
    assert "v.ttl: collections were left out (1)." in report.notes
    assert tree() == ["b-side<"]


# Places --------------------------------------------------------------------------------------------------

DEEP = "".join(
    f'<level/{name}> a skos:Concept ; skos:prefLabel "{name}"@en ; skos:broader <level/{above}> .\n'
    for above, name in zip("xabcdef", "abcdefg", strict=True)
)


def test_depth_is_refused_by_name_or_flattened_on_request(bring: Any) -> None:
    report = bring(DEEP)
    assert (report.counts["created"], report.counts["skipped"]) == (3, 4)
    assert "<http://v.example.org/level/d>: parent: the tree has at most 3 levels" in report.problems[0]
    report = bring(DEEP, flatten=True)
    assert (report.counts["created"], report.problems) == (4, [])
    assert tree() == ["a<", "b<a", "c<b", "d<b", "e<b", "f<b", "g<b"]
    assert "level/g>: broader: at level 7, so it was put below 'b'." in report.notes[-1]
    assert bring(DEEP, flatten=True).counts["unchanged"] == 7


def test_of_several_parents_one_is_taken_and_kept(bring: Any) -> None:
    text = """<one> a skos:Concept ; skos:prefLabel "One"@en . <two> a skos:Concept ; skos:prefLabel "Two"@en .
        <part> a skos:Concept ; skos:prefLabel "Part"@en ; skos:broader <two>, <one> ."""
    report = bring(text)
    assert report.notes == ["v.ttl, <http://v.example.org/part>: broader: 2 are given, 'one' was taken."]
    at("part").move(at("two"), pos="last-child")
    assert bring(text).counts["unchanged"] == 3
    assert at("part").get_parent() == at("two")


def test_rings_and_parents_elsewhere_stand_at_the_top_with_a_note(bring: Any) -> None:
    report = bring(
        """<hen> a skos:Concept ; skos:prefLabel "Hen"@en ; skos:broader <egg> .
        <egg> a skos:Concept ; skos:prefLabel "Egg"@en ; skos:broader <hen> .
        <own> a skos:Concept ; skos:prefLabel "Own"@en ; skos:broader <own> .
        <far> a skos:Concept ; skos:prefLabel "Far"@en ; skos:broader <http://elsewhere.example/x> ."""
    )
    assert (report.counts["created"], report.problems) == (4, [])
    assert len([line for line in tree() if line.endswith("<")]) == 3
    assert len(report.notes) == 3


def test_what_is_below_one_of_ours_goes_there(bring: Any) -> None:
    CapacityFactory(slug="money", label="Money")
    bring(
        '<tax> a skos:Concept ; skos:prefLabel "Tax"@en ; skos:broader <urn:capacity-exchange:capacity:money> .'
    )
    assert tree() == ["money<", "tax<money"]


def test_a_wikidata_item_stays_with_ours(bring: Any) -> None:
    ours = CapacityFactory(slug="money", wikidata_id="Q1368")
    report = bring(
        """<a> a skos:Concept ; skos:prefLabel "Cash"@en ; skos:exactMatch <http://www.wikidata.org/entity/Q1368> .
        <b> a skos:Concept ; skos:prefLabel "Coin"@en ; skos:exactMatch <http://www.wikidata.org/entity/Q41207> ."""
    )
    ours.refresh_from_db()
    assert (ours.wikidata_id, at("a").wikidata_id, at("b").wikidata_id) == ("Q1368", "", "Q41207")
    assert "wikidata: Q1368 belongs to 'money', so it was left out" in report.notes[0]


# Withdrawn -----------------------------------------------------------------------------------------------


def test_the_current_one_wins_and_the_withdrawn_one_leads_to_it(bring: Any) -> None:
    report = bring(
        """<n010> a skos:Concept ; skos:notation "92" ; owl:deprecated true ; dct:isReplacedBy <n92> ;
            skos:prefLabel "Old name"@en .
        <n92> a skos:Concept ; skos:notation "92" ; skos:prefLabel "Present name"@en .
        <n93> a skos:Concept ; skos:prefLabel "Part"@en ; skos:broader <n010> .
        <gone> a skos:Concept ; owl:deprecated true ; skos:prefLabel "Gone"@en ."""
    )
    assert tree() == ["present-name<", "part<present-name"]
    assert Capacity.objects.with_texts().first().all_labels() == ["Old name", "Present name"]  # type: ignore[union-attr]
    assert sorted(problem.partition(">: ")[2] for problem in report.problems) == [
        "withdrawn: 'Gone' is no longer in use, and nothing in the file replaces it.",
        "withdrawn: 'Old name' is no longer in use, and its names lead to 'Present name'.",
    ]


def test_what_was_withdrawn_after_it_came_in_stays_as_it_was(bring: Any) -> None:
    bring('<a> a skos:Concept ; skos:prefLabel "Ants"@en .')
    report = bring('<a> a skos:Concept ; owl:deprecated true ; skos:prefLabel "Ants (old)"@en .')
    assert at("a").label("en") == "Ants"
    assert "it stays here as it was" in report.problems[0]
    assert report.unknown == []


# Files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "v.rdf",
            """<?xml version="1.0" encoding="ISO-8859-1"?>
            <!DOCTYPE rdf:RDF [<!ENTITY skos "http://www.w3.org/2004/02/skos/core#">]>
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="&skos;">
            <skos:Concept rdf:about="http://v.example.org/a"><skos:prefLabel xml:lang="fr">Été</skos:prefLabel>
            </skos:Concept></rdf:RDF>""",
        ),
        (
            "v.nt",
            '<http://v.example.org/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "Été"@fr .\n'
            "<http://v.example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            "<http://www.w3.org/2004/02/skos/core#Concept> .\n",
        ),
        (
            "v.jsonld",
            json.dumps(
                {
                    "@context": {
                        "@vocab": "http://www.w3.org/2004/02/skos/core#",
                        "id": "@id",
                        "type": "@type",
                        "prefLabel": {"@container": "@language"},
                    },
                    "id": "http://v.example.org/",
                    "type": "ConceptScheme",
                    "hasTopConcept": [
                        {"id": "http://v.example.org/a", "type": "Concept", "prefLabel": {"fr": "Été"}}
                    ],
                }
            ),
        ),
    ],
)
def test_each_format_is_read(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(text.encode("latin-1" if name.endswith("rdf") else "utf-8"))
    assert import_capacities(file).problems == []
    assert at("a").label("fr") == "Été"


CONTEXT = {"@context": {"@vocab": "http://www.w3.org/2004/02/skos/core#", "id": "@id", "type": "@type"}}


@pytest.mark.parametrize("option", ["{file}", "https://w3id.example/context.json={file}", ""])
def test_a_context_is_given_as_a_file(option: str, tmp_path: Path) -> None:
    (tmp_path / "given.json").write_text(json.dumps(CONTEXT))
    file = tmp_path / "v.json"
    address = "https://w3id.example/context.json" if option else "given.json"
    file.write_text(
        json.dumps(
            {"@context": address, "id": "http://v.example.org/a", "type": "Concept", "prefLabel": "Ants"}
        )
    )
    given = [f"--context={option.format(file=tmp_path / 'given.json')}"] if option else []
    call_command("import_capacities", str(file), *given, stdout=StringIO())
    assert at("a").label("en") == "Ants"


def test_nothing_is_fetched_and_a_context_that_is_no_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "v.json"
    file.write_text(
        json.dumps({"@context": "https://w3id.example/context.json", "id": "http://v.example.org/a"})
    )
    with pytest.raises(
        Unreadable, match=r"nothing is fetched\. Save that file here, and give it with --context"
    ):
        read(file)
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_capacities", str(file), "--context=none.json")


def test_a_whole_vocabulary_goes_in_beside_ours_and_changes_nothing(bring: Any) -> None:
    """The shapes that published vocabularies have, all in one: of 400 concepts at least 95 in a hundred go in."""
    import_capacities(SHIPPED)
    before = everything()
    slugs = [slug for slug, *_rest in Capacity.objects.values_list("slug")]
    text = "<scheme> a skos:ConceptScheme .\n"
    for number in range(400):
        said = [
            f'skos:prefLabel "Thing {number}"@en',
            f'skos:prefLabel "Ding {number}"@de, "Chose {number}"@fr',
            f'skosxl:prefLabel [ skosxl:literalForm "Thing {number}"@en-GB ]',
            f'skos:altLabel "Thing {number}"@en-US, "Cosa {number}"@es',
        ][number % 4]
        # Last parts that are slugs of ours, codes, words with marks; chains of seven; some below two.
        last = (slugs[number % len(slugs)], f"c_{number:05}", f"élan_vital{number}")[number % 3]
        name = f"{number}/{last}"
        above = f"; skos:broader <part/{number - 1}>" if number % 7 else "; skos:topConceptOf <scheme>"
        above += f", <part/{number - 7}>" if number % 7 == 3 and number > 7 else ""
        extra = "; owl:deprecated true" if number % 50 == 49 else ""
        text += f'<part/{number}> a skos:Concept ; {said} ; skos:notation "{name}" {above} {extra} .\n'
    for number, slug in enumerate(slugs[:20]):
        text += f'<other{number}/{slug}> a skos:Concept ; skos:prefLabel "Other {number}"@en .\n'
    report = bring(text, flatten=True)
    assert report.counts["found"] == 420
    assert report.counts["created"] >= 0.95 * 420
    assert (
        report.counts["created"] + report.counts["skipped"]
        == 420
        == len(report.problems) + report.counts["created"]
    )
    ours = [row for row in everything() if str(row[0]).startswith("urn:capacity-exchange:")]
    assert ours == before


def test_a_concept_says_where_it_is_from() -> None:
    assert Concept("a").is_ours
    assert not Concept("a", address="http://v.example.org/a").is_ours
    assert not CapacityText.objects.exists()
