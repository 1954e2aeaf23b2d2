"""Regions of the movement, and names of countries and languages."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from babel import Locale
from babel.core import get_global

from directory.regions import COUNTRIES, Region, country_codes, region_of
from foundation.l10n.languages import country_name, language_name


def test_there_are_eight_regions() -> None:
    assert Region.values == ["SSA", "MENA", "SA", "ESEAP", "CEECA", "NWE", "NA", "LAC"]


@pytest.mark.parametrize(
    ("country", "region"),
    [
        ("GH", "SSA"),
        ("MA", "MENA"),
        ("NP", "SA"),
        ("WS", "ESEAP"),
        ("EE", "CEECA"),
        ("PT", "NWE"),
        ("CA", "NA"),
        ("PE", "LAC"),
        ("XK", "CEECA"),
        ("tz", "SSA"),
    ],
)
def test_a_country_lies_in_its_region(country: str, region: str) -> None:
    assert region_of(country) == region


@pytest.mark.parametrize("unknown", ["", "AQ", "ZZ", "Ghana"])
def test_what_has_no_region_gives_nothing(unknown: str) -> None:
    assert region_of(unknown) == ""


def test_no_country_lies_in_two_regions() -> None:
    counts = Counter(code for codes in COUNTRIES.values() for code in codes.split())
    assert [code for code, count in counts.items() if count > 1] == []


def test_every_country_of_iso_3166_has_a_region() -> None:
    # CLDR also names groups ("EU"), former and reserved codes, which nobody can live in.
    not_countries = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ", "AQ"}
    territories = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()}
    assert territories - not_countries - set(country_codes()) == set()
    assert set(country_codes()) - territories == set()


def test_the_mapping_agrees_with_the_movements_own_list(shared_data: Path) -> None:
    alpha2 = {alias: codes[0] for alias, codes in get_global("territory_aliases").items() if len(alias) == 3}
    alpha2["XKX"] = "XK"
    with (shared_data / "affiliates" / "regions.csv").open(encoding="utf-8", newline="") as file:
        theirs = {alpha2[row["iso3166_alpha3"]]: row["region"] for row in csv.DictReader(file)}
    assert {country: region_of(country) for country in theirs} == theirs


def test_countries_have_names_in_the_readers_language() -> None:
    assert country_name("MA", "en") == "Morocco"
    assert country_name("MA", "es") == "Marruecos"
    assert country_name("ma", "fr") == "Maroc"
    assert country_name("MA", "ar") == "المغرب"


def test_languages_have_names_in_the_readers_language() -> None:
    assert language_name("sw", "en") == "Swahili"
    assert language_name("ar", "fr") == "arabe"
    assert language_name("zh-hans", "en") == "Simplified Chinese"
    assert language_name("quy", "en") in {"Ayacucho Quechua", "quy"}


def test_languages_that_the_cldr_leaves_out_have_names_too() -> None:
    assert language_name("ary", "ar") == "العربية المغربية"
    assert language_name("ary", "en") == "Moroccan Arabic"
    assert language_name("pnb", "fr") == "pendjabi occidental"
    assert language_name("pnb", "de") == "Western Punjabi"


def test_names_fall_back_instead_of_failing() -> None:
    assert country_name("ZZZ", "en") == "ZZZ"
    assert country_name("GH", "no-such-language") == "Ghana"
    assert language_name("qqx", "en") == "qqx"
    assert language_name("", "en") == ""
