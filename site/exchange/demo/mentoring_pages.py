"""Loading the mentoring programme: its pages, mentors' offers, and requests in each state of their life."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from directory.models import Capacity, Person
from exchange.demo.clock import ago, as_of
from exchange.demo.material import days_from_now, read, stable_id
from exchange.demo.people import Cast
from exchange.home.models import HomePage
from exchange.home.operations.first_site import texts
from foundation.accounts.models import User
from foundation.workflow.services import transition
from mentoring import services
from mentoring.form_schema import Question
from mentoring.models import (
    MentoringIndexPage,
    MentoringProgrammePage,
    MentoringRequest,
    MentorOffer,
    Pairing,
    ProgrammeCoordinator,
)

CHOICES = ("choice", "multi_choice")


def load_mentoring(homes: dict[str, HomePage], cast: Cast) -> int:
    """The start page and the programme in each language, then who offers and who asks. Answers how many requests."""
    indexes: dict[str, MentoringIndexPage] = {}
    programmes: dict[str, MentoringProgrammePage] = {}
    for code, home in homes.items():
        indexes[code] = _index(home, code, indexes.get("en"))
        programmes[code] = _programme(indexes[code], code, programmes.get("en"), cast)
    mentors = Mentoring(programmes["en"], cast)
    for row in read("mentoring.yaml")["offers"]:
        mentors.offer(row)
    requests = read("mentoring.yaml")["requests"]
    for row in requests:
        Story(mentors, row).tell()
    return len(requests)


# Pages -----------------------------------------------------------------------------------------------


def _index(home: HomePage, code: str, original: MentoringIndexPage | None) -> MentoringIndexPage:
    page = MentoringIndexPage(
        slug="mentoring", locale=home.locale, show_in_menus=True, **texts()[code]["mentoring"]
    )
    return _publish(home, page, original)


def _programme(
    index: MentoringIndexPage, code: str, original: MentoringProgrammePage | None, cast: Cast
) -> MentoringProgrammePage:
    row = read("mentoring.yaml")["programme"]
    text = row["texts"][code]
    rules = (
        "answer_days",
        "mentor_hours_to_answer",
        "asked_at_once",
        "hours_per_pair",
        "rest_days",
        "expires_after_weeks",
    )
    page = MentoringProgrammePage(
        slug=row["slug"],
        locale=index.locale,
        title=text["title"],
        summary=text["summary"],
        body=[{"type": "text", "id": stable_id(row["key"], "body"), "value": text["body"]}],
        languages=row["languages"],
        opens_on=days_from_now(-row["opens_days_ago"]),
        closes_on=days_from_now(row["closes_days"]),
        mentee_form=list(_questions("mentee_form", code)),
        mentor_form=list(_questions("mentor_form", code)),
        **{name: row[name] for name in rules},
    )
    page.coordinators = [
        ProgrammeCoordinator(person=cast.people[key], sort_order=number)
        for number, key in enumerate(row["coordinators"])
    ]
    page.capacities = [cast.capacities[slug] for slug in row["capacities"]]
    return _publish(index, page, original)


def _publish(parent: Any, page: Any, original: Any) -> Any:
    if original is not None:
        page.translation_key = original.translation_key
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _questions(form: str, code: str) -> Iterator[dict[str, Any]]:
    """The blocks of a form in one language; ids are the same in all."""
    for row in read("mentoring.yaml")["programme"][form]:
        value: dict[str, Any] = {
            "label": row["label"][code],
            "help": (row.get("help") or {}).get(code) or "",
            "required": bool(row["required"]),
            "visibility": row["visibility"],
            "sensitive": bool(row.get("sensitive")),
        }
        if row["type"] in CHOICES:
            value["options"] = [
                {
                    "type": "item",
                    "id": _question_id(form, row["key"], choice["key"]),
                    "value": choice["label"][code],
                }
                for choice in row["choices"]
            ]
        yield {"type": row["type"], "id": _question_id(form, row["key"]), "value": value}


def _question_id(form: str, *keys: str) -> str:
    return stable_id("mentoring", form, *keys)


# People ----------------------------------------------------------------------------------------------


class Mentoring:
    """The programme with its mentors, and what everybody in it needs."""

    def __init__(self, programme: MentoringProgrammePage, cast: Cast) -> None:
        self.programme, self.cast = programme, cast
        self.coordinator: User = cast.people[read("mentoring.yaml")["programme"]["coordinators"][0]].user
        self.offers: dict[str, MentorOffer] = {}
        self.mentee_questions = programme.mentee_questions()
        self.mentor_questions = programme.mentor_questions()

    def offer(self, row: dict[str, Any]) -> None:
        """One mentor's offer, made on its day."""
        with as_of(ago(days=row["days_ago"])):
            self.offers[row["person"]] = services.save_offer(
                self.cast.people[row["person"]],
                self.programme,
                capacities=self.capacities(row),
                questions=self.mentor_questions,
                values=answers("mentor_form", row["answers"], self.mentor_questions),
                **{
                    name: row[name]
                    for name in ("languages", "formats", "hours_a_month", "max_pairs", "contact")
                },
            )

    def capacities(self, row: dict[str, Any]) -> list[Capacity]:
        """The capacities that a row of the file names."""
        return [self.cast.capacities[slug] for slug in row["capacities"]]


def answers(form: str, given: dict[str, Any], questions: list[Question]) -> dict[str, Any]:
    """Answers of the file, by question ids, with item ids where there is something to choose and dates as dates."""
    kinds = {question.id: question.kind for question in questions}
    found: dict[str, Any] = {}
    for key, value in given.items():
        block = _question_id(form, key)
        if kinds[block] == "choice":
            value = _question_id(form, key, value)
        elif kinds[block] == "multi_choice":
            value = [_question_id(form, key, choice) for choice in value]
        elif kinds[block] == "date":
            value = days_from_now(value)
        found[block] = value
    return found


class Story:
    """One request, told by the room's own services, each step on its day."""

    def __init__(self, mentoring: Mentoring, row: dict[str, Any]) -> None:
        self.mentoring, self.row = mentoring, row
        self.person: Person = mentoring.cast.people[row["person"]]
        self.state_since = ago(days=row["state_days_ago"])
        self.created = ago(days=row["created_days_ago"])
        self.request: MentoringRequest

    def tell(self) -> None:
        """From the first screen to the state that the file names."""
        with as_of(self.created):
            self._write()
        if self.row["state"] == "draft":
            return
        with as_of(
            self.state_since if self.row["state"] == "submitted" else self.created + timedelta(minutes=40)
        ):
            services.submit(self.request, by=self.person.user)
        for row in self.row.get("proposals") or []:
            self._ask(row)
        self._settle()
        if "pairing" in self.row:
            self._meet(self.row["pairing"])

    def _write(self) -> None:
        row, by = self.row, self.person.user
        self.request = services.start_request(self.person, self.mentoring.programme)
        services.save_core(
            self.request,
            by=by,
            capacities=self.mentoring.capacities(row),
            timezone=by.timezone,
            **{name: row[name] for name in ("goal", "languages", "formats", "contact")},
        )
        services.save_answers(
            self.request,
            by=by,
            questions=self.mentoring.mentee_questions,
            values=answers("mentee_form", row["answers"], self.mentoring.mentee_questions),
        )
        people = [self.mentoring.cast.people[key] for key in row.get("never_with") or []]
        if people:
            services.keep_apart(self.request, people, by=by)
        self.request.refresh_from_db()

    def _ask(self, row: dict[str, Any]) -> None:
        coordinator, mentor = self.mentoring.coordinator, self.mentoring.cast.people[row["mentor"]].user
        asked = ago(hours=row["asked_hours_ago"])
        if self.request.state == "submitted":
            with as_of(min(self.created + timedelta(days=2), asked - timedelta(hours=1))):
                services.mark_ready(self.request, by=coordinator)
        with as_of(asked):
            offer = self.mentoring.offers[row["mentor"]]
            proposal = services.propose(self.request, offer, by=coordinator, need=row["need"])
        if row["state"] == "declined":
            with as_of(asked + timedelta(hours=20)):
                services.decline(proposal, by=mentor, reason_code=row["reason_code"])
        elif row["state"] == "accepted":
            with as_of(ago(days=self.row["pairing"]["started_days_ago"])):
                self.pairing = services.accept(proposal, by=mentor)
        self.request.refresh_from_db()

    def _settle(self) -> None:
        """The last step of requests that did not come to a mentor."""
        row, by, note = self.row, self.mentoring.coordinator, self.row.get("note") or ""
        with as_of(self.state_since):
            match row["state"]:
                case "needs_info":
                    services.ask_for_details(self.request, note, by=by)
                case "queued":
                    services.mark_ready(self.request, by=by)
                case "withdrawn":
                    services.withdraw(self.request, by=self.person.user)
                case "declined_by_programme":
                    services.decline_request(
                        self.request, by=by, reason_code=row["reason_code"], next_step=note
                    )
                case "expired":
                    transition(self.request, "expire", by=None, reason=note)
                case "answered_without_pairing":
                    services.answer_without_pair(self.request, note, by=by)

    def _meet(self, row: dict[str, Any]) -> None:
        pairing, mentor = self.pairing, self.mentoring.cast.people[row["mentor"]].user
        Pairing.objects.filter(pk=pairing.pk).update(hours_a_month=row["hours_a_month"])
        started = ago(days=row["started_days_ago"])
        if row["state"] == "intro":
            return
        with as_of(started + timedelta(hours=6)):
            ends_on = days_from_now(row.get("ends_in_days") or -row.get("ended_days_ago", 0))
            services.save_plan(pairing, by=mentor, goals=row["goals"], rhythm=row["rhythm"], ends_on=ends_on)
        with as_of(started + timedelta(hours=9)):
            services.agree(pairing, by=mentor)
            services.agree(pairing, by=self.person.user)
        for entry in row.get("hours") or []:
            with as_of(ago(days=entry["days_ago"])):
                services.log_hours(
                    pairing,
                    by=self.mentoring.cast.people[entry["by"]].user,
                    on=days_from_now(-entry["days_ago"]),
                    hours=Decimal(str(entry["hours"])),
                    note=entry["note"],
                )
        if row["state"] == "completed":
            with as_of(ago(days=row["ended_days_ago"])):
                services.move(pairing, "complete", by=self.person.user)
        for thanks in row.get("thanks") or []:
            with as_of(ago(days=row["ended_days_ago"] - 1)):
                services.say_thanks(pairing, thanks["text"], by=self.mentoring.cast.people[thanks["by"]].user)
