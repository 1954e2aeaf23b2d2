"""The requests on a coordinators' board: a few in each column, and all of them a page at a time."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from directory.models import Capacity
from directory.taxonomy.labels import Labels
from foundation.l10n.lists import in_a_row
from mentoring.exclusions import hidden_from
from mentoring.flows import REQUEST
from mentoring.models import MentoringProgrammePage, MentoringRequest, Pairing, Proposal

# A pair that has ended stays in sight for so long; one that has not, until it has.
ENDED_SINCE = datetime.timedelta(days=30)
SHOWN_IN_COLUMN = 4
PER_PAGE = 25
COLUMNS = (
    ("submitted", gettext_lazy("New")),
    ("needs_info", gettext_lazy("Needs details")),
    ("queued", gettext_lazy("Ready to match")),
    ("proposed", gettext_lazy("Asked a mentor")),
    ("paired", gettext_lazy("Paired")),
)
# Which request is open where none was chosen.
FIRST = ("submitted", "queued", "proposed", "needs_info")


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
    """All requests in one state, of which a few are shown."""

    state: str
    label: Any
    total: int = 0
    shown: list[Ticket] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not shown here."""
        return self.total - len(self.shown)


@dataclass
class Tickets:
    """The whole board. `page` holds the requests of `rows`; `state` is the one that is listed, or nothing."""

    columns: list[Column]
    page: Page[Any]
    rows: list[Ticket]
    state: str
    selected: MentoringRequest | None


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
    if REQUEST.waits_for(request.state, {"mentee"}):
        return _("their turn, %(days)s") % {"days": since}
    if request.state == "proposed" and expires_at is not None:
        return _("a mentor is asked, %(left)s left") % {"left": left_words(expires_at)}
    if request.state == "paired":
        return _("for %(days)s") % {"days": since}
    if request.is_late:
        return _("waiting %(days)s, late") % {"days": since}
    return _("waiting %(days)s") % {"days": since}


def capacity_words(capacities: Iterable[Capacity], labels: Labels) -> str:
    """Capacities in the active language, in one line."""
    language = get_language() or "en"
    return in_a_row(labels.label(capacity.slug, language) for capacity in capacities)


def on_board(
    programme: MentoringProgrammePage, user: Any, hidden: Collection[UUID]
) -> QuerySet[MentoringRequest]:
    """The requests that a coordinator sees: not their own, none that is `hidden` from them; of pairs those that
    go on, however old, and those that ended lately."""
    lately = timezone.now() - ENDED_SINCE
    pairs = Pairing.objects.filter(request=OuterRef("pk"))
    alive = Exists(pairs.filter(Q(state__in=Pairing.flow.open_states()) | Q(ended_at__gte=lately)))
    return (
        MentoringRequest.objects.for_board(programme)
        .filter(Q(state__in=REQUEST.open_states()) | Q(state="paired") & (Q(paired_at__gte=lately) | alive))
        .exclude(person__user=user)
        .exclude(pk__in=hidden)
    )


def _in_order(
    rows: QuerySet[MentoringRequest], programme: MentoringProgrammePage
) -> QuerySet[MentoringRequest]:
    """Pairs last, late answers first, then the longest waiting."""
    due = timezone.now() - datetime.timedelta(days=programme.answer_days)
    turn = Case(
        When(state="paired", then=Value(2)),
        When(state="submitted", state_since__lt=due, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.annotate(turn=turn).order_by("turn", "state_since", "pk")


def _first_in_columns(rows: QuerySet[MentoringRequest]) -> tuple[dict[str, list[UUID]], dict[str, int]]:
    """The keys of the first few in each state, and how many there are in each; one query."""
    order = [F("at_head").desc(), F("state_since").asc(), F("pk").asc()]
    numbered = rows.annotate(
        number=Window(RowNumber(), partition_by=F("state"), order_by=order),
        total=Window(Count("pk"), partition_by=F("state")),
    )
    keys: dict[str, list[UUID]] = {}
    totals: dict[str, int] = {}
    shown = numbered.filter(number__lte=SHOWN_IN_COLUMN).order_by("state", "number")
    for state, pk, total in shown.values_list("state", "pk", "total"):
        keys.setdefault(state, []).append(pk)
        totals[state] = total
    return keys, totals


def _chosen(rows: QuerySet[MentoringRequest]) -> UUID | None:
    """The request to open where none was chosen: the longest waiting of those that wait for a coordinator."""
    turn = Case(
        *(When(state=state, then=Value(n)) for n, state in enumerate(FIRST)), output_field=IntegerField()
    )
    waiting = rows.filter(state__in=FIRST).annotate(turn=turn).order_by("turn", "state_since", "pk")
    return waiting.values_list("pk", flat=True).first()


def _load(programme: MentoringProgrammePage, keys: Collection[UUID], user: Any) -> dict[UUID, Any]:
    """Those of these requests that a coordinator may open, also ones that are over and on the board no more; with
    accounts, capacities and whom not, in three queries.

    Each carries `earlier` (how many others the person has sent) and `answer_until` (when the first mentor who
    is being asked has to have answered).
    """
    others: QuerySet[Any] = (
        MentoringRequest.objects.filter(person=OuterRef("person"), programme=OuterRef("programme"))
        .exclude(pk=OuterRef("pk"))
        .exclude(state__in=("draft", "withdrawn"))
        .order_by()
        .values("person")
        .annotate(count=Count("pk"))
    )
    asked = Proposal.objects.live().filter(request=OuterRef("pk")).order_by("created", "-id")
    rows = (
        MentoringRequest.objects.for_board(programme)
        .filter(pk__in=keys)
        .exclude(person__user=user)
        .annotate(
            earlier=Subquery(others.values("count")), answer_until=Subquery(asked.values("expires_at")[:1])
        )
        .select_related("person__user")
        .prefetch_related("capacities", "not_with")
    )
    found = {row.pk: row for row in rows}
    for row in found.values():
        row.programme = programme
    return found


def tickets_of(
    programme: MentoringProgrammePage,
    chosen: UUID | None,
    user: Any,
    labels: Labels,
    here: str,
    *,
    state: str = "",
    number: str | int = 1,
) -> Tickets:
    """The columns with a few requests each, one page of the list, and the chosen request.

    A fixed number of queries, and as much to read for ten requests as for a thousand. `here` is the address of
    the board as seen from the page that shows it; `state` lists one column alone; `number` is the page.
    """
    hidden = hidden_from(user)
    rows = on_board(programme, user, hidden)
    first, totals = _first_in_columns(rows)
    state = state if state in dict(COLUMNS) else ""
    listed = _in_order(rows.filter(state=state) if state else rows, programme)
    pages = Paginator(listed.values_list("pk", flat=True), PER_PAGE)
    pages.count = totals.get(state, 0) if state else sum(totals.values())  # type: ignore[misc]
    page = pages.get_page(number)
    on_page = list(page.object_list)
    if chosen is None:
        chosen = _chosen(rows)
    elif chosen in hidden:
        chosen = None
    keys = {*on_page, *(key for column in first.values() for key in column), *([chosen] if chosen else [])}
    loaded = _load(programme, keys, user)
    selected = loaded.get(chosen) if chosen else None

    def ticket(key: UUID) -> Ticket:
        row = loaded[key]
        return Ticket(
            request=row,
            url=f"{here}?request={row.pk}#need",
            about=capacity_words(row.capacities.all()[:2], labels),
            waiting=waiting_words(row, row.answer_until),
            late=row.is_late,
            selected=row.pk == chosen,
        )

    columns = []
    for name, label in COLUMNS:
        shown = first.get(name, [])
        if selected is not None and selected.state == name and selected.pk not in shown and shown:
            # The one that is open is always in its column.
            shown = [*shown[: SHOWN_IN_COLUMN - 1], selected.pk]
        columns.append(Column(name, label, totals.get(name, 0), [ticket(key) for key in shown]))
    return Tickets(columns, page, [ticket(key) for key in on_page], state, selected)
