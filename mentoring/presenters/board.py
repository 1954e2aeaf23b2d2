"""What the coordinators' board shows of the chosen request: the need, and ranked mentors a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language

from directory.taxonomy.labels import Labels
from foundation.workflow.models import LogEntry
from mentoring.constants import Audience
from mentoring.flows import MATCHABLE, MENTOR_DECLINE_REASONS
from mentoring.form_schema import Answer
from mentoring.matching import Candidate, rank
from mentoring.models import CoordinatorNote, MentoringRequest, Pairing, Proposal
from mentoring.presenters.programmes import hours_sentence
from mentoring.presenters.request_status import answers_for, facts_of, languages_of, ways_of
from mentoring.presenters.tickets import capacity_words

MENTORS_ON_A_PAGE = 6
OTHERS_ON_A_PAGE = 20


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
    # Mentors who can be asked and mentors who cannot, a page of each.
    mentors: Page[Candidate] | None = None
    others: Page[Candidate] | None = None
    rows: list[Row] = field(default_factory=list)
    selected: Row | None = None
    live: list[Proposal] = field(default_factory=list)
    past: list[tuple[Proposal, str]] = field(default_factory=list)
    pairing: Pairing | None = None
    question: str = ""
    closed_because: str = ""
    # What one of the pair wrote to the coordinators; nothing for a coordinator who is the other one.
    notes: list[CoordinatorNote] = field(default_factory=list)
    not_with: list[str] = field(default_factory=list)

    @property
    def to_answer(self) -> CoordinatorNote | None:
        """The oldest note that nobody has answered."""
        return next((note for note in reversed(self.notes) if note.answered_at is None), None)

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
        pages = [page for page in (self.mentors, self.others) if page is not None]
        return sum(page.paginator.count for page in pages)

    @property
    def can_match(self) -> bool:
        """Whether the request is in a state in which mentors are looked for."""
        return self.request.state in MATCHABLE

    @property
    def can_propose(self) -> bool:
        """Whether one more mentor may be asked now."""
        return self.request.state in MATCHABLE and len(self.live) < self.request.programme.asked_at_once


def bench_of(
    request: MentoringRequest,
    mentor: UUID | None,
    labels: Labels,
    here: str,
    *,
    user: Any,
    number: str | int = 1,
    others: str | int = 1,
) -> Bench:
    """The chosen need, the ranked mentors where one can be asked, and what has happened so far.

    `request` is one that `tickets_of` chose; `labels` and `here` as there; `number` and `others` are the pages of
    mentors who can and who cannot be asked.
    """
    language = get_language() or "en"
    bench = Bench(
        request=request,
        about=capacity_words(request.capacities.all(), labels),
        languages=languages_of(request),
        ways=ways_of(request),
        answers=answers_for(request, Audience.COORDINATOR, language),
        before=getattr(request, "earlier", None) or 0,
        not_with=[
            *(person.name for person in request.not_with.all()),
            *request.not_with_words.splitlines(),
        ],
    )
    _proposals(bench)
    bench.notes = list(
        CoordinatorNote.objects.filter(pairing__request=request)
        .exclude(pairing__mentor__user=user)
        .select_related("person", "answered_by")
    )
    if request.state in MATCHABLE:
        _mentors(bench, mentor, labels, here, number, others)
    elif request.state == "paired":
        bench.pairing = pairing = request.pairings.with_all().order_by("-created").first()
        if pairing is not None and pairing.state == "closed_by_safety":
            # For coordinators alone, as was promised to the one who wrote it.
            entry = LogEntry.objects.of(pairing).filter(name="close_by_safety").last()
            if entry is not None and pairing.side_of(user) == "":
                bench.closed_because = entry.reason
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


def _mentors(
    bench: Bench, mentor: UUID | None, labels: Labels, here: str, number: str | int, others: str | int
) -> None:
    candidates = rank(bench.request, labels=labels)
    possible = [found for found in candidates if found.is_possible]
    barred = [found for found in candidates if not found.is_possible]
    bench.mentors = Paginator(possible, MENTORS_ON_A_PAGE).get_page(number)
    bench.others = Paginator(barred, OTHERS_ON_A_PAGE).get_page(others)
    shown = list(bench.mentors)
    chosen = next((found for found in possible if found.offer.pk == mentor), None) or next(iter(shown), None)
    first = bench.mentors.start_index()

    def row(number: int, found: Candidate) -> Row:
        offer, selected = found.offer, found is chosen
        page = f"&mentors={bench.mentors.number}" if bench.mentors and bench.mentors.number > 1 else ""
        return Row(
            number=number,
            candidate=found,
            url=f"{here}?request={bench.request.pk}&mentor={offer.pk}{page}#mentors",
            selected=selected,
            facts=facts_of(offer),
            hours=hours_sentence(found.load.hours, offer.hours_a_month),
            asked=bench.request.programme.hours_per_pair if selected else 0,
        )

    bench.rows = [row(first + place, found) for place, found in enumerate(shown)]
    bench.selected = next((each for each in bench.rows if each.selected), None)
    if bench.selected is None and chosen is not None:
        # Chosen on another page, such as before a refused form.
        bench.selected = row(possible.index(chosen) + 1, chosen)
