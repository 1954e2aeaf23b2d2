"""Which mentor could help with a request: hard rules first, then named parts, each with one sentence.

For coordinators only. Scores order the list and are never shown. When two sides fit, `directory.matching.rules` say, as
for every other match; what leaves a mentor out, and how much each part weighs, is mentoring's own.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import Q, prefetch_related_objects
from django.utils import formats, timezone
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.constants import Format, Level
from directory.matching import rules
from directory.models import Capacity
from directory.taxonomy.labels import Labels, known_labels
from foundation.l10n.languages import language_name
from foundation.l10n.names import said
from foundation.l10n.times import hours_apart
from mentoring.exclusions import PairBefore, kept_apart, pairs_before
from mentoring.models import MentoringRequest, MentorOffer, Proposal
from mentoring.workload import MOST_LIVE_PROPOSALS, Load, has_no_room, lack_of_room, loads

WEIGHTS = {"capacities": 0.45, "language": 0.15, "load": 0.12, "time": 0.1, "format": 0.1, "rest": 0.08}
NARROWER, BROADER = 0.8, 0.6
ASKED_LATELY = datetime.timedelta(days=90)
# From worst to best: how well the weaker of the two speaks the shared language.
LEVELS = (Level.INTERMEDIATE, Level.FLUENT, Level.NATIVE)


# Words are made only where they are shown: of six hundred mentors a coordinator reads of a few.
Say = Callable[[], str]


def nothing() -> str:
    """Where there is nothing to say."""
    return ""


@dataclass(frozen=True)
class Part:
    """One part of a judgement: how good (0 to 1), and why in one sentence."""

    name: str
    score: float
    say: Say = nothing

    @cached_property
    def sentence(self) -> str:
        """Why, in the active language."""
        return self.say()


@dataclass(frozen=True)
class Candidate:
    """One mentor as a coordinator sees them beside a request."""

    offer: MentorOffer
    load: Load
    against: tuple[Say, ...]
    parts: tuple[Part, ...]

    @property
    def is_possible(self) -> bool:
        """Whether they may be asked."""
        return not self.against

    @cached_property
    def obstacles(self) -> tuple[str, ...]:
        """Why they cannot be asked, in the active language."""
        return tuple(say() for say in self.against)

    @cached_property
    def score(self) -> float:
        """The weighted sum of the parts, for ordering only."""
        return sum(WEIGHTS[part.name] * part.score for part in self.parts)

    @property
    def reason(self) -> str:
        """The sentences that weigh most, for the reason line."""
        order = sorted(self.parts, key=lambda part: -WEIGHTS[part.name])
        return " ".join(part.sentence for part in order[:3] if part.sentence)


@dataclass
class History:
    """Which questions about requests came to the offers of a programme lately, and who mentored in this request
    before; in two queries."""

    offers: list[MentorOffer]
    request: MentoringRequest
    asks: dict[UUID, int] = field(default_factory=dict)
    declined_lately: dict[UUID, int] = field(default_factory=dict)
    said_no: set[UUID] = field(default_factory=set)
    being_asked: set[UUID] = field(default_factory=set)
    let_lapse: set[UUID] = field(default_factory=set)
    # Questions that wait for an answer, however old.
    waiting: dict[UUID, int] = field(default_factory=dict)
    # People who mentored in an earlier pair of this request.
    had_before: set[UUID] = field(default_factory=set)
    before: list[PairBefore] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.before = pairs_before(self.request)
        self.had_before = {
            pair.mentor_id for pair in self.before if pair.request_id == self.request.pk and pair.mentor_id
        }
        ids = [offer.pk for offer in self.offers]
        since = timezone.now() - ASKED_LATELY
        rows = Proposal.objects.filter(
            Q(created__gte=since) | Q(request=self.request) | Q(state="offered"), offer_id__in=ids
        ).values_list("offer_id", "request_id", "state", "created")
        for offer_id, request_id, state, created in rows:
            self.waiting[offer_id] = self.waiting.get(offer_id, 0) + (state == "offered")
            if created >= since:
                self.asks[offer_id] = self.asks.get(offer_id, 0) + 1
                self.declined_lately[offer_id] = self.declined_lately.get(offer_id, 0) + (state == "declined")
            if request_id == self.request.pk:
                {"declined": self.said_no, "offered": self.being_asked, "lapsed": self.let_lapse}.get(
                    state, set()
                ).add(offer_id)


class Judge:
    """Judges mentors' offers for one request."""

    def __init__(self, request: MentoringRequest, labels: Labels, apart: Collection[UUID] = ()) -> None:
        self.request, self.apart = request, apart
        self.labels = labels
        self.wanted: list[Capacity] = list(request.capacities.all())
        self.needed = request.programme.hours_per_pair
        self.languages = set(request.languages)
        self.ways = request.clean_formats()

    @cached_property
    def mentee_levels(self) -> dict[str, str]:
        """How well the mentee speaks each language, where they said so."""
        person = self.request.person
        return {row.language: row.level for row in person.languages.all()} if person is not None else {}

    def _label(self, capacity: Capacity) -> str:
        return self.labels.label(capacity.slug, get_language() or "en")

    def obstacles(self, offer: MentorOffer, load: Load, history: History) -> tuple[Say, ...]:
        """Why this mentor cannot be asked now; empty where they can."""
        person, asked = offer.person, offer.pk in history.being_asked
        rests = [
            day for day in (offer.pause_until, person.paused_until) if day and day >= timezone.localdate()
        ]
        found: list[tuple[bool, Say]] = [
            (person.pk == self.request.person_id, lambda: _("This is their own request.")),
            # Whoever of the two said so: the sentence does not tell.
            (offer.pk in self.apart, lambda: _("These two are not brought together.")),
            (not person.user.is_active or person.leave_alone, lambda: _("Has asked to be left alone.")),
            (
                not rules.shared(offer.languages, self.languages),
                lambda: _("Shares no language with this request."),
            ),
            # Somebody who only writes is never given to somebody who only calls.
            (
                not rules.agree(offer.clean_formats(), self.ways),
                lambda: _("They like different ways to meet."),
            ),
            (
                person.pk in history.had_before,
                lambda: _("Was their mentor before; they look for another one."),
            ),
            (offer.pk in history.said_no, lambda: _("Has said not now to this request.")),
            (offer.pk in history.let_lapse, lambda: _("Did not answer about this request in time.")),
            (asked, lambda: _("Is being asked about this at the moment.")),
            (
                load.asked >= MOST_LIVE_PROPOSALS and not asked,
                lambda: _("Has %(count)s questions to answer already.") % {"count": load.asked},
            ),
            (bool(rests), lambda: _resting(rests)),
            (has_no_room(offer, load, self.needed), lambda: lack_of_room(offer, load, self.needed)),
        ]
        return tuple(say for holds, say in found if holds)

    def parts(self, offer: MentorOffer, load: Load, history: History) -> tuple[Part, ...]:
        """The named parts of the judgement."""
        return (
            self._capacities(offer),
            self._language(offer),
            self._load(offer, load),
            self._time(offer),
            self._format(offer),
            self._rest(offer, load, history),
        )

    def _capacities(self, offer: MentorOffer) -> Part:
        """Full marks for the very thing, less for something within it, less again for what contains it."""
        offered = list(offer.capacities.all())
        exact: list[Capacity] = []
        near: list[tuple[Capacity, Capacity, bool]] = []
        total = 0.0
        for want in self.wanted:
            # The first of each relation, in the order of the offer.
            fits = {rules.relation(own.slug, want.slug, self.labels.above): own for own in reversed(offered)}
            if "exact" in fits:
                total += 1
                exact.append(want)
            elif "narrower" in fits:
                total += NARROWER
                near.append((fits["narrower"], want, True))
            elif "broader" in fits:
                total += BROADER
                near.append((fits["broader"], want, False))
        score = total / len(self.wanted) if self.wanted else 0.0
        return Part("capacities", score, lambda: self._say_capacities(exact, near))

    def _say_capacities(self, exact: list[Capacity], near: list[tuple[Capacity, Capacity, bool]]) -> str:
        sentences = []
        if exact:
            names = get_text_list([self._label(want) for want in exact], _("and"))
            sentences.append(said(_("Can help with %(capacities)s."), capacities=names))
        for own, want, is_part in near:
            sentence = (
                _("Can help with %(own)s, which is part of %(want)s.")
                if is_part
                else _("Can help with %(own)s, which includes %(want)s.")
            )
            sentences.append(said(sentence, own=self._label(own), want=self._label(want)))
        return " ".join(sentences) or _("Names nothing of what was asked for.")

    def _language(self, offer: MentorOffer) -> Part:
        mentor_levels = {row.language: row.level for row in offer.person.languages.all()}

        def weaker(code: str) -> int:
            levels = [mentor_levels.get(code, Level.FLUENT), self.mentee_levels.get(code, Level.FLUENT)]
            return min(LEVELS.index(level) if level in LEVELS else 0 for level in levels)

        shared = sorted(rules.shared(offer.languages, self.request.languages), key=lambda code: -weaker(code))
        if not shared:
            return Part("language", 0.0)
        best = weaker(shared[0])

        def say() -> str:
            sentence = _("Both are at home in %(language)s.") if best else _("Both can work in %(language)s.")
            return said(sentence, language=language_name(shared[0], get_language() or "en"))

        return Part("language", (0.5, 0.9, 1.0)[best], say)

    def _load(self, offer: MentorOffer, load: Load) -> Part:
        left = max(offer.hours_a_month - load.hours - self.needed, 0)
        share = left / offer.hours_a_month if offer.hours_a_month else 0.0
        if not load.pairs:
            return Part("load", 1.0, lambda: _("Has nobody to mentor at the moment."))

        def say() -> str:
            return ngettext(
                "Mentors %(count)s person at the moment.",
                "Mentors %(count)s people at the moment.",
                load.pairs,
            ) % {"count": load.pairs}

        return Part("load", 0.7 * share, say)

    def _time(self, offer: MentorOffer) -> Part:
        apart = hours_apart(self.request.timezone, offer.person.user.timezone)
        if apart is None:
            return Part("time", 0.5)
        if not apart:
            return Part("time", 1.0, lambda: _("Their clocks show the same time."))

        def say() -> str:
            return ngettext(
                "Their clocks are %(hours)s hour apart.",
                "Their clocks are %(hours)s hours apart.",
                int(apart + 0.5),
            ) % {"hours": formats.number_format(f"{apart:g}")}

        return Part("time", max(0.0, 1 - apart / 12), say)

    def _format(self, offer: MentorOffer) -> Part:
        ways = offer.clean_formats()
        shared = rules.shared(ways, self.ways)
        if not shared:
            return Part("format", 0.0, lambda: _("They like different ways to meet."))

        def say() -> str:
            words = dict(Format.choices)
            return _("Ways that suit both: %(formats)s.") % {
                "formats": "; ".join(str(words[value]) for value in shared)
            }

        return Part("format", 1.0, say)

    def _rest(self, offer: MentorOffer, load: Load, history: History) -> Part:
        asks, declines = history.asks.get(offer.pk, 0), history.declined_lately.get(offer.pk, 0)
        score, last = max(0.0, 1 - 0.2 * asks - 0.2 * declines), load.last_end
        if last and timezone.now() - last >= datetime.timedelta(days=offer.programme.rest_days):
            last = None
        if last:
            score *= 0.3

        def say() -> str:
            sentences = []
            if last:
                sentences.append(
                    _("Ended a pair on %(date)s and may want a rest.")
                    % {"date": formats.date_format(last, "DATE_FORMAT")}
                )
            if asks:
                sentences.append(
                    ngettext(
                        "Has been asked %(count)s time in three months.",
                        "Has been asked %(count)s times in three months.",
                        asks,
                    )
                    % {"count": asks}
                )
            return " ".join(sentences) or _("Has not been asked in three months.")

        return Part("rest", score, say)


def _resting(days: list[datetime.date]) -> str:
    until = formats.date_format(max(days), "DATE_FORMAT")
    return _("Is taking a rest until %(date)s.") % {"date": until}


def rank(
    request: MentoringRequest,
    offers: Iterable[MentorOffer] | None = None,
    labels: Labels | None = None,
) -> list[Candidate]:
    """All mentors of the request's programme: those who may be asked, best first; then the others.

    A fixed number of queries, however many mentors there are. `request` should come with_all() or for a board;
    `labels` is the taxonomy where it has been read already.
    """
    if offers is None:
        offers = MentorOffer.objects.active().filter(programme=request.programme).for_matching()
    listed = list(offers)
    for offer in listed:
        if offer.programme_id == request.programme_id:
            offer.programme = request.programme
    people = [request.person, *(offer.person for offer in listed)]
    prefetch_related_objects([person for person in people if person is not None], "languages")
    history = History(listed, request)
    carried, judge = (
        loads(listed, history.waiting),
        Judge(request, labels or known_labels(), kept_apart(request, listed, history.before)),
    )
    candidates = [
        Candidate(
            offer,
            carried[offer.pk],
            judge.obstacles(offer, carried[offer.pk], history),
            judge.parts(offer, carried[offer.pk], history),
        )
        for offer in listed
    ]
    return sorted(
        candidates, key=lambda found: (not found.is_possible, -found.score, found.offer.person.name)
    )
