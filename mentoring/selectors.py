"""What waits for somebody, and what they have going: for the home page and the room's own page."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.models import Person
from foundation.accounts.constants import Role
from foundation.accounts.models import User
from mentoring.exclusions import hidden_from
from mentoring.flows import REQUEST
from mentoring.kinds import MENTOR
from mentoring.models import (
    MentoringProgrammePage,
    MentoringRequest,
    MentorOffer,
    Pairing,
    ProgrammeCoordinator,
    Proposal,
)

MOST_LISTED = 300
MOST_OF_ONE_NAME = 20


@dataclass(frozen=True)
class Waiting:
    """One thing. `kind` is request, proposal, pairing or board; `since` when it began to wait; `mark` the kind of
    thing whose mark stands beside it."""

    kind: str
    title: str
    sentence: str
    url: str
    action: str
    since: datetime.datetime | None = None
    mark: str = MENTOR.name


@dataclass
class Summary:
    """Things that wait for the person, and things under way in which others act next."""

    waiting: list[Waiting] = field(default_factory=list)
    running: list[Waiting] = field(default_factory=list)


def waiting_for(user: User) -> list[Waiting]:
    """What waits for an answer or an action of this user, the oldest first."""
    return summary_for(user).waiting


REQUESTS, PROPOSALS, PAIRINGS, BOARDS = "has_requests", "has_proposals", "has_pairings", "has_boards"


def traces_of(user: User) -> dict[str, Exists | ExpressionWrapper]:
    """Annotations that tell, with any query for one row, which parts of `summary_for` a user can have at all."""
    pairs = Pairing.objects.open()
    in_a_pair = Exists(pairs.filter(mentee__user=user)) | Exists(pairs.filter(mentor__user=user))
    return {
        REQUESTS: Exists(MentoringRequest.objects.of(user).open()),
        PROPOSALS: Exists(Proposal.objects.live().to(user)),
        PAIRINGS: ExpressionWrapper(in_a_pair, BooleanField()),
        BOARDS: Exists(ProgrammeCoordinator.objects.filter(person__user=user)),
    }


def summary_for(user: User, traces: Collection[str] | None = None) -> Summary:
    """All of a user's mentoring in a fixed number of queries.

    `traces` are the names of what `traces_of` found; what is not among them is not asked for.
    """
    summary = Summary()
    if not user.is_authenticated:
        return summary
    if traces is None:
        traces = {REQUESTS, PROPOSALS, PAIRINGS, BOARDS}
    if REQUESTS in traces:
        _requests(user, summary)
    if PROPOSALS in traces:
        _proposals(user, summary)
    if PAIRINGS in traces:
        _pairings(user, summary)
    if BOARDS in traces or user.is_in(Role.COORDINATOR):
        _boards(user, summary)
    summary.waiting.sort(key=lambda item: (item.since is None, item.since))
    return summary


def titles_of(keys: set[object]) -> dict[object, str]:
    """Titles of programmes in the active language by their translation key, in one query."""
    language = get_language() or "en"
    found: dict[object, str] = {}
    pages = MentoringProgrammePage.objects.filter(translation_key__in=keys).order_by("pk")
    for key, title, code, live in pages.values_list(
        "translation_key", "title", "locale__language_code", "live"
    ):
        if key not in found or (code == language and live):
            found[key] = str(title)
    return found


def _titles(programmes: Sequence[MentoringProgrammePage]) -> dict[object, str]:
    """Titles in the active language: a query only where a programme, read with its locale, is in another one."""
    language = get_language() or "en"
    here = {
        programme.translation_key: str(programme.title)
        for programme in programmes
        if programme.live and programme.locale.language_code == language
    }
    other = {programme.translation_key for programme in programmes} - here.keys()
    return here | (titles_of(other) if other else {})


def _requests(user: User, summary: Summary) -> None:
    rows = list(MentoringRequest.objects.of(user).open().select_related("programme__locale"))
    titles = _titles([row.programme for row in rows])
    for row in rows:
        title = titles.get(row.programme.translation_key, "")
        state = REQUEST.state(row.state)
        if row.state == "draft":
            item = Waiting(
                "request",
                title,
                str(state.public_label),
                row.get_absolute_url(),
                _("Finish and send"),
                row.saved_at,
            )
            summary.waiting.append(item)
        elif REQUEST.waits_for(row.state, {"mentee"}):
            item = Waiting(
                "request",
                title,
                str(state.public_label),
                row.get_absolute_url(),
                _("Answer"),
                row.state_since,
            )
            summary.waiting.append(item)
        else:
            item = Waiting(
                "request",
                title,
                str(state.public_label),
                row.get_absolute_url(),
                _("See where it is"),
                row.submitted_at,
            )
            summary.running.append(item)


def _proposals(user: User, summary: Summary) -> None:
    rows = list(Proposal.objects.live().to(user).select_related("request__programme__locale"))
    titles = _titles([row.request.programme for row in rows])
    for row in rows:
        title = titles.get(row.request.programme.translation_key, "")
        sentence = _("Somebody could use your help.")
        summary.waiting.append(
            Waiting("proposal", title, sentence, row.get_absolute_url(), _("Read and answer"), row.created)
        )


def _pairings(user: User, summary: Summary) -> None:
    for pairing in Pairing.objects.of(user).open().with_all():
        side, other = pairing.side_of(user), pairing.other_than(user)
        name = other.name if other else _("A former member")
        agreed = pairing.mentee_agreed_at if side == "mentee" else pairing.mentor_agreed_at
        if pairing.state == "intro" and agreed is None:
            sentence = _("Agree on what you want to reach, how often you meet and until when.")
            summary.waiting.append(
                Waiting(
                    "pairing",
                    name,
                    sentence,
                    pairing.get_absolute_url(),
                    _("Agree on a plan"),
                    pairing.created,
                )
            )
        elif pairing.still_on_asked_at is not None:
            since = pairing.still_on_asked_at
            line = ("pairing", name, _("Do you go on?"), pairing.get_absolute_url(), _("Say how it stands"))
            summary.waiting.append(Waiting(*line, since))
        else:
            summary.running.append(
                Waiting(
                    "pairing",
                    name,
                    str(pairing.current.label),
                    pairing.get_absolute_url(),
                    _("Open"),
                    pairing.created,
                )
            )


def _boards(user: User, summary: Summary) -> None:
    """One line for each programme in which new requests wait for the user as a coordinator."""
    waiting = MentoringRequest.objects.filter(state__in=REQUEST.awaiting("coordinator")).exclude(
        person__user=user
    )
    waiting = waiting.exclude(pk__in=hidden_from(user))
    if not user.is_in(Role.COORDINATOR):
        waiting = waiting.filter(programme__coordinators__person__user=user)
    rows = (
        waiting.order_by()
        .values("programme__translation_key")
        .annotate(
            new=Count("id", filter=Q(state="submitted"), distinct=True),
            ready=Count("id", filter=Q(state="queued"), distinct=True),
            oldest=Min("state_since"),
        )
    )
    found = list(rows)
    titles = titles_of({row["programme__translation_key"] for row in found}) if found else {}
    for row in found:
        key = row["programme__translation_key"]
        total = row["new"] + row["ready"]
        sentence = ngettext(
            "%(count)s request waits for a coordinator.", "%(count)s requests wait for a coordinator.", total
        ) % {"count": total}
        url = reverse("mentoring:board", args=[key])
        summary.waiting.append(
            Waiting("board", titles.get(key, ""), sentence, url, _("Open the board"), row["oldest"])
        )


# Whom somebody may name as a person they do not want to meet: who is in the directory's lists, and not themselves.


def names_of_mentors(programme: MentoringProgrammePage, *, but: Person) -> list[str]:
    """Those of them who mentor in a programme, by name."""
    offers = MentorOffer.objects.active().filter(programme=programme.canonical)
    rows = _in_lists(but).filter(pk__in=offers.values("person")).order_by("name")
    return list(dict.fromkeys(rows.values_list("name", flat=True)[:MOST_LISTED]))


def names_like(words: str, *, but: Person, most: int) -> list[str]:
    """Names that hold these words."""
    found = _in_lists(but).filter(name__icontains=" ".join(words.split())).order_by("name")
    return list(dict.fromkeys(found.values_list("name", flat=True)[:most]))


def keys_of_people(name: str, *, but: Person) -> list[str]:
    """Everybody of that name."""
    found = _in_lists(but).filter(name__iexact=" ".join(name.split()))
    return [str(pk) for pk in found.values_list("pk", flat=True)[:MOST_OF_ONE_NAME]]


def people_by_key(keys: Iterable[str], *, but: Person) -> dict[str, Person]:
    """The people behind these keys, as far as they are in the lists."""
    return {str(row.pk): row for row in _in_lists(but).filter(pk__in=list(keys))}


def _in_lists(but: Person) -> QuerySet[Person]:
    rows = Person.objects.filter(listed=True, leave_alone=False, user__is_active=True)
    return rows.exclude(pk=but.pk)
