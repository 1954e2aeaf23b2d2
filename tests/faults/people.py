"""Simulated people, each in a thread, who go through every flow again and again and note what they were told is done."""

from __future__ import annotations

import itertools
import random
import re
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from tests.cluster.topology import Cluster, source
from tests.factories.accounts import PASSWORD
from tests.faults.browsers import MARK, Browser, GaveUp, Sheet, SignedOut
from tests.faults.log import Ledger, now

CODE = re.compile(r"^(\d{3} \d{3})\s*$", re.M)
MAIL_WITHIN = 150  # seconds
OPEN_TO_ALL = ("/en/", "/en/exchange/", "/en/people/", "/en/learn/", "/ar/", "/en/search/?q=chairs")
_numbers = itertools.count(1)
_sources = itertools.count(1)


@dataclass
class World:
    """What all of them share."""

    cluster: Cluster
    scenery: dict[str, Any]
    ledger: Ledger
    stop: threading.Event
    writing: threading.Event  # cleared while those who write hold still

    def browser(self, who: str) -> Browser:
        """A window of somebody's own."""
        return Browser(self.cluster.url, who, source(next(_sources)), self.ledger)

    def signed_in(self, who: str) -> Browser:
        """The same, signed in."""
        window = self.browser(who)
        window.sign_in(f"{who}@people.example", PASSWORD)
        return window


def token() -> str:
    """A word that nobody has typed before."""
    return f"{MARK}{next(_numbers)}"


class Someone(threading.Thread):
    """Does one thing again and again until all stop. What no fault explains is noted."""

    pause = 0.3

    def __init__(self, world: World, who: str) -> None:
        super().__init__(name=who, daemon=True)
        self.world, self.who, self.ledger = world, who, world.ledger
        self.rounds = 0

    def run(self) -> None:
        """Until the event."""
        flow: Iterator[None] | None = None
        while not self.world.stop.is_set():
            try:
                flow = flow or self.flow()
                next(flow)
                self.rounds += 1
            except StopIteration:
                flow = None
            except SignedOut as problem:
                self.ledger.surprise(f"signed out: {problem}")
                flow = None
            except GaveUp as problem:
                if not self.world.stop.is_set():
                    self.ledger.surprise(f"gave up: {problem}")
                flow = None
            except Exception:
                self.ledger.surprise(f"{self.who}: {traceback.format_exc(limit=-4)}")
                flow = None
            self.world.stop.wait(self.pause)
            self.world.writing.wait()

    def flow(self) -> Iterator[None]:
        """One round of it, in steps. Made anew when it has ended or failed."""
        raise NotImplementedError


class Reader(Someone):
    """Not signed in."""

    pause = 0.2

    def run(self) -> None:
        """Reads on while others hold still, and never presses again: each page counts."""
        window = self.world.browser(self.who)
        while not self.world.stop.is_set():
            window.ask("GET", random.choice(OPEN_TO_ALL))
            self.world.stop.wait(self.pause)


class Newcomer(Someone):
    """Signs up, reads the mail, types its code."""

    pause = 2.0

    def flow(self) -> Iterator[None]:
        window, key = self.world.browser(self.who), f"new{next(_numbers)}"
        email = f"{key}@mails.example"
        form = window.form("/en/account/signup/", "password1")
        form.fill(name="Hanae", email=email, password1=PASSWORD, password2=PASSWORD)
        self.ledger.send("account", email)
        answer = form.send()
        if answer.status_code != 302:
            raise AssertionError(f"sign-up answers {answer.status_code}: {answer.text[:500]}")
        self.ledger.done("account", email)
        yield
        message = self._mail(email)
        found = CODE.search(message.get_body(("plain",)).get_content())  # type: ignore[union-attr]
        assert found, message
        form = window.form("/en/account/confirm-email/", "code").fill(code=found[1])
        answer = form.send()
        if answer.status_code != 302:
            raise AssertionError(f"the code is refused: {answer.status_code}")
        self.ledger.done("confirmed", email)
        yield

    def _mail(self, email: str) -> EmailMessage:
        until = now() + MAIL_WITHIN
        while now() < until and not self.world.stop.is_set():
            for taken in self.world.cluster.mail.mails:
                if taken.receiver == email:
                    return taken.message
            time.sleep(0.3)
        raise GaveUp(f"no mail to {email}")


class Couple(Someone):
    """Two members: profile, offer, need, a question about the offer through all its states, a saved search, a report."""

    def __init__(self, world: World, first: str, second: str) -> None:
        super().__init__(world, f"{first}+{second}")
        self.keys = (first, second)
        self.windows: tuple[Browser, Browser] | None = None

    def flow(self) -> Iterator[None]:
        if self.windows is None:
            self.windows = (self.world.signed_in(self.keys[0]), self.world.signed_in(self.keys[1]))
        owner, asker = self.windows
        for part in (
            self._profile(owner),
            self._exchange(owner, asker),
            self._listing(asker, "need"),
            self._searches(asker),
            self._report(asker),
        ):
            yield from part

    def _profile(self, window: Browser) -> Iterator[None]:
        word = token()
        form = window.form("/en/my/profile/about/", "bio").fill(bio=f"I count chairs. {word}")
        self.ledger.send("bio", window.who, word=word)
        _ends(form.send(), "/en/my/profile/")
        self.ledger.done("bio", window.who, word=word)
        yield

    def _listing(self, window: Browser, direction: str) -> Iterator[str]:
        word = token()
        form = window.form(f"/en/listings/new/?direction={direction}", "title")
        form.fill(title=f"Chairs {word}", summary="For a room.")
        form.values["capacities"] = [self.world.scenery["capacity"]]
        self.ledger.send("listing", word, by=window.who)
        made = _ends(form.send(), "/en/listings/")
        self.ledger.done("listing", word, by=window.who)
        yield made.split("/")[3]

    def _exchange(self, owner: Browser, asker: Browser) -> Iterator[None]:
        listing = next(self._listing(owner, "offer"))
        yield
        word = token()
        form = asker.form(f"/en/listings/{listing}/ask/", "message").fill(message=f"May we? {word}")
        self.ledger.send("exchange", word, state="asked")
        address = _ends(form.send(), "/en/exchanges/")
        self.ledger.done("exchange", word, state="asked")
        yield
        for window, move, typed, state in (
            (owner, "accept", {"answer": f"Yes. {token()}"}, "accepted"),
            (asker, "finish", {}, "done"),
            (asker, "thank", {"text": f"Thanks. {token()}"}, "thanked"),
        ):
            form = window.form(address, to=f"/{move}/").fill(**typed)
            self.ledger.send("exchange", word, state=state)
            _ends(form.send(), address)
            self.ledger.done("exchange", word, state=state)
            yield

    def _searches(self, window: Browser) -> Iterator[None]:
        word = token()
        form = window.form(f"/en/my/searches/new/?q={word}", "name").fill(name=word)
        self.ledger.send("search", word, by=window.who)
        _ends(form.send(), "/en/my/searches/")
        self.ledger.done("search", word, by=window.who)
        yield
        # Nobody may have more than fifty.
        page = window.get("/en/my/searches/")
        found = re.search(r"/en/my/searches/(\d+)/delete/", page.text)
        if found and page.text.count("/delete/") > 30:
            window.post(found[0], Sheet(window, page.url, page.text, to=found[0]).values)
            self.ledger.done("deleted", found[1])
        yield

    def _report(self, window: Browser) -> Iterator[None]:
        word = token()
        listing = next(self._listing(self.windows[0], "offer"))  # type: ignore[index]
        yield
        form = window.form(f"/en/reports/new/listing/{listing}/", "text").fill(text=f"Not kind. {word}")
        self.ledger.send("report", word)
        _ends(form.send(), "/en/reports/")
        self.ledger.done("report", word)
        yield


class Learner(Someone):
    """Writes into a lesson, and takes and gives back a seat of a course that has too few."""

    def flow(self) -> Iterator[None]:
        window = self.world.signed_in(self.who)
        lesson, cohort = self.world.scenery["lesson"], self.world.scenery["cohort"]
        while True:
            word = token()
            form = window.form(f"{lesson}step/2/", to="/steps/")
            (name,) = [name for name in form.values if name.startswith("task-")]
            form.values[name] = [f"We counted. {word}"]
            self.ledger.send("progress", self.who, word=word)
            if not form.send(do="check").location:
                raise AssertionError("the lesson keeps nothing")
            self.ledger.done("progress", self.who, word=word)
            yield
            page = window.get(self.world.scenery["course"])
            move = "enrol" if f"/cohorts/{cohort}/enrol/" in page.text else "leave"
            form = Sheet(window, page.url, page.text, to=f"/cohorts/{cohort}/{move}/")
            self.ledger.send("seat", self.who, move=move)
            if not form.send().location:
                raise AssertionError("the course answers nothing")
            self.ledger.done("seat", self.who, move=move)
            yield


class Mentee(Someone):
    """Writes a request for a mentor, once, and waits."""

    pause = 0.5

    def flow(self) -> Iterator[None]:
        window = self.world.signed_in(self.who)
        word = token()
        form = window.form(f"/en/mentoring/requests/start/{self.world.scenery['programme']}/", to="/start/")
        answer = form.send()
        while "/screen/" in answer.location:
            yield
            form = window.form(answer.location)
            if "goal" in form.names():
                form.fill(goal=f"I want to moderate. {word}")
                form.values["capacities"] = [self.world.scenery["capacity"]]
            if "contact" in form.names():
                form.fill(contact="by letter").fill(formats=True)
                form.values["languages"] = ["en"]
            answer = form.send()
        yield
        form = window.form(answer.location, to="/send/")
        self.ledger.send("request", word, by=self.who)
        if not form.send().location:
            raise AssertionError("the request is not sent")
        self.ledger.done("request", word, by=self.who)
        while not self.world.stop.wait(1):
            yield


class Coordinator(Someone):
    """Asks mentors for whoever waits, those with room and those without."""

    pause = 1.0

    def flow(self) -> Iterator[None]:
        window = self.world.signed_in("coordinator")
        board = f"/en/mentoring/board/{self.world.scenery['programme']}/"
        while True:
            page = window.get(board)
            for key in dict.fromkeys(re.findall(r"\?request=([0-9a-f-]{36})", page.text)):
                yield
                for offer in self.world.scenery["offers"]:
                    page = window.get(f"{board}?request={key}&mentor={offer}")
                    if f"{key}/propose/" not in page.text:
                        continue
                    form = Sheet(window, page.url, page.text, to=f"{key}/propose/")
                    self.ledger.send("proposal", key, offer=offer)
                    form.values["need"] = ["Somebody wants to moderate."]
                    form.send()
                    break
            yield


class Mentor(Someone):
    """Says yes to every question."""

    pause = 1.0

    def flow(self) -> Iterator[None]:
        window = self.world.signed_in(self.who)
        while True:
            page = window.get("/en/my/mentoring/proposals/")
            for key in dict.fromkeys(re.findall(r"/mentoring/proposals/([0-9a-f-]{36})/", page.text)):
                form = window.form(f"/en/mentoring/proposals/{key}/", to="/accept/")
                self.ledger.send("pair", key)
                if "/mentoring/pairs/" in form.send().location:
                    self.ledger.done("pair", key)
                yield
            yield


def _ends(answer: Any, begins: str) -> str:
    """Where a form led to, which has to begin so."""
    if not answer.location.startswith(begins):
        raise AssertionError(
            f"{answer.url} answers {answer.status_code} {answer.location}: {answer.text[-1500:]}"
        )
    return str(answer.location)


def crowd(world: World, members: int, mentees: int) -> list[Someone]:
    """Everybody: a third of the members learn, the others go in couples."""
    learners = [f"member{number}" for number in range(members // 3)]
    others = [f"member{number}" for number in range(members // 3, members)]
    made: list[Callable[[], Someone]] = [
        *(lambda key=key: Learner(world, key) for key in learners),
        *(lambda pair=pair: Couple(world, *pair) for pair in zip(others[::2], others[1::2], strict=False)),
        *(lambda number=number: Mentee(world, f"mentee{number}") for number in range(mentees)),
        lambda: Coordinator(world, "coordinator"),
        *(lambda number=number: Mentor(world, f"mentor{number}") for number in range(2)),
        lambda: Newcomer(world, "newcomer"),
        *(lambda number=number: Reader(world, f"reader{number}") for number in range(2)),
    ]
    return [make() for make in made]
