"""Every kind of page, with who looks at it: the list that the tests of all pages go through.

An address without language; {language} is put before it. Where a page is of one thing, the thing is looked up in
the prepared site.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from directory.models import Exchange, Listing, Organisation, Person
from mentoring.models import MentoringProgrammePage, MentoringRequest, Pairing, Proposal

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
        """Where it is in a language."""
        found = self.address if isinstance(self.address, str) else self.address()
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
        Exchange.objects.filter(state=state, starter__name="Salma Benali").earliest("pk").get_absolute_url()
    )


def person(name: str) -> Callable[[], str]:
    """Somebody's page."""
    return lambda: Person.objects.get(name=name).get_absolute_url()


def request(state: str, ending: str = "") -> Callable[[], str]:
    """The page of some mentorship request in this state."""
    return lambda: MentoringRequest.objects.filter(state=state).earliest("pk").get_absolute_url() + ending


def whose(state: str) -> Callable[[], Person]:
    """Whose request `request(state)` is."""
    return lambda: MentoringRequest.objects.filter(state=state).earliest("pk").person


def board() -> str:
    """The matching board of the programme."""
    return f"mentorship/board/{programme()}/"


def programme() -> str:
    """What the programme is called in addresses."""
    return str(MentoringProgrammePage.objects.get(locale__language_code="en").translation_key)


def proposal() -> Proposal:
    """A mentor is being asked."""
    return Proposal.objects.filter(state="offered").earliest("pk")


def pairing() -> Pairing:
    """A pair that has begun."""
    return Pairing.objects.filter(state="active").earliest("pk")


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
    Kind("my-learning", "learning/mine/", "member"),
    Kind("search", "search/?q=partner"),
    Kind("search-empty", "search/"),
    Kind("search-nothing", "search/?q=xyzzyqqq"),
    Kind("search-branch", "search/?q=partner&capacity=partnerships&language=fr"),
    Kind("saved-searches", "my/searches/", "member"),
    Kind("save-a-search", "my/searches/new/?q=partner&language=fr", "member"),
    Kind("listings", "exchange/"),
    Kind("listings-filtered", "exchange/?kind=need"),
    Kind("offer", listing(OFFER)),
    Kind("offer-signed-in", listing(OFFER), "member"),
    Kind("need", a_listing(direction="need")),
    Kind("grant", a_listing(asset="finance", direction="offer")),
    Kind("ask", lambda: listing(OFFER)() + "ask/", "member"),
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
    Kind("request-start", lambda: f"mentorship/requests/start/{programme()}/", "dewi-larasati"),
    Kind("request-screen", request("draft", "screen/need/"), whose("draft")),
    Kind("request-summary", request("draft", "summary/"), whose("draft")),
    Kind("request-waiting", request("queued"), whose("queued")),
    Kind("request-needs-info", request("needs_info"), whose("needs_info")),
    Kind("request-paired", request("paired"), whose("paired")),
    Kind("my-mentoring", "mentorship/mine/", "mentor"),
    Kind("mentor-offer", lambda: f"mentorship/mentors/{programme()}/", "mentor"),
    Kind("proposals", "mentorship/proposals/", "mentor"),
    Kind("proposal", lambda: proposal().get_absolute_url(), lambda: proposal().offer.person),
    Kind("pair", lambda: pairing().get_absolute_url(), lambda: pairing().mentee),
    Kind("board", board, "coordinator"),
    Kind("my-profile", "my/profile/", "member"),
    Kind("my-profile-section", "my/profile/about/", "member"),
    Kind("my-listings", "my/listings/", "member"),
    Kind("my-exchanges", "my/exchanges/", "member"),
    Kind("my-organisations", "my/organisations/", "kwabena-asante"),
    Kind("exchange-accepted", exchange("accepted"), "member"),
    Kind("exchange-done", exchange("done"), "member"),
    Kind("notifications", "notifications/", "member"),
    Kind("preferences", "notifications/preferences/", "member"),
    Kind("account", "account/", "member"),
    Kind("account-privacy", "account/privacy/", "member"),
    Kind("sign-in", "account/login/"),
    Kind("sign-up", "account/signup/"),
    Kind("forgotten-password", "account/password/reset/"),
    Kind("about", "about/"),
    Kind("figures", "figures/"),
    Kind("patterns", "patterns/"),
    Kind("not-found", "nowhere/", status=404),
)
