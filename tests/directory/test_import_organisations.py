"""Organisations from a CSV file: idempotent, errors by line and field, local changes kept."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.models import Organisation
from tests.factories.directory import OrganisationFactory

pytestmark = pytest.mark.django_db

SMALL = """acronym,name,type
VWC,Volta Wiki Circle,Wikimedia user group
ÅWK,"Åland ""Wiki"" Krets",Chapter
سوق,دائرة السوق,Thematic organization
"""


def run(file: Path, *options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_organisations", str(file), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def counts(out: str) -> list[int]:
    return [
        int(part) for part in next(line for line in out.splitlines() if line.startswith("org")).split()[1:]
    ]


@pytest.fixture
def table(tmp_path):
    def write(text: str | bytes) -> Path:
        file = tmp_path / "list.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return write


def test_every_line_becomes_an_organisation_and_a_second_run_changes_nothing(table):
    out, _err = run(table(SMALL))
    assert counts(out) == [3, 3, 0, 0, 0]
    updated = dict(Organisation.objects.values_list("name", "updated"))
    out, _err = run(table(SMALL))
    assert counts(out) == [3, 0, 0, 3, 0]
    assert dict(Organisation.objects.values_list("name", "updated")) == updated


def test_other_scripts_and_quotes_are_kept_and_addresses_stay_readable(table):
    run(table(SMALL))
    assert Organisation.objects.get(acronym="ÅWK").name == 'Åland "Wiki" Krets'
    assert Organisation.objects.get(name="دائرة السوق").slug == "organisation"


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(table):
    out, _err = run(table(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()))
    assert counts(out) == [3, 3, 0, 0, 0]


def test_broken_lines_are_named_by_line_and_field_and_the_rest_goes_in(table):
    lines = [
        b"acronym,name,type",
        b"AAA,First Circle,Chapter",
        b'BBB,"never closed,Chapter',
        b",No Acronym,Chapter",
        b"CCC,,Chapter",
        b"DDD,Unknown Kind,Guild",
        b"EEE,Bad \xff bytes,Chapter",
        b"FFF,Too,Chapter,many",
        b"AAA,First again,Chapter",
        b"GGG," + b"x" * 300 + b",Chapter",
        b"",
        b"ZZZ,Last Circle,Chapter",
    ]
    out, err = run(table(b"\n".join(lines)))
    assert counts(out) == [10, 2, 0, 0, 8]
    assert set(Organisation.objects.values_list("acronym", flat=True)) == {"AAA", "ZZZ"}
    for expected in (
        "line 3: cannot be read",
        "line 4, acronym: is empty",
        "line 5, name: is empty",
        "line 6, type: “Guild”",
        "line 7, name: holds bytes",
        "line 8: more values",
        "line 9, acronym: AAA stands in line 2",
        "line 10, name: longer",
    ):
        assert expected in err


def test_missing_columns_stop_with_a_sentence_that_says_which(table):
    with pytest.raises(CommandError, match="type missing, it has acronym, name"):
        run(table("acronym,name\nAAA,First\n"))
    with pytest.raises(CommandError, match="No such file"):
        run(Path("/nowhere/list.csv"))
    assert not Organisation.objects.exists()


def test_a_dry_run_counts_and_changes_nothing(table):
    out, _err = run(table(SMALL), "--dry-run")
    assert counts(out) == [3, 3, 0, 0, 0]
    assert "nothing was changed" in out
    assert not Organisation.objects.exists()


def test_a_changed_line_updates_but_what_was_changed_here_stays(table):
    run(table(SMALL))
    Organisation.objects.filter(acronym="VWC").update(name="Volta Wiki Circle, Kumasi")
    out, _err = run(table(SMALL.replace("Volta Wiki Circle", "Volta Circle").replace("Krets", "Kring")))
    assert Organisation.objects.get(acronym="ÅWK").name == 'Åland "Wiki" Kring'
    assert Organisation.objects.get(acronym="VWC").name == "Volta Wiki Circle, Kumasi"
    assert "line 2, name: changed here to “Volta Wiki Circle, Kumasi”" in out


def test_an_organisation_that_was_here_before_is_adopted_by_its_name(table):
    here = OrganisationFactory(name="Volta Wiki Circle")
    out, _err = run(table(SMALL))
    assert counts(out) == [3, 2, 1, 0, 0]
    here.refresh_from_db()
    assert here.source == "affiliates"


def test_the_real_affiliates_come_in_once(shared_data):
    file = shared_data / "affiliates" / "affiliates.csv"
    out, err = run(file)
    assert counts(out) == [186, 186, 0, 0, 0]
    assert err == ""
    out, _err = run(file)
    assert counts(out) == [186, 0, 0, 186, 0]


# What spreadsheets write


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SMALL.replace(",", ";").encode(), "separated by semicolons"),
        (SMALL.replace(",", "\t").encode("utf-16"), "read as UTF-16"),
        (SMALL.replace(",", "\t").encode("utf-16"), "separated by tabs"),
        (b"sep=;\r\n" + SMALL.replace(",", ";").replace("\n", "\r\n").encode(), "separated by semicolons"),
        (b"sep=|\n" + SMALL.replace(",", "|").encode("utf-8-sig"), "separated by bars"),
    ],
)
def test_other_signs_and_encodings_are_read_and_told(table, content, said):
    out, err = run(table(content))
    assert counts(out) == [3, 3, 0, 0, 0]
    assert said in out
    assert err == ""
    assert Organisation.objects.get(acronym="ÅWK").name == 'Åland "Wiki" Krets'


def test_windows_letters_are_read_and_told(table):
    out, _err = run(
        table("acronym;name;type\r\nWMÖ;Wikimedia Österreich – Verein;Chapter\r\n".encode("cp1252"))
    )
    assert "read as Windows-1252" in out
    assert Organisation.objects.get(acronym="WMÖ").name == "Wikimedia Österreich – Verein"


def test_a_line_break_inside_a_value_is_a_blank_and_lines_are_still_counted(table):
    out, err = run(table('acronym,name,type\r\nWMXX,"Wikimedia\r\nExample",Chapter\r\nBBB,,Chapter\r\n'))
    assert counts(out) == [2, 1, 0, 0, 1]
    assert Organisation.objects.get().name == "Wikimedia Example"
    assert "line 4, name: is empty" in err


def test_a_mark_that_is_never_closed_does_not_swallow_what_follows(table):
    out, err = run(table('acronym,name,type\nAAA,"never,Chapter\nBBB,Second,Chapter\nCCC,"Third",Chapter\n'))
    assert counts(out) == [3, 2, 0, 0, 1]
    assert "line 2: cannot be read" in err


def test_empty_columns_and_lines_of_nothing_but_signs_are_no_matter(table):
    out, err = run(table("acronym,name,type,,\r\nWMZZ,Wikimedia Z,Chapter,,,\r\n,,,,\r\n"))
    assert counts(out) == [1, 1, 0, 0, 0]
    assert err == ""


def test_a_file_that_is_none_names_the_sign_that_was_found(table):
    with pytest.raises(CommandError, match=r"type missing, it has acronym, name .separated by semicolons"):
        run(table("acronym;name\nAAA;First\n"))


def test_what_a_spreadsheet_would_run_is_text_and_told(table):
    text = 'acronym,name,type\n=1+1,"=HYPERLINK(""https://example.org"",""Click"")",Chapter\n@WM,\'+Plus,Chapter\n'
    out, _err = run(table(text))
    assert counts(out) == [2, 2, 0, 0, 0]
    assert Organisation.objects.get(acronym="=1+1").name == '=HYPERLINK("https://example.org","Click")'
    assert Organisation.objects.get(acronym="@WM").name == "+Plus"
    assert "line 2, acronym: “=1+1” looks like a formula and is taken as text" in out


@pytest.mark.parametrize("name", ["semicolon", "empty-columns", "line-break-in-cell"])
def test_tables_of_the_field(shared_data, name):
    file = shared_data / "field-cases" / f"affiliates-{name}.csv"
    if not file.is_file():
        pytest.skip("The cases from the field are not beside this checkout.")
    out, err = run(file)
    assert counts(out) == [1, 1, 0, 0, 0]
    assert err == ""
