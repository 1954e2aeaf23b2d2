"""What the coordinators' board shows: columns of requests, the chosen need, ranked mentors."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from directory.capacities.labels import Labels
from directory.models import Capacity
from exchange.accounts.enums import Role
from exchange.workflow.models import LogEntry
from mentoring.enums import Audience
from mentoring.flows import MATCHABLE, MENTOR_DECLINE_REASONS, REQUEST
from mentoring.models import MentoringProgrammePage, MentoringRequest, Pairing, Proposal
from mentoring.presenters import hours_sentence
from mentoring.questions import Answer
from mentoring.ranking import Candidate, rank
from mentoring.status import answers_for, facts_of, languages_of, ways_of

PAIRED_SINCE = datetime.timedelta(days=30)
SHOWN_IN_COLUMN = 4
SHOWN_MENTORS = 6
COLUMNS = (
    ("submitted", gettext_lazy("New")),
    ("needs_info", gettext_lazy("Needs details")),
    ("queued", gettext_lazy("Ready to match")),
    ("proposed", gettext_lazy("Asked a mentor")),
    ("paired", gettext_lazy("Paired this month")),
)


@dataclass(frozen=True)
class Ticket:
    """One request on the board."""

    request: MentoringRequest
    url: str
    about: str
    waiting: str
    late: bool
    selected: bool


@dataclass
class Column:
    """All tickets in one state."""

    label: Any
    tickets: list[Ticket] = field(default_factory=list)

    @property
    def shown(self) -> list[Ticket]:
        """The first few, always with the selected one."""
        return self.tickets[:SHOWN_IN_COLUMN]

    @property
    def folded(self) -> list[Ticket]:
        """The others."""
        return self.tickets[SHOWN_IN_COLUMN:]

    @property
    def opens(self) -> bool:
        """Whether the selected ticket is among those folded away."""
        return any(ticket.selected for ticket in self.folded)


@dataclass(frozen=True)
class Row:
    """One mentor on the bench."""

    number: int
    candidate: Candidate
    url: str
    selected: bool
    facts: list[str]
    hours: str
    asked: int


@dataclass
class Bench:
    """The chosen request with everything a coordinator may know of it."""

    request: MentoringRequest
    about: str
    languages: str
    ways: list[str]
    answers: list[Answer]
    before: int
    rows: list[Row] = field(default_factory=list)
    others: list[Candidate] = field(default_factory=list)
    live: list[Proposal] = field(default_factory=list)
    past: list[tuple[Proposal, str]] = field(default_factory=list)
    pairing: Pairing | None = None
    question: str = ""

    @property
    def shown(self) -> list[Row]:
        """The first few mentors."""
        return self.rows[:SHOWN_MENTORS]

    @property
    def folded(self) -> list[Row]:
        """The other possible mentors."""
        return self.rows[SHOWN_MENTORS:]

    @property
    def selected(self) -> Row | None:
        """The mentor that would be asked."""
        return next((row for row in self.rows if row.selected), None)

    @property
    def left_after(self) -> int:
        """Hours a month that the selected mentor would have left."""
        row = self.selected
        if row is None:
            return 0
        load = row.candidate.load
        return max(row.candidate.offer.hours_a_month - load.hours - self.request.programme.hours_per_pair, 0)

    @property
    def total(self) -> int:
        """All mentors of the programme."""
        return len(self.rows) + len(self.others)

    @property
    def can_match(self) -> bool:
        """Whether the request is in a state in which mentors are looked for."""
        return self.request.state in MATCHABLE

    @property
    def can_propose(self) -> bool:
        """Whether one more mentor may be asked now."""
        return self.request.state in MATCHABLE and len(self.live) < self.request.programme.asked_at_once


def days(count: int) -> str:
    """A number of days in words."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def left_words(until: datetime.datetime) -> str:
    """How much time is left, in days or, on the last day, in hours."""
    left = max(until - timezone.now(), datetime.timedelta())
    if left >= datetime.timedelta(days=1):
        return days(left.days)
    hours = left.seconds // 3600
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def waiting_words(request: MentoringRequest, expires_at: datetime.datetime | None = None) -> str:
    """How long it has waited, and on whom."""
    since = days(request.days_waiting)
    if request.state == "needs_info":
        return _("their turn, %(days)s") % {"days": since}
    if request.state == "proposed" and expires_at is not None:
        return _("%(days)s, %(left)s left") % {"days": since, "left": left_words(expires_at)}
    if request.state == "paired":
        return _("for %(days)s") % {"days": since}
    if request.is_late:
        return _("waiting %(days)s, late") % {"days": since}
    return _("waiting %(days)s") % {"days": since}


def capacity_words(capacities: Iterable[Capacity], labels: Labels) -> str:
    """Capacities in the active language, in one line."""
    language = get_language() or "en"
    return ", ".join(labels.label(capacity.slug, language) for capacity in capacities)


def _requests(programme: MentoringProgrammePage, chosen: UUID | None, user: Any) -> list[Any]:
    """The requests on the board with accounts and capacities, in two queries.

    Each carries `earlier` (how many others the person has sent) and `answer_until` (when the first mentor who
    is being asked has to have answered).
    """
    recently = Q(state="paired", paired_at__gte=timezone.now() - PAIRED_SINCE)
    others: QuerySet[Any] = (
        MentoringRequest.objects.filter(person=OuterRef("person"), programme=OuterRef("programme"))
        .exclude(pk=OuterRef("pk"))
        .exclude(state__in=("draft", "withdrawn"))
        .order_by()
        .values("person")
        .annotate(count=Count("pk"))
    )
    asked = Proposal.objects.live().filter(request=OuterRef("pk")).order_by("created", "-id")
    rows = list(
        MentoringRequest.objects.for_board(programme)
        .filter(Q(state__in=REQUEST.open_states()) | recently | Q(pk=chosen))
        .exclude(person__user=user)
        .annotate(
            earlier=Subquery(others.values("count")), answer_until=Subquery(asked.values("expires_at")[:1])
        )
        .select_related("person__user")
        .prefetch_related("capacities")
        .order_by("-at_head", "state_since")
    )
    for row in rows:
        row.programme = programme
    return rows


def columns_of(
    programme: MentoringProgrammePage, chosen: UUID | None, user: Any, labels: Labels, here: str
) -> tuple[list[Column], list[Ticket], MentoringRequest | None]:
    """The columns, the same tickets as one list with the longest waiting first, and the chosen request.

    A fixed number of queries. A coordinator's own request is not on their board. `here` is the address of the
    board as seen from the page that shows it.
    """
    rows = _requests(programme, chosen, user)
    selected = next((row for row in rows if row.pk == chosen), None)
    if selected is None and chosen is None:
        first = {"submitted": 0, "queued": 1, "proposed": 2, "needs_info": 3}
        waiting = [row for row in rows if row.state in first]
        selected = min(waiting, key=lambda row: (first[row.state], row.state_since), default=None)
    columns = {state: Column(label) for state, label in COLUMNS}
    tickets = []
    for row in rows:
        ticket = Ticket(
            request=row,
            url=f"{here}?request={row.pk}#need",
            about=capacity_words(row.capacities.all()[:2], labels),
            waiting=waiting_words(row, row.answer_until),
            late=row.is_late,
            selected=selected is not None and row.pk == selected.pk,
        )
        if row.state in columns:
            columns[row.state].tickets.append(ticket)
            tickets.append(ticket)
    tickets.sort(
        key=lambda ticket: (ticket.request.state == "paired", not ticket.late, ticket.request.state_since)
    )
    return list(columns.values()), tickets, selected


def bench_of(request: MentoringRequest, mentor: UUID | None, user: Any, labels: Labels, here: str) -> Bench:
    """The chosen need, the ranked mentors where one can be asked, and what has happened so far.

    `request` is one that `columns_of` chose; `labels` and `here` as there.
    """
    language = get_language() or "en"
    audience = Audience.SAFETY if user.has_role(Role.MODERATOR) else Audience.COORDINATOR
    bench = Bench(
        request=request,
        about=capacity_words(request.capacities.all(), labels),
        languages=languages_of(request),
        ways=ways_of(request),
        answers=answers_for(request, audience, language),
        before=getattr(request, "earlier", None) or 0,
    )
    _proposals(bench)
    if request.state in MATCHABLE:
        _mentors(bench, mentor, labels, here)
    elif request.state == "paired":
        bench.pairing = request.pairings.with_all().order_by("-created").first()
    elif request.state == "needs_info":
        entry = LogEntry.objects.of(request).filter(name="ask_info").last()
        bench.question = entry.reason if entry else ""
    return bench


def _proposals(bench: Bench) -> None:
    rows = list(bench.request.proposals.select_related("offer__person").order_by("created"))
    codes = {}
    if any(row.state == "declined" for row in rows):
        entries = LogEntry.objects.filter(
            flow=Proposal.flow.name, object_id__in=[str(row.pk) for row in rows], name="decline"
        )
        codes = dict(entries.values_list("object_id", "reason_code"))
    words = dict(MENTOR_DECLINE_REASONS)
    bench.live = [row for row in rows if row.state == "offered"]
    bench.past = [
        (row, str(words.get(codes.get(str(row.pk), ""), ""))) for row in rows if row.state != "offered"
    ]


def _mentors(bench: Bench, mentor: UUID | None, labels: Labels, here: str) -> None:
    candidates = rank(bench.request, labels=labels)
    possible = [found for found in candidates if found.is_possible]
    bench.others = [found for found in candidates if not found.is_possible]
    if mentor not in [found.offer.pk for found in possible]:
        mentor = possible[0].offer.pk if possible else None
    for number, found in enumerate(possible, start=1):
        offer = found.offer
        bench.rows.append(
            Row(
                number=number,
                candidate=found,
                url=f"{here}?request={bench.request.pk}&mentor={offer.pk}#mentors",
                selected=offer.pk == mentor,
                facts=facts_of(offer),
                hours=hours_sentence(found.load.hours, offer.hours_a_month),
                asked=bench.request.programme.hours_per_pair if offer.pk == mentor else 0,
            )
        )
