"""Compares what people were told with what the site knows. Runs inside the site: `manage.py shell -c "…tell(file)"`."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

COUNTED = ("lost", "doubled", "oversold", "jumped", "index")
EXCHANGE = ("asked", "accepted", "done", "thanked")


class Audit:
    """What is wrong, by kind; each a sentence."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.done = [tuple(each) for each in told["acknowledged"]]
        self.tried = [tuple(each) for each in told["tried"]]
        self.wrong: dict[str, list[str]] = {kind: [] for kind in COUNTED}
        self.counts: Counter[str] = Counter(what for what, _key, _more in self.done)

    def each(self, what: str) -> dict[str, dict[str, Any]]:
        """The last that was acknowledged of each thing."""
        return {key: more for name, key, more in self.done if name == what}

    def all(self) -> dict[str, Any]:
        """Every comparison."""
        self.accounts()
        self.words()
        self.made_once()
        self.exchanges()
        self.learning()
        self.mentoring()
        self.moves()
        self.index()
        return {"wrong": self.wrong, "counts": self.counts}

    def lost(self, words: str) -> None:
        self.wrong["lost"].append(words)

    def count(self, what: str, key: str, found: int, *, told: bool) -> None:
        """Once if it was acknowledged, at most once if not."""
        if found > 1:
            self.wrong["doubled"].append(f"{what} {key}: {found} times")
        elif told and not found:
            self.lost(f"{what} {key}")

    def accounts(self) -> None:
        from allauth.account.models import EmailAddress

        from foundation.accounts.models import User

        for key in {key for what, key, _more in self.tried if what == "account"}:
            self.count(
                "account", key, User.objects.filter(email=key).count(), told=key in self.each("account")
            )
        for key in self.each("confirmed"):
            if not EmailAddress.objects.filter(email=key, verified=True).exists():
                self.lost(f"confirmed {key}")

    def words(self) -> None:
        """What somebody writes over and over: the last that was acknowledged, or one that was sent after it."""
        from directory.models import Person
        from learning.models import Progress

        bios = {row.user.email.partition("@")[0]: row.bio for row in Person.objects.select_related("user")}
        self._last("bio", bios)
        rows = Progress.objects.select_related("user").filter(part="task")
        self._last("progress", {row.user.email.partition("@")[0]: json.dumps(row.state) for row in rows})

    def _last(self, what: str, stored: dict[str, str]) -> None:
        for key, more in self.each(what).items():
            sent = [each["word"] for name, who, each in self.tried if (name, who) == (what, key)]
            after = sent[sent.index(more["word"]) :]
            if not any(_holds(stored.get(key, ""), word) for word in after):
                self.lost(f"{what} of {key}: {more['word']}, and there is {stored.get(key)!r}")

    def made_once(self) -> None:
        from directory.models import Listing
        from foundation.reports.models import Report
        from search.saved.models import SavedSearch

        titles = Counter(Listing.objects.filter(title__startswith="Chairs ").values_list("title", flat=True))
        self._once("listing", {title.removeprefix("Chairs "): number for title, number in titles.items()})
        words = [word for text in Report.objects.values_list("text", flat=True) for word in text.split()]
        self._once("report", Counter(words))
        if not self.each("deleted"):
            self._once("search", Counter(SavedSearch.objects.values_list("name", flat=True)))

    def _once(self, what: str, found: Any) -> None:
        acknowledged = self.each(what)
        for key in {key for name, key, _more in self.tried if name == what}:
            self.count(what, key, found.get(key, 0), told=key in acknowledged)

    def exchanges(self) -> None:
        from directory.models import Exchange

        rows: dict[str, list[Any]] = {}
        for row in Exchange.objects.all():
            rows.setdefault(row.message.split()[-1], []).append(row)
        for key in {key for what, key, _more in self.tried if what == "exchange"}:
            found, told = rows.get(key, []), self.each("exchange").get(key)
            self.count("exchange", key, len(found), told=told is not None)
            if told and found and EXCHANGE.index(found[0].state) < EXCHANGE.index(told["state"]):
                self.lost(f"exchange {key}: {told['state']} was said, it is {found[0].state}")

    def learning(self) -> None:
        from learning.models import Cohort, Enrolment

        for cohort in Cohort.objects.all():
            taken = Enrolment.objects.filter(cohort=cohort, state="enrolled").count()
            if taken > cohort.seats:
                self.wrong["oversold"].append(f"cohort {cohort.pk}: {taken} of {cohort.seats} seats")
            waits = Enrolment.objects.filter(cohort=cohort, state="waiting").count()
            if waits and taken < cohort.seats:
                self.lost(f"cohort {cohort.pk}: {waits} wait, {cohort.seats - taken} seats are free")
        rows = Enrolment.objects.select_related("user")
        states: dict[str, list[str]] = {}
        for row in rows:
            states.setdefault(row.user.email.partition("@")[0], []).append(row.state)
        for key, more in self.each("seat").items():
            found = states.get(key, [])
            self.count("enrolment", key, len(found), told=True)
            last = [each["move"] for what, who, each in self.tried if (what, who) == ("seat", key)][-1]
            wanted = {"enrol": {"enrolled", "waiting"}, "leave": {"left"}}
            if found and found[0] not in wanted[more["move"]] | wanted[last]:
                self.lost(f"seat of {key}: {more['move']} was said, it is {found[0]}")

    def mentoring(self) -> None:
        from mentoring.models import MentoringRequest, MentorOffer, Pairing, Proposal

        rows: dict[str, list[Any]] = {}
        for row in MentoringRequest.objects.exclude(state="draft"):
            rows.setdefault(row.goal.split()[-1], []).append(row)
        for key in {key for what, key, _more in self.tried if what == "request"}:
            self.count("request", key, len(rows.get(key, [])), told=key in self.each("request"))
        for offer in MentorOffer.objects.all():
            taken = Pairing.objects.open().filter(offer=offer).count()
            if taken > offer.max_pairs:
                self.wrong["oversold"].append(f"mentor {offer.pk}: {taken} of {offer.max_pairs} pairs")
        for row in MentoringRequest.objects.all():
            pairs = Pairing.objects.open().filter(request=row).count()
            if pairs > 1:
                self.wrong["doubled"].append(f"pairs of request {row.pk}: {pairs}")
        for key in self.each("pair"):
            if not Proposal.objects.filter(pk=key, state="accepted").exists():
                self.lost(f"pair of proposal {key}")

    def moves(self) -> None:
        """Each log is a way through its flow, without a gap, and ends where its subject is."""
        from foundation.workflow.models import LogEntry

        logs: dict[tuple[int, str], list[Any]] = {}
        for row in LogEntry.objects.order_by("at", "pk").select_related("content_type"):
            logs.setdefault((row.content_type_id, row.object_id), []).append(row)
        for rows in logs.values():
            model = rows[0].content_type.model_class()
            subject = model.objects.filter(pk=rows[0].object_id).first()
            if subject is None:
                continue
            moves = {
                (move.name, came, move.target) for move in model.flow.transitions for came in move.sources
            }
            state = rows[0].target
            for row in rows[1:]:
                known = (row.name, row.source, row.target) in moves
                if row.source != state or not known:
                    self.wrong["jumped"].append(f"{subject}: {state} to {row.target} by {row.name}")
                state = row.target
            if state != subject.state:
                self.wrong["jumped"].append(f"{subject}: its log says {state}, it is {subject.state}")

    def index(self) -> None:
        from search.api import drain, verify
        from search.models import OutboxEntry

        drain()
        report = verify()
        if not report.agrees:
            self.wrong["index"].append(str(report))
        if given_up := OutboxEntry.objects.dead().count():
            self.wrong["index"].append(f"{given_up} changes were given up")


def _holds(text: str, word: str) -> bool:
    return word in text.replace('"', " ").replace(".", " ").split() or word in text.split()


def tell(file: str) -> None:
    """Prints what is wrong, for whoever started this as a command."""
    found = Audit(json.loads(Path(file).read_text(encoding="utf-8"))).all()
    print("AUDIT " + json.dumps(found, default=str))
