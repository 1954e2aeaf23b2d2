"""Every kind of page, with who looks at it: the list that the tests of all pages go through.

An address without language; {language} is put before it. Where a page is of one thing, the thing is looked up in
the prepared site.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from wagtail.models import Page

from directory.models import Exchange, Listing, Organisation, Person
from foundation.notifications.models import Preference
from foundation.reports import registry
from foundation.reports.models import Report
from foundation.reports.services import send as send_report
from learning.models import Cohort, CoursePage, TrainingModulePage, WebinarPage
from mentoring.models import MentoringProgrammePage, MentoringRequest, Pairing, Proposal
from search.models import SavedSearch

Address = str | Callable[[], str]


@dataclass(frozen=True)
class Kind:
    """One kind of page. `person` is a key of the demonstration's people, or looked up as the address is; "" for
    somebody who is not signed in."""

    name: str
    address: Address
    person: str | Callable[[], Person] = ""
    status: int = 200

    def path(self, language: str) -> str:
        """Where it is in a language; the editors' admin has the language of whoever works in it."""
        found = self.address if isinstance(self.address, str) else self.address()
        if found.startswith("/admin/"):
            return found
        return f"/{language}/{found.removeprefix('/en/').removeprefix('/')}"


def listing(title: str) -> Callable[[], str]:
    """The page of a listing of the demonstration."""
    return lambda: Listing.objects.get(title=title).get_absolute_url()


def a_listing(**wanted: object) -> Callable[[], str]:
    """The page of some listing."""
    return lambda: Listing.objects.shown().filter(**wanted).earliest("title").get_absolute_url()


def exchange(state: str) -> Callable[[], str]:
    """An exchange in which Salma Benali has a part."""
    return lambda: (
        Exchange.objects.filter(state=state, starter__name="Salma Benali")
        .earliest("created")
        .get_absolute_url()
    )


def person(name: str) -> Callable[[], str]:
    """Somebody's page."""
    return lambda: Person.objects.get(name=name).get_absolute_url()


def request(state: str, ending: str = "") -> Callable[[], str]:
    """The page of some mentorship request in this state."""
    return lambda: (
        MentoringRequest.objects.filter(state=state).earliest("created").get_absolute_url() + ending
    )


def whose(state: str) -> Callable[[], Person]:
    """Whose request `request(state)` is."""
    return lambda: MentoringRequest.objects.filter(state=state).earliest("created").person


def board() -> str:
    """The matching board of the programme."""
    return f"mentoring/board/{programme()}/"


def programme() -> str:
    """What the programme is called in addresses."""
    return str(MentoringProgrammePage.objects.get(locale__language_code="en").translation_key)


def proposal() -> Proposal:
    """A mentor is being asked."""
    return Proposal.objects.filter(state="offered").earliest("created")


def pairing() -> Pairing:
    """A pair that has begun."""
    return Pairing.objects.filter(state="active").earliest("created")


def asked_of(name: str) -> str:
    """An exchange that waits for somebody's answer."""
    waiting = Exchange.objects.filter(state="asked", listing__person__name=name)
    return waiting.earliest("created").get_absolute_url()


def declined() -> Exchange:
    """An exchange to which somebody said no."""
    return Exchange.objects.filter(state="declined").earliest("created")


def saved_search() -> str:
    """The form of a saved search, which is saved now: the demonstration has none."""
    user = Person.objects.get(name="Salma Benali").user
    saved, _made = SavedSearch.objects.get_or_create(
        user=user, name="Partners in French", query="q=partner&language=fr", language="en"
    )
    return reverse("searches:change", args=[saved.pk])


def stop_mails() -> str:
    """Where the last line of an e-mail leads."""
    user = Person.objects.get(name="Salma Benali").user
    preference, _made = Preference.objects.get_or_create(user=user, group="exchanges")
    return reverse("notifications:unsubscribe", args=[preference.token])


def report() -> Report:
    """A report, which is sent now: the demonstration has none."""
    person, user = Person.objects.get(name="Kwabena Asante"), Person.objects.get(name="Salma Benali").user
    known = Report.objects.filter(reporter=user).first()
    subject = registry.find(user, "person", str(person.pk))
    assert subject is not None
    return known or send_report(
        subject, kind="person", id=str(person.pk), by=user, text="They wrote to me at night three times."
    )


def own_listing(direction: str = "offer", ending: str = "") -> Callable[[], str]:
    """A listing of Salma Benali."""
    return lambda: a_listing(person__name="Salma Benali", direction=direction)() + ending


def cohort_people() -> str:
    """Who is in the group of the course."""
    return reverse("learning:people", args=[Cohort.objects.get(is_demo=True).pk])


def page_form(model: type[Page]) -> Callable[[], str]:
    """The editors' form of a page of this kind."""
    return lambda: reverse(
        "wagtailadmin_pages:edit",
        args=[model.objects.filter(locale__language_code="en").earliest("path").pk],
    )


def desk(name: str, *arguments: object) -> Callable[[], str]:
    """A page of the editors' admin by its name."""
    return lambda: reverse(name, args=arguments)


LESSON = "learn/good-offline-event/"
OFFER = "Planning an edit-a-thon when the connection fails"

KINDS: tuple[Kind, ...] = (
    Kind("home", ""),
    Kind("home-signed-in", "", "member"),
    Kind("home-new-person", "", "dewi-larasati"),
    Kind("learn", "learn/"),
    Kind("learn-filtered", "learn/?type=module&q=partner"),
    Kind("lesson", LESSON),
    Kind("lesson-step", f"{LESSON}step/2/"),
    Kind("lesson-question", f"{LESSON}step/3/", "member"),
    Kind("lesson-end", f"{LESSON}done/", "kwabena-asante"),
    Kind("recording", "learn/museum-first-visit/"),
    Kind("course", "learn/first-partnership/"),
    Kind("course-signed-in", "learn/first-partnership/", "member"),
    Kind("course-people", cohort_people, "coordinator"),
    Kind("my-learning", "my/learning/", "member"),
    Kind("search", "search/?q=partner"),
    Kind("search-empty", "search/"),
    Kind("search-nothing", "search/?q=xyzzyqqq"),
    Kind("search-branch", "search/?q=partner&capacity=partnerships&language=fr"),
    Kind("saved-searches", "my/searches/", "member"),
    Kind("save-a-search", "my/searches/new/?q=partner&language=fr", "member"),
    Kind("saved-search", saved_search, "member"),
    Kind("listings", "exchange/"),
    Kind("listings-filtered", "exchange/?kind=need"),
    Kind("offer", listing(OFFER)),
    Kind("offer-signed-in", listing(OFFER), "member"),
    Kind("need", a_listing(direction="need")),
    Kind("need-answered", listing("A museum in Cebu asks what happens to its copyright")),
    Kind("grant", a_listing(asset="finance", direction="offer")),
    Kind("ask", lambda: listing(OFFER)() + "ask/", "member"),
    Kind("ask-person", lambda: person("Kwabena Asante")() + "ask/", "member"),
    Kind("own-listing", own_listing(), "member"),
    Kind("own-need", own_listing("need"), "member"),
    Kind("listing-edit", own_listing(ending="edit/"), "member"),
    Kind("listing-new", "listings/new/"),
    Kind("listing-form", "listings/new/?direction=offer", "member"),
    Kind("need-form", "listings/new/?direction=need", "member"),
    Kind("people", "people/"),
    Kind("person", person("Kwabena Asante")),
    Kind("own-page", person("Salma Benali"), "member"),
    Kind("organisations", "organisations/"),
    Kind("organisation", lambda: Organisation.objects.earliest("slug").get_absolute_url()),
    Kind("organisation-form", "organisations/volta-wiki-circle/edit/", "kwabena-asante"),
    Kind("organisation-people", "organisations/volta-wiki-circle/people/", "kwabena-asante"),
    Kind("capacities", "capacities/"),
    Kind("capacity", "capacities/events-without-internet/"),
    Kind("mentoring", "mentoring/"),
    Kind("programme", "mentoring/first-steps-in-leading/"),
    Kind("programme-signed-in", "mentoring/first-steps-in-leading/", "dewi-larasati"),
    Kind("request-start", lambda: f"mentoring/requests/start/{programme()}/", "dewi-larasati"),
    Kind("request-screen", request("draft", "screen/need/"), whose("draft")),
    Kind("request-summary", request("draft", "summary/"), whose("draft")),
    Kind("request-waiting", request("queued"), whose("queued")),
    Kind("request-needs-info", request("needs_info"), whose("needs_info")),
    Kind("request-paired", request("paired"), whose("paired")),
    Kind("request-proposed", request("proposed"), whose("proposed")),
    Kind("request-declined", request("declined_by_programme"), whose("declined_by_programme")),
    Kind("request-withdraw", request("queued", "withdraw/"), whose("queued")),
    Kind("my-mentoring", "my/mentoring/", "mentor"),
    Kind("mentor-offer", lambda: f"mentoring/mentors/{programme()}/", "mentor"),
    Kind("proposals", "my/mentoring/proposals/", "mentor"),
    Kind("proposal", lambda: proposal().get_absolute_url(), lambda: proposal().offer.person),
    Kind("pair", lambda: pairing().get_absolute_url(), lambda: pairing().mentee),
    Kind(
        "pair-coordinators", lambda: pairing().get_absolute_url() + "coordinators/", lambda: pairing().mentee
    ),
    Kind("pair-close", lambda: pairing().get_absolute_url() + "close/", lambda: pairing().mentee),
    Kind("board", board, "coordinator"),
    Kind("my-profile", "my/profile/", "member"),
    Kind("my-profile-section", "my/profile/about/", "member"),
    Kind("my-listings", "my/listings/", "member"),
    Kind("my-exchanges", "my/exchanges/", "member"),
    Kind("my-organisations", "my/organisations/", "kwabena-asante"),
    Kind("exchange-accepted", exchange("accepted"), "member"),
    Kind("exchange-done", exchange("done"), "member"),
    Kind("exchange-asked", lambda: asked_of("Salma Benali"), "member"),
    Kind("exchange-declined", lambda: declined().get_absolute_url(), lambda: declined().starter),
    Kind("notifications", "notifications/", "member"),
    Kind("preferences", "notifications/preferences/", "member"),
    Kind("stop-mails", stop_mails),
    Kind("reports", lambda: report() and "reports/", "member"),
    Kind(
        "report-new", lambda: f"reports/new/person/{Person.objects.get(name='Kwabena Asante').pk}/", "member"
    ),
    Kind("report", lambda: reverse("reports:report", args=[report().pk]), "member"),
    Kind("account", "account/", "member"),
    Kind("account-privacy", "account/privacy/", "member"),
    Kind("account-safety", "account/safety/", "member"),
    Kind("account-proof", "account/reauthenticate/", "member"),
    Kind("account-email", "account/email/", "member"),
    Kind("account-password", "account/password/change/", "member"),
    Kind("sign-out", "account/logout/", "member"),
    Kind("sign-in", "account/login/"),
    Kind("sign-up", "account/signup/"),
    Kind("forgotten-password", "account/password/reset/"),
    Kind("forgotten-password-sent", "account/password/reset/done/"),
    Kind("confirm-address", "account/confirm-email/"),
    Kind("account-closed", "account/inactive/"),
    Kind("about", "about/"),
    Kind("figures", "figures/"),
    Kind("patterns", "patterns/"),
    Kind("not-found", "nowhere/", status=404),
)

# The editors' admin, in the language of whoever works in it.
DESK: tuple[Kind, ...] = (
    Kind("desk-home", desk("wagtailadmin_home"), "editor"),
    Kind("desk-pages", lambda: "/admin/pages/", "administrator"),
    Kind("desk-lesson", page_form(TrainingModulePage), "editor"),
    Kind("desk-recording", page_form(WebinarPage), "editor"),
    Kind("desk-course", page_form(CoursePage), "editor"),
    Kind("desk-programme", page_form(MentoringProgrammePage), "coordinator"),
    Kind("desk-capacities", desk("directory_capacities:index"), "coordinator"),
    Kind("desk-capacity", desk("directory_capacities:edit", 12), "coordinator"),
    Kind("desk-people", desk("directory_people:index"), "administrator"),
    Kind("desk-organisations", desk("directory_organisations:index"), "administrator"),
    Kind("desk-listings", desk("directory_listings:index"), "administrator"),
    Kind("desk-cohorts", desk("cohorts:index"), "editor"),
    Kind("desk-lessons-without-capacities", desk("lessons_without_capacities"), "editor"),
    Kind("desk-trust", desk("mentoring_trust:index"), "administrator"),
    Kind("desk-reports", lambda: report() and reverse("reports_admin:index"), "administrator"),
    Kind("desk-report", lambda: reverse("reports_admin:report", args=[report().pk]), "administrator"),
    Kind("desk-search-index", desk("search_index:index"), "administrator"),
    Kind("desk-failed-jobs", desk("failed_jobs:index"), "administrator"),
    Kind("desk-status", desk("site_status:index"), "administrator"),
    Kind("desk-accounts", desk("wagtailusers_users:index"), "administrator"),
)
