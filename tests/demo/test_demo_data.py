"""The invented data of the demonstration site fit together. Reads files; needs no database."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from directory.constants import (
    Asset,
    Direction,
    Format,
    Level,
    MembershipRole,
    Method,
    OrganisationType,
    Visibility,
)
from directory.models import Person
from directory.regions import Region, region_of
from foundation.l10n.languages import language_name
from mentoring.constants import AnswerVisibility, QuestionKind
from mentoring.flows import MENTOR_DECLINE_REASONS, PAIRING, PROGRAMME_DECLINE_REASONS, PROPOSAL, REQUEST

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "site" / "exchange" / "demo" / "data"
FILES = ("organisations", "people", "listings", "mentoring")
INTERFACE = ("en", "es", "fr", "ar")

Record = dict[str, Any]


@cache
def load(name: str) -> Any:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def slugs() -> frozenset[str]:
    with (ROOT / "directory" / "taxonomy" / "data" / "capacities.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return frozenset(row["slug"] for row in csv.DictReader(file))


def unknown(values: list[str], known: Any) -> list[str]:
    return [value for value in values if value not in known]


def is_language(code: str) -> bool:
    return isinstance(code, str) and language_name(code, "en") != code


def people() -> dict[str, Record]:
    return {person["key"]: person for person in load("people")}


def organisations() -> dict[str, Record]:
    return {organisation["slug"]: organisation for organisation in load("organisations")}


# All files


@pytest.mark.parametrize("name", FILES)
def test_each_file_says_that_it_is_invented_and_how_it_is_licensed(name: str) -> None:
    head = (DATA / f"{name}.yaml").read_text(encoding="utf-8")[:600]
    assert "invented" in head
    assert "CC BY-SA 4.0" in head


@pytest.mark.parametrize("name", FILES)
def test_no_file_holds_an_address_or_an_exclamation_mark(name: str) -> None:
    text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
    assert [sign for sign in ("@", "http", "!", "¡", "lorem") if sign in text.lower()] == []


# Organisations


def test_there_are_twelve_organisations_of_every_kind() -> None:
    assert len(organisations()) == len(load("organisations")) == 12
    kinds = {organisation["kind"] for organisation in load("organisations")}
    assert kinds == set(OrganisationType.values) - {"other"}


def test_organisations_have_texts_in_several_languages() -> None:
    assert sum(len(organisation["texts"]) > 1 for organisation in load("organisations")) >= 6
    for organisation in load("organisations"):
        assert "en" in organisation["texts"], organisation["slug"]
        assert unknown(list(organisation["texts"]), INTERFACE) == [], organisation["slug"]
        for text in organisation["texts"].values():
            assert 20 < len(text["summary"]) <= 250, organisation["slug"]
            assert len(text["description"]) > 100, organisation["slug"]


def test_organisations_use_known_codes_and_capacities() -> None:
    for organisation in load("organisations"):
        assert region_of(organisation["country"]), organisation["slug"]
        assert all(is_language(code) for code in organisation["languages"]), organisation["slug"]
        assert unknown(organisation["offers"] + organisation["needs"], slugs()) == [], organisation["slug"]


# People


def test_there_are_forty_people_in_all_regions() -> None:
    assert len(people()) == len(load("people")) == 40
    assert {region_of(person["country"]) for person in load("people")} == set(Region.values)


def test_people_use_known_codes_and_capacities() -> None:
    for person in load("people"):
        assert unknown(person["offers"] + person["learns"], slugs()) == [], person["key"]
        assert set(person["offers"]).isdisjoint(person["learns"]), person["key"]
        assert set(person.get("evidence", {})) <= set(person["offers"]), person["key"]
        assert unknown(person["formats"], Format.values) == [], person["key"]
        assert all(is_language(spoken["code"]) for spoken in person["languages"]), person["key"]
        assert unknown([spoken["level"] for spoken in person["languages"]], Level.values) == [], person["key"]
        assert ZoneInfo(person["timezone"]), person["key"]


def test_people_write_about_themselves_in_a_language_they_speak() -> None:
    for person in load("people"):
        assert person["bio"]["language"] in {spoken["code"] for spoken in person["languages"]}, person["key"]
        assert 60 < len(person["bio"]["text"]) <= 2000, person["key"]
    assert {person["bio"]["language"] for person in load("people")} == set(INTERFACE)


def test_nobody_gives_more_hours_than_they_have() -> None:
    assert [
        person["key"] for person in load("people") if person["hours_taken"] > person["hours_a_month"]
    ] == []


def test_some_people_rest_and_one_is_left_alone() -> None:
    assert sum("paused_until_days" in person for person in load("people")) == 2
    alone = [person["key"] for person in load("people") if person.get("leave_alone")]
    assert len(alone) == 1
    assert f"person:{alone[0]}" not in {listing["owner"] for listing in load("listings")}


def test_what_people_hide_are_fields_that_can_be_hidden() -> None:
    for person in load("people"):
        chosen = person.get("visibility", {})
        assert unknown(list(chosen), Person.CHOOSABLE) == [], person["key"]
        assert unknown(list(chosen.values()), Visibility.values) == [], person["key"]
    assert any(person.get("visibility", {}).get("country") == "hidden" for person in load("people"))


def test_every_organisation_has_somebody_who_speaks_for_it() -> None:
    managed = set()
    for person in load("people"):
        for membership in person["organisations"]:
            assert membership["organisation"] in organisations(), person["key"]
            assert membership["role"] in MembershipRole.values, person["key"]
            managed |= {membership["organisation"]} if membership["role"] == "manager" else set()
    assert managed == set(organisations())


# Listings


def test_there_are_enough_listings_of_each_kind() -> None:
    listings = load("listings")
    directions = Counter(listing["direction"] for listing in listings)
    assert len(listings) >= 150
    assert directions["offer"] >= 95
    assert directions["need"] >= 55
    assert sum(listing["direction"] == "offer" and listing["kind"] == "finance" for listing in listings) >= 8
    assert sum(listing["kind"] in ("tool", "resource") for listing in listings) >= 20
    languages = Counter(listing["language"] for listing in listings)
    assert all(languages[code] >= 15 for code in ("es", "fr", "ar"))


def test_keys_and_texts_of_listings_are_their_own() -> None:
    for field in ("key", "title", "summary", "description"):
        counts = Counter(listing[field] for listing in load("listings"))
        assert [value for value, count in counts.items() if count > 1] == []


def test_listings_belong_to_somebody_in_these_files() -> None:
    owners = {f"person:{key}" for key in people()} | {f"organisation:{slug}" for slug in organisations()}
    assert unknown([listing["owner"] for listing in load("listings")], owners) == []


def test_listings_use_known_words() -> None:
    for listing in load("listings"):
        key = listing["key"]
        assert listing["direction"] in Direction.values, key
        assert listing["kind"] in Asset.values, key
        assert listing["method"] in Method.values, key
        assert listing["capacities"], key
        assert unknown(listing["capacities"], slugs()) == [], key
        assert listing["formats"], key
        assert unknown(listing["formats"], Format.values) == [], key
        assert unknown(listing["regions"], Region.values) == [], key
        assert listing["languages"], key
        assert all(is_language(code) for code in listing["languages"]), key
        assert listing["language"] in INTERFACE, key


def test_texts_of_listings_fit_their_fields() -> None:
    for listing in load("listings"):
        assert 5 < len(listing["title"]) <= 140, listing["key"]
        assert 20 < len(listing["summary"]) <= 250, listing["key"]
        assert 80 < len(listing["description"]) <= 6000, listing["key"]
        assert len(listing.get("for_whom", "")) <= 200, listing["key"]


def test_needs_have_a_date_before_they_leave_the_list() -> None:
    for listing in load("listings"):
        if listing["direction"] == "need":
            assert 0 < listing["deadline_days"] <= listing["valid_days"], listing["key"]
        else:
            assert "deadline_days" not in listing, listing["key"]


def test_money_and_only_money_has_an_amount() -> None:
    for listing in load("listings"):
        is_money = listing["kind"] == "finance"
        assert ("amount" in listing) == ("currency" in listing) == is_money, listing["key"]


def test_people_offer_help_in_languages_they_work_in() -> None:
    for listing in load("listings"):
        owner, _, key = listing["owner"].partition(":")
        if owner == "person" and listing["direction"] == "offer":
            working = {s["code"] for s in people()[key]["languages"] if s["level"] in Level.working()}
            assert unknown(listing["languages"], working) == [], listing["key"]


# Mentoring


def questions(form: str) -> dict[str, Record]:
    return {question["key"]: question for question in load("mentoring")["programme"][form]}


def test_the_programme_of_mentoring_exists_in_every_language() -> None:
    texts = load("mentoring")["programme"]["texts"]
    assert set(texts) == set(INTERFACE)
    assert all(value.strip() for text in texts.values() for value in text.values())
    assert len({frozenset(text) for text in texts.values()}) == 1


@pytest.mark.parametrize("form", ["mentee_form", "mentor_form"])
def test_questions_are_worded_in_every_language(form: str) -> None:
    for question in questions(form).values():
        key = question["key"]
        assert question["type"] in QuestionKind.values, key
        assert question["visibility"] in dict(AnswerVisibility.offered()), key
        assert set(question["label"]) == set(INTERFACE), key
        assert set(question["help"]) in (set(), set(INTERFACE)), key
        assert all(len(label) <= 200 for label in question["label"].values()), key
        choosing = question["type"] in ("choice", "multi_choice")
        assert choosing == ("choices" in question), key
        assert all(set(choice["label"]) == set(INTERFACE) for choice in question.get("choices", [])), key


def check_answers(answers: Record, form: str, who: str, *, complete: bool) -> None:
    asked = questions(form)
    assert unknown(list(answers), asked) == [], who
    for key, value in answers.items():
        question = asked[key]
        options = [choice["key"] for choice in question.get("choices", [])]
        kind = question["type"]
        if kind == "choice":
            assert value in options, who
        elif kind == "multi_choice":
            assert unknown(value, options) == [], who
        else:
            expected = {"yes_no": bool, "date": int}.get(kind, str)
            assert isinstance(value, expected), (who, key)
    if complete:
        assert [
            key for key, question in asked.items() if question["required"] and key not in answers
        ] == [], who


def test_mentors_offer_what_they_have() -> None:
    offers = load("mentoring")["offers"]
    assert len({offer["person"] for offer in offers}) == len(offers) >= 10
    assert sum(offer["formats"] == ["text"] for offer in offers) >= 2
    for offer in offers:
        who = offer["person"]
        person = people()[who]
        working = {spoken["code"] for spoken in person["languages"] if spoken["level"] in Level.working()}
        assert unknown(offer["capacities"], slugs()) == [], who
        assert unknown(offer["languages"], working) == [], who
        assert unknown(offer["formats"], person["formats"]) == [], who
        assert 1 <= offer["hours_a_month"] <= person["hours_a_month"], who
        check_answers(offer["answers"], "mentor_form", who, complete=True)


def test_there_is_a_request_in_every_state() -> None:
    """In every state but "left": its author's account is gone, and the demo's people are all there."""
    requests = load("mentoring")["requests"]
    assert {request["state"] for request in requests} == {state.name for state in REQUEST.states} - {"left"}
    pairs = {request["pairing"]["state"] for request in requests if "pairing" in request}
    assert {"active", "completed"} <= pairs <= {state.name for state in PAIRING.states}


def test_requests_are_asked_by_people_once_and_are_complete_when_sent() -> None:
    requests = load("mentoring")["requests"]
    assert len({request["person"] for request in requests}) == len(requests)
    for request in requests:
        who = request["person"]
        assert who in people(), who
        assert unknown(request["capacities"], slugs()) == [], who
        assert unknown(request["formats"], Format.values) == [], who
        assert all(is_language(code) for code in request["languages"]), who
        assert request["state_days_ago"] <= request["created_days_ago"], who
        check_answers(request["answers"], "mentee_form", who, complete=request["state"] != "draft")


def test_requests_that_ended_say_why() -> None:
    reasons = dict(PROGRAMME_DECLINE_REASONS)
    for request in load("mentoring")["requests"]:
        if request["state"] in ("needs_info", "declined_by_programme", "expired", "answered_without_pairing"):
            assert request["note"], request["person"]
        if request["state"] == "declined_by_programme":
            assert request["reason_code"] in reasons, request["person"]


def test_mentors_who_were_asked_mentor_in_the_programme() -> None:
    mentors = {offer["person"] for offer in load("mentoring")["offers"]}
    reasons = dict(MENTOR_DECLINE_REASONS)
    for request in load("mentoring")["requests"]:
        proposals = request.get("proposals", [])
        accepted = [proposal["mentor"] for proposal in proposals if proposal["state"] == "accepted"]
        assert unknown([proposal["mentor"] for proposal in proposals], mentors) == [], request["person"]
        assert unknown([proposal["state"] for proposal in proposals], {s.name for s in PROPOSAL.states}) == []
        assert all(p["reason_code"] in reasons for p in proposals if p["state"] == "declined"), request[
            "person"
        ]
        assert accepted == ([request["pairing"]["mentor"]] if "pairing" in request else []), request["person"]
        assert request["person"] not in {proposal["mentor"] for proposal in proposals}


def test_a_live_proposal_belongs_to_a_proposed_request() -> None:
    limit = load("mentoring")["programme"]["mentor_hours_to_answer"]
    for request in load("mentoring")["requests"]:
        live = [proposal for proposal in request.get("proposals", []) if proposal["state"] == "offered"]
        assert bool(live) == (request["state"] == "proposed"), request["person"]
        assert all(proposal["asked_hours_ago"] < limit for proposal in live), request["person"]
