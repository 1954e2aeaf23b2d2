"""Every address as every kind of person: who may open it, and what nobody may read who should not.

An address of ours that has no row here fails the test, so that a new page is never without an answer to the
question who may see it.
"""

from __future__ import annotations

import gzip
import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from directory.constants import ListingState
from directory.models import Invitation, Person
from directory.services import exchanges
from exchange.home.tasks import write_sitemap
from foundation.accounts.constants import Role
from foundation.notifications.models import Notification, Preference
from foundation.reports import registry as reports
from foundation.reports.services import send as report
from foundation.routers import WRITES_WHEN_OPENED
from mentoring import services as mentoring
from mentoring.models import MentoringRequest
from search.models import SavedSearch
from tests.factories import learning as lessons
from tests.factories.accounts import UserFactory, prove
from tests.factories.directory import (
    CapacityFactory,
    ExchangeFactory,
    ListingFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.mentoring import (
    MentorOfferFactory,
    PairingFactory,
    ProgrammeFactory,
    ProposalFactory,
    RequestFactory,
    question,
)

# Each address is opened in a transaction of the test's own, which undoes what it changed.
pytestmark = [pytest.mark.django_db, pytest.mark.asks_in_transaction]
OURS = ("exchange.", "foundation.", "learning.", "directory.", "mentoring.", "search.")
PEOPLE = ("anonymous", "member", "other", "owner", "editor", "coordinator", "administrator")

# What nobody reads who is not meant to.
MEETING = "https://meet.test.example/room-nine"
ANSWER, SAFETY = "I cried after the second meeting", "My neighbour reads my letters"
MESSAGE, DRAFT = "Our archive is in a flooded cellar", "An offer nobody has seen yet"
NOTE, CONTACT = "Ring twice at the green door", "Chat name greenfinch"
REASON = "Your reason, which only you see"
WISH = "What I would rather not say I look for"
REPORT = "They wrote to me at night three times"
DRAFT_LESSON = "A lesson nobody has seen yet"
SECRETS = (MEETING, ANSWER, SAFETY, MESSAGE, DRAFT, DRAFT_LESSON, NOTE, CONTACT, REASON, WISH, REPORT)


@dataclass
class World:
    """Things of every kind. `owner` owns them, `other` is the other side of them."""

    people: dict[str, Person] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """A browser in which this person is signed in."""
        client = Client()
        if who != "anonymous":
            client.force_login(self.people[who].user)
            prove(client)
        return client


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any) -> World:
    """A small site in which everybody has something to hide."""
    settings.MEDIA_ROOT = tmp_path
    made = World()
    roles = {"editor": Role.EDITOR, "coordinator": Role.COORDINATOR, "administrator": Role.ADMINISTRATOR}
    for who in PEOPLE[1:]:
        user = UserFactory(email=f"{who}@private.example", name=who.title(), role=roles.get(who))
        made.people[who] = PersonFactory(
            name=who.title(), user=user, contact_note=NOTE, contact_by=["email", "note"]
        )
    _learning(made)
    _directory(made)
    _mentoring(made)
    user = made.people["owner"].user
    pair = str(made.things["pairing"])
    about = reports.find(user, "pairing", pair)
    made.things |= {
        "report": report(about, kind="pairing", id=pair, by=user, text=REPORT).pk,
        "notification": Notification.objects.create(user=user, kind="exchange_asked", key="matrix").pk,
        "token": Preference.objects.create(user=user, group="matrix").token,
        "saved": SavedSearch.objects.create(user=user, name=WISH, query="q=a+wish", language="en").pk,
    }
    write_sitemap()
    return made


def _learning(world: World) -> None:
    capacity = CapacityFactory(slug="governance", label="Governance")
    lesson = lessons.make_module(
        lessons.step("One", lessons.question()), slug="lesson", capacities=[capacity], title="A lesson"
    )
    lessons.make_module(lessons.step("One"), slug="draft-lesson", live=False, title=DRAFT_LESSON)
    course = lessons.make_course(slug="course", title="A course")
    cohort = lessons.make_cohort(course)
    cohort.sessions.update(meeting_url=MEETING)
    world.things |= {
        "capacity": capacity,
        "lesson": lesson,
        "lesson_key": lesson.pk,
        "course": course,
        "cohort": cohort.pk,
    }


def _directory(world: World) -> None:
    owner, other = world.people["owner"], world.people["other"]
    capacity = world.things["capacity"]
    organisation = OrganisationFactory(slug="circle", managers=[owner])
    listing = ListingFactory(person=owner, title="Reading a letter", capacities=[capacity])
    asked = ExchangeFactory(listing=listing, starter=other, message=MESSAGE)
    declined = ExchangeFactory(listing=ListingFactory(person=owner), starter=other, message=MESSAGE)
    exchanges.decline(declined, by=owner.user, answer="Not this month.", reason_code="no_time")
    invitation = Invitation.objects.create(person=other, organisation=organisation, invited_by=owner)
    world.things |= {
        "organisation": organisation.slug,
        "membership": MembershipFactory(organisation=organisation).pk,
        "own_membership": organisation.memberships.get(person=owner).pk,
        "invitation": invitation.pk,
        "listing": listing.pk,
        "draft": ListingFactory(person=owner, title=DRAFT, state=ListingState.DRAFT).pk,
        "exchange": asked.pk,
        "declined": declined.pk,
        "person": owner.pk,
        "hidden": PersonFactory(name="Somebody Hidden", listed=False).pk,
    }


def _mentoring(world: World) -> None:
    owner, other = world.people["owner"], world.people["other"]
    forms = [
        question("long_text", "What has been hard?", id="q-hard", visibility="matched_pair", sensitive=True),
        question("long_text", "Is there somebody you fear?", id="q-fear", visibility="safety"),
    ]
    programme = ProgrammeFactory(coordinators=[world.people["coordinator"]], mentee_form=forms)
    offer = MentorOfferFactory(person=other, programme=programme, contact=CONTACT)
    asked = RequestFactory(person=owner, programme=programme, state="needs_info", contact=CONTACT)
    questions = programme.mentee_questions()
    mentoring.save_answers(
        asked, by=owner.user, questions=questions, values={"q-hard": ANSWER, "q-fear": SAFETY}
    )
    MentoringRequest.objects.filter(pk=asked.pk).update(state="proposed")
    asked.refresh_from_db()
    elsewhere = ProgrammeFactory(title="Elsewhere")
    pairing = PairingFactory(
        request__programme=elsewhere,
        request__person=owner,
        offer=MentorOfferFactory(person=other, programme=elsewhere, contact=CONTACT),
    )
    world.things |= {
        "programme": programme.translation_key,
        "request": asked.pk,
        "proposal": ProposalFactory(request=asked, offer=offer, need="Somebody would like to lead.").pk,
        "pairing": pairing.pk,
    }


# The rows ------------------------------------------------------------------------------------------------
#
# page: it opens. login: to the sign-in page. on: to another page of the site. none: there is no such page for
# this person. get: it opens by its button only. no: forbidden.

EVERYBODY = dict.fromkeys(PEOPLE, "page")
SIGNED_IN = {**EVERYBODY, "anonymous": "login"}


def only(*people: str, others: str = "none", outcome: str = "page") -> dict[str, str]:
    """For these people; there is no such page for others, and strangers are asked who they are."""
    return {**dict.fromkeys(PEOPLE, others), "anonymous": "login", **dict.fromkeys(people, outcome)}


@dataclass(frozen=True)
class Row:
    """An address (its name and arguments) and what each kind of person gets. With `post`, by a POST."""

    name: str
    expected: dict[str, str]
    arguments: dict[str, str] = field(default_factory=dict)
    post: bool = False
    data: dict[str, str] = field(default_factory=dict)

    def url(self, world: World) -> str:
        """The address in the world. An argument beginning with = stands for itself."""
        given = {
            key: value[1:] if value.startswith("=") else world.things[value]
            for key, value in self.arguments.items()
        }
        given = {key: getattr(value, "slug", value) for key, value in given.items()}
        return reverse(self.name, kwargs=given)


def post(name: str, expected: dict[str, str], arguments: dict[str, str] | None = None, **data: str) -> Row:
    """A row for a button."""
    return Row(name, expected, arguments or {}, post=True, data=data)


ALL_ON = {**dict.fromkeys(PEOPLE, "on"), "anonymous": "login"}
LED_ON = dict.fromkeys(PEOPLE, "on")
PK = {"pk": "listing"}
ROWS: tuple[Row, ...] = (
    Row("sitemap", EVERYBODY),
    Row("sitemap_part", EVERYBODY, {"name": "=pages-1"}),
    Row("robots", EVERYBODY),
    Row("health_live", EVERYBODY),
    Row("health_ready", EVERYBODY),
    Row("health_version", EVERYBODY),
    Row("metrics", dict.fromkeys(PEOPLE, "none")),
    Row("media", dict.fromkeys(PEOPLE, "none"), {"path": "=nothing.png"}),
    Row("design:patterns", EVERYBODY),
    Row("home:front", EVERYBODY),
    Row("home:capacities", EVERYBODY),
    Row("home:capacity", EVERYBODY, {"slug": "capacity"}),
    Row("home:figures", EVERYBODY),
    # where pages were before: they lead on, and the page they lead to decides
    Row("home:moved_my_learning", LED_ON),
    Row("home:moved_learning", LED_ON, {"rest": "=cohorts/1/people/"}),
    Row("home:moved_my_mentoring", LED_ON),
    Row("home:moved_proposals", LED_ON),
    Row("home:moved_mentorship", LED_ON, {"rest": "=pairs/1/"}),
    Row("search:search", EVERYBODY),
    Row("search:suggest", EVERYBODY),
    Row("search:atom", EVERYBODY),
    Row("search:json", EVERYBODY),
    Row("searches:mine", SIGNED_IN),
    # Without anything asked there is nothing to save.
    Row("searches:new", {**dict.fromkeys(PEOPLE, "400"), "anonymous": "login"}),
    Row("searches:open", only("owner", outcome="on"), {"pk": "saved"}),
    Row("searches:change", only("owner"), {"pk": "saved"}),
    post("searches:delete", only("owner", outcome="on"), {"pk": "saved"}),
    # accounts and notifications: one's own, nobody else's
    Row("accounts:account", SIGNED_IN),
    Row("accounts:privacy", SIGNED_IN),
    Row("accounts:safety", SIGNED_IN),
    Row("accounts:sign_in_again", SIGNED_IN),
    # The second step, without the first: to the sign-in, and from there on for who is signed in.
    Row("mfa_authenticate", ALL_ON),
    # Without anything from Wikimedia there is nothing to join.
    Row("accounts:join", ALL_ON),
    post("accounts:end_session", ALL_ON, {"pk": "=9999"}),
    post("accounts:end_other_sessions", ALL_ON),
    post("accounts:download", SIGNED_IN),
    # Leaving asks for the word that says so; without it the form comes back.
    post("accounts:leave", {**dict.fromkeys(PEOPLE, "400"), "anonymous": "login"}),
    Row("notifications:feed", SIGNED_IN),
    Row("notifications:preferences", SIGNED_IN),
    post("notifications:read_all", ALL_ON),
    Row("notifications:open", only("owner", outcome="on"), {"pk": "notification"}),
    Row("notifications:unsubscribe", EVERYBODY, {"token": "token"}),
    post("notifications:try_address_again", ALL_ON, address="another@private.example"),
    Row("confirm_code", EVERYBODY),
    Row("confirm_email", EVERYBODY, {"key": "=unknown"}),
    # reports: one's own, and below those that an administrator may read
    Row("reports:mine", SIGNED_IN),
    Row("reports:new", {**SIGNED_IN, "owner": "none"}, {"kind": "=person", "id": "person"}),
    Row("reports:new", only("owner", "other"), {"kind": "=pairing", "id": "pairing"}),
    Row("reports:report", only("owner"), {"pk": "report"}),
    post("reports:add", only("owner"), {"pk": "report"}),
    post("reports:withdraw", only("owner", outcome="on"), {"pk": "report"}),
    # directory
    Row("directory:listings", EVERYBODY),
    Row("directory:people", EVERYBODY),
    Row("directory:organisations", EVERYBODY),
    Row("directory:person", EVERYBODY, {"pk": "person"}),
    Row("directory:person", dict.fromkeys(PEOPLE, "none"), {"pk": "hidden"}),
    Row("directory:ask_person", SIGNED_IN, {"pk": "person"}),
    Row("directory:ask_person", {**dict.fromkeys(PEOPLE, "none"), "anonymous": "login"}, {"pk": "hidden"}),
    Row("directory:organisation", EVERYBODY, {"slug": "organisation"}),
    Row(
        "directory:organisation_edit", only("owner", "coordinator", "administrator"), {"slug": "organisation"}
    ),
    Row(
        "directory:organisation_members",
        only("owner", "coordinator", "administrator"),
        {"slug": "organisation"},
    ),
    post(
        "directory:change_member",
        only("owner", "coordinator", "administrator", outcome="on"),
        {"slug": "organisation", "pk": "membership"},
        role="member",
    ),
    post(
        "directory:approve_manager",
        only("owner", "coordinator", "administrator", outcome="on"),
        {"slug": "organisation", "pk": "invitation"},
    ),
    post(
        "directory:take_back",
        only("owner", "coordinator", "administrator", outcome="on"),
        {"slug": "organisation", "pk": "invitation"},
    ),
    Row("directory:listing_new", EVERYBODY),
    Row("directory:listing", EVERYBODY, PK),
    Row("directory:listing", {**dict.fromkeys(PEOPLE, "none"), "owner": "page"}, {"pk": "draft"}),
    Row("directory:listing_edit", only("owner"), PK),
    Row("directory:ask", SIGNED_IN, PK),
    Row("directory:ask", {**only("owner"), "anonymous": "login"}, {"pk": "draft"}),
    post("directory:listing_move", only("owner", outcome="on"), {**PK, "name": "=pause"}),
    Row("directory:exchange", only("owner", "other"), {"pk": "exchange"}),
    post(
        "directory:exchange_move",
        only("owner", "other", outcome="on"),
        {"pk": "exchange", "name": "=withdraw"},
    ),
    Row("directory:profile_edit", SIGNED_IN),
    Row("directory:profile_section", SIGNED_IN, {"name": "=about"}),
    post("directory:pause", {**SIGNED_IN}),
    post("directory:leave_alone", ALL_ON),
    Row("directory:my_listings", SIGNED_IN),
    Row("directory:my_exchanges", SIGNED_IN),
    Row("directory:my_organisations", SIGNED_IN),
    post("directory:leave_organisation", only("owner", outcome="on"), {"pk": "own_membership"}),
    post("directory:answer_invitation", ALL_ON, {"pk": "invitation"}),
    # learning
    Row("learning:mine", SIGNED_IN),
    post("learning:take", dict.fromkeys(PEOPLE, "on"), {"page_id": "lesson_key", "step_id": "=gone"}),
    Row("learning:people", only("coordinator", "administrator"), {"cohort_id": "cohort"}),
    post(
        "learning:move",
        {**dict.fromkeys(PEOPLE, "none"), "anonymous": "login"},
        {"cohort_id": "cohort", "enrolment_id": "=0"},
        move="complete",
    ),
    post("learning:enrol", ALL_ON, {"cohort_id": "cohort"}),
    post("learning:leave", {**dict.fromkeys(PEOPLE, "none"), "anonymous": "login"}, {"cohort_id": "cohort"}),
    # mentoring
    Row("mentoring:mine", SIGNED_IN),
    Row("mentoring:request_start", SIGNED_IN | {"owner": "on"}, {"programme": "programme"}),
    Row("mentoring:request", only("owner"), {"pk": "request"}),
    Row("mentoring:request_summary", only("owner"), {"pk": "request"}),
    Row("mentoring:request_screen", only("owner", outcome="on"), {"pk": "request", "name": "=need"}),
    Row("mentoring:request_withdraw", only("owner"), {"pk": "request"}),
    post("mentoring:request_send", only("owner", outcome="on"), {"pk": "request"}),
    post("mentoring:request_again", only("owner", outcome="on"), {"pk": "request"}),
    Row("mentoring:request_screen", only("owner"), {"pk": "request", "name": "=apart"}),
    post("mentoring:erase_answer", only("owner", outcome="on"), {"pk": "request"}, question="q-fear"),
    Row("mentoring:offer", SIGNED_IN, {"programme": "programme"}),
    post("mentoring:offer_rest", only("other", outcome="on"), {"programme": "programme"}),
    post("mentoring:offer_end", only("other", outcome="on"), {"programme": "programme"}),
    Row("mentoring:proposals", SIGNED_IN),
    Row("mentoring:proposal", only("other"), {"pk": "proposal"}),
    post("mentoring:proposal_accept", only("other", outcome="on"), {"pk": "proposal"}),
    post(
        "mentoring:proposal_decline", only("other", outcome="on"), {"pk": "proposal"}, reason_code="no_time"
    ),
    Row("mentoring:pairing", only("owner", "other"), {"pk": "pairing"}),
    post("mentoring:pairing_plan", only("owner", "other"), {"pk": "pairing"}),
    post("mentoring:pairing_agree", only("owner", "other", outcome="on"), {"pk": "pairing"}),
    post("mentoring:pairing_hours", only("owner", "other"), {"pk": "pairing"}),
    post("mentoring:pairing_break", only("owner", "other"), {"pk": "pairing"}),
    Row("mentoring:pairing_coordinators", only("owner", "other"), {"pk": "pairing"}),
    post("mentoring:pairing_thanks", only("owner", "other"), {"pk": "pairing"}),
    post("mentoring:pairing_move", only("owner", "other", outcome="on"), {"pk": "pairing", "name": "=close"}),
    # Only those who coordinate: being an administrator is no reason to read what people wrote in trust.
    Row("mentoring:board", only("coordinator"), {"programme": "programme"}),
    post(
        "mentoring:board_act",
        only("coordinator", outcome="on"),
        {"programme": "programme", "pk": "request", "action": "=ready"},
    ),
    # The directory in the admin: who has no work in the admin is sent to its door, others to its first page.
    Row(
        "admin_door", {**dict.fromkeys(PEOPLE, "no"), "anonymous": "login", **dict.fromkeys(PEOPLE[4:], "on")}
    ),
    Row("directory_capacities:index", {**dict.fromkeys(PEOPLE, "on"), **dict.fromkeys(PEOPLE[4:], "page")}),
    Row("directory_listings:index", {**dict.fromkeys(PEOPLE, "on"), "administrator": "page"}),
    # Accounts; who may change which is asked in tests/desk.
    Row("wagtailusers_users:add", {**dict.fromkeys(PEOPLE, "on"), "administrator": "page"}),
    Row("wagtailusers_users:edit", dict.fromkeys(PEOPLE, "on"), {"pk": "=9999"}),
    Row("wagtailusers_users:delete", LED_ON, {"pk": "=9999"}),
    Row("wagtailusers_users:second_factor", LED_ON, {"pk": "=9999"}),
    Row("mentoring_trust:index", {**dict.fromkeys(PEOPLE, "on"), "administrator": "page"}),
    Row("failed_jobs:index", {**dict.fromkeys(PEOPLE, "on"), "administrator": "page"}),
    Row("site_status:index", {**dict.fromkeys(PEOPLE, "on"), "administrator": "page"}),
    Row("site_status:json", {**dict.fromkeys(PEOPLE, "on"), "administrator": "page"}),
    Row("reports_admin:index", {**dict.fromkeys(PEOPLE, "on"), "administrator": "page"}),
    Row("reports_admin:report", {**dict.fromkeys(PEOPLE, "on"), "administrator": "page"}, {"pk": "report"}),
    Row("lessons_without_capacities", {**dict.fromkeys(PEOPLE, "on"), **dict.fromkeys(PEOPLE[4:], "page")}),
    Row(
        "lessons_without_capacities_results",
        {**dict.fromkeys(PEOPLE, "on"), **dict.fromkeys(PEOPLE[4:], "page")},
    ),
    # Nothing is in the form: whoever may use the admin is sent back with a message, others to its door.
    post(
        "upload_checked_pofile",
        dict.fromkeys(PEOPLE, "on"),
        {"translation_id": "=1"},
    ),
    # There is no translation in this small site; who may do what with one is asked in tests/home/test_handing_in.py and
    # tests/desk.
    Row("update_checked_translations", dict.fromkeys(PEOPLE, "on"), {"translation_source_id": "=1"}),
    Row("convert_checked_page", dict.fromkeys(PEOPLE, "on"), {"page_id": "=9999"}),
    post(
        "hand_in_translation",
        dict.fromkeys(PEOPLE, "on"),
        {"translation_id": "=1"},
    ),
    Row("search_index:index", {**dict.fromkeys(PEOPLE, "on"), "administrator": "page"}),
)
ADMIN = (
    "mail_admin:",
    "wagtailadmin_api:",
    "wagtailusers_groups:",
    "cohorts:",
    "directory_capacities:",
    "directory_listings:",
    "directory_organisations:",
    "directory_people:",
    "mentoring_people:",
)


def outcome_of(response: HttpResponse) -> str:
    """A response in one word, see the rows."""
    if response.status_code in (301, 302, 303):
        return "login" if "/account/login/" in response["Location"] else "on"
    return {200: "page", 403: "no", 404: "none", 405: "get"}.get(
        response.status_code, str(response.status_code)
    )


def open_as(world: World, row: Row, who: str) -> HttpResponse:
    """Opens the row's address as this person. What it changes is undone."""
    client = world.client(who)
    try:
        with transaction.atomic():
            url = row.url(world)
            here = {"sec-fetch-site": "same-origin"}  # as each browser says of a form on this site
            response = client.post(url, row.data, headers=here) if row.post else client.get(url)
            raise Undo
    except Undo:
        return response


class Undo(Exception):
    """Takes back what a request has changed."""


@pytest.mark.parametrize(
    "row", ROWS, ids=[f"{row.name}-{'-'.join(row.arguments.values()) or 'plain'}" for row in ROWS]
)
def test_everybody_gets_what_they_may(world: World, index: Any, row: Row) -> None:
    assert {who: outcome_of(open_as(world, row, who)) for who in PEOPLE} == row.expected


def our_addresses() -> Iterator[tuple[str, str]]:
    """(name, pattern) of each address whose view is ours."""

    def walk(patterns: list[Any], names: tuple[str, ...], path: str) -> Iterator[tuple[str, str]]:
        for entry in patterns:
            here = path + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, (*names, *filter(None, [entry.namespace])), here)
            elif isinstance(entry, URLPattern) and entry.callback.__module__.startswith(OURS):
                yield ":".join((*names, entry.name or "")), here

    yield from walk(get_resolver().url_patterns, (), "")


def test_no_address_is_without_a_row() -> None:
    known = {row.name for row in ROWS}
    missing = {name for name, _path in our_addresses() if name not in known and not name.startswith(ADMIN)}
    assert missing == set(), "Say in ROWS who may open these."


def test_no_row_is_without_an_address() -> None:
    names = {name for name, _path in our_addresses()}
    assert {row.name for row in ROWS} - names == set()


# What opening an address changes --------------------------------------------------------------------------

CHANGE = re.compile(r"^\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM)\s+[\"`]?(\w+)", re.I)
# Of the browser that asks: what it typed, its language, its messages.
OF_THE_BROWSER = {"django_session"}


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """The tables that statements change until the block ends, whether or not a row fits."""
    found: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if change := CHANGE.match(sql):
            found.add(change.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def addresses_without_arguments() -> Iterator[tuple[str, str]]:
    """(name, address) of every address there is that needs nothing named, those of libraries and the admin too."""

    def walk(patterns: list[Any], names: tuple[str, ...]) -> Iterator[str]:
        for entry in patterns:
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, (*names, *filter(None, [entry.namespace])))
            elif isinstance(entry, URLPattern) and entry.name:
                yield ":".join((*names, entry.name))

    for name in dict.fromkeys(walk(get_resolver().url_patterns, ())):
        try:
            yield name, reverse(name)
        except NoReverseMatch:
            continue


@pytest.mark.parametrize("who", ["anonymous", "owner", "other", "coordinator", "administrator"])
def test_an_address_that_is_opened_changes_nothing(world: World, index: Any, who: str) -> None:
    """But for a stated list, which is the signed-in person's alone."""
    rows = [(row.name, row.url(world)) for row in ROWS]
    if who in ("anonymous", "administrator"):
        rows += addresses_without_arguments()
    unlisted = set()
    for name, address in dict.fromkeys(rows):
        client = world.client(who)
        client.raise_request_exception = False  # Wagtail has a page that only raises
        with tables_written() as found:
            client.get(address)
        unlisted |= {
            (name, table)
            for table in found - OF_THE_BROWSER
            if not {("", table), (name, table)} & WRITES_WHEN_OPENED.keys()
        }
    assert unlisted == set()


# What is read --------------------------------------------------------------------------------------------

PAGES = (
    "/en/",
    "/en/learn/",
    "/en/learn/lesson/",
    "/en/learn/course/",
    "/en/learn/lesson/step/1/",
    "/en/mentoring/",
)


def may_read(who: str) -> Callable[[str], bool]:
    """Which of the secrets a person may read somewhere: their own, and what they were told."""
    allowed = {
        "owner": {ANSWER, SAFETY, MESSAGE, DRAFT, NOTE, CONTACT, REASON, WISH, REPORT},
        "other": {MESSAGE, NOTE, CONTACT, ANSWER},
        "coordinator": {ANSWER, NOTE},
        "editor": {NOTE, DRAFT_LESSON},
        "administrator": {NOTE, REPORT, SAFETY, DRAFT_LESSON},
    }.get(who, {NOTE} if who != "anonymous" else set())
    return lambda secret: secret in allowed


def words_of(response: Any) -> str:
    """What an answer says; files are streamed, and the parts of the sitemap packed."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return (gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content).decode()


@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_private_stands_on_a_page_that_is_not_for_it(world: World, index: Any, who: str) -> None:
    index.rebuild()
    addresses = [
        *PAGES,
        *(row.url(world) for row in ROWS if not row.post and row.name not in ("robots", "design:patterns")),
        reverse("directory:exchange", args=[world.things["declined"]]),
        *(
            f"{reverse(name)}?q={words}"
            for name in ("search:search", "search:atom", "search:json")
            for words in ("offer+nobody+has+seen", "flooded+cellar", "cried", "person", "")
        ),
        reverse("search:suggest") + "?q=an+offer",
    ]
    mine = world.people[who].user.email if who in world.people else ""
    allowed = may_read(who)
    client = world.client(who)
    found = []
    for address in addresses:
        page = words_of(client.get(address))
        emails = {person.user.email for person in world.people.values()} - {mine}
        secrets = itertools.chain(emails, (secret for secret in SECRETS if not allowed(secret)))
        found += [f"{secret} on {address}" for secret in secrets if secret in page]
    assert found == []


def test_a_private_reason_is_read_by_its_author_alone(world: World) -> None:
    address = reverse("directory:exchange", args=[world.things["declined"]])
    assert REASON in world.client("owner").get(address).content.decode()
    other = world.client("other").get(address).content.decode()
    assert "Not this month." in other
    assert REASON not in other
    assert "No time at the moment" not in other


@pytest.mark.parametrize("who", PEOPLE[1:4])
def test_somebody_without_work_in_the_admin_is_told_so(world: World, who: str) -> None:
    response = world.client(who).get("/admin/", follow=True)
    assert response.status_code == 403
    assert "This page is not open to you" in response.content.decode()


def test_a_draft_lesson_has_no_page(world: World) -> None:
    for who in PEOPLE:
        assert world.client(who).get("/en/learn/draft-lesson/").status_code == 404
