"""Asking saved searches again: what is new since the last look, told once.

New is what was not among the answers before: also somebody who has just added a language, or is back from a
pause for the first time since the search was saved. The index holds only what everybody may see, so nobody is
told of a thing they could not open. A look reads the index outside of any transaction (SQLite has one writer),
then writes what it found if no other look came first; so two workers, or a job that runs twice, tell once.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone, translation

from foundation.accounts.models import User
from foundation.jobs.services import enqueue
from foundation.notifications.models import Notification
from foundation.notifications.services import notify
from search.api import find
from search.models import KEPT_DONE, OutboxEntry
from search.saved.messages import digest_lines, lines_of
from search.saved.models import Alerts, KnownAnswers, SavedSearch, digest_of
from search.saved.services import listed
from search.types import MAX_LIMIT, Hit, Query

MOST_COMPARED = 5_000  # answers of one search, newest first, where all are read: at its first look
MOST_CHANGED = (
    10_000  # objects asked about one by one; after more (a rebuild, an import) all answers are read
)
AT_ONCE = 1_000  # objects in one question
FEW = 20  # answers of a search that are read whole, changed or not
ENOUGH = 5.0  # seconds of one run of looks
LONGEST_UNLOOKED = KEPT_DONE - timedelta(days=1)
OVERLAP = timedelta(minutes=1)  # clocks of two machines differ; what is seen twice is told once
Key = tuple[str, str]


@dataclass(frozen=True)
class Look:
    """What one look at a search found: `new` answers, and the digests of all of them."""

    search: SavedSearch
    began: datetime
    new: tuple[Hit, ...]
    digests: frozenset[bytes]


def begin(search_id: int) -> None:
    """Remember what a search finds now, so that only what comes later is new. Idempotent."""
    search = SavedSearch.objects.get(pk=search_id)
    if search.looked is None:
        look = _look(search, None)
        if look is not None:
            with transaction.atomic():
                _remember(look)


def at_once(begun: str = "") -> int:
    """Every few minutes: tell owners who want to hear at once. Answers how many were told.

    Asks only those searches, and only about those objects, that the index has news of. Those not looked at for
    longest come first. There is one worker for everything, so a run ends as soon as a change waits for the index,
    and after a few seconds in any case; the rest is another job, behind that change. That one is told when the first
    `begun` (ISO 8601), and leaves out what was looked at since: each search has one look, whatever waits for how long.
    """
    news, told, turn = News(), 0, Turn()
    now = timezone.now()
    begin = datetime.fromisoformat(begun) if begun else now
    due = SavedSearch.objects.alerting(Alerts.AT_ONCE).filter(Q(looked=None) | Q(looked__lt=begin))
    quiet: list[int] = []
    for search in list(due.order_by("looked", "pk").select_related("user")):
        changed = news.since(search.looked)
        if changed is not None and not changed:
            quiet.append(search.pk)
            continue
        was_told = look_and_tell(search, changed)
        if was_told is None:
            break  # the index cannot be asked now, by anybody
        told += was_told
        if turn.is_over():
            enqueue("search.tasks.tell_at_once", begin.isoformat())
            break
    if quiet:
        # Before what is told of changes is forgotten, they are known to have missed nothing.
        old = SavedSearch.objects.filter(pk__in=quiet, looked__lt=now - KEPT_DONE / 4)
        old.update(looked=now - OVERLAP)
    return told


def look_and_tell(search: SavedSearch, changed: frozenset[Key] | None = None) -> bool | None:
    """Look once and tell the owner what is new. False where there is nothing, or another look came first; None where
    the index cannot be asked.

    `changed` are the objects that the index got since the last look; None asks about all there are.
    """
    look = _look(search, changed)
    if look is None:
        return None
    with transaction.atomic():
        if not _remember(look) or not look.new:
            return False
        with translation.override(search.user.language or search.language):
            context = {"name": search.name, "lines": lines_of(look.new)}
        _told([look])
        key = f"saved-search:{search.pk}:{look.search.looks}"
        return notify(search.user, "saved_search", context, url=_place(search), key=key) is not None


def weekly(after: int = 0, week: str = "") -> int:
    """Once a week: all who have searches to be told of then, one after the other. Answers how many people.

    Gives way to the index as `at_once` does; who comes after the person `after` is another job.
    """
    people = SavedSearch.objects.alerting(Alerts.WEEKLY).filter(user_id__gt=after).order_by("user_id")
    week = week or "{}-{}".format(*timezone.localdate().isocalendar()[:2])
    news, turn, count = News(), Turn(), 0
    for user_id in list(people.values_list("user_id", flat=True).distinct()):
        weekly_of(user_id, week, news)
        count += 1
        if turn.is_over():
            enqueue("search.saved.alerts.weekly", user_id, week)
            break
    return count


def weekly_of(user_id: int, week: str, news: News | None = None) -> bool:
    """All weekly searches of one person in one message. Idempotent in one `week` (such as "2026-47")."""
    user, key = User.objects.get(pk=user_id), f"saved-searches:{week}"
    if Notification.objects.filter(user=user, key=key).exists():
        return False  # what is new since then is told next week
    news = news or News()
    searches = SavedSearch.objects.alerting(Alerts.WEEKLY).filter(user=user)
    looks = [look for search in searches if (look := _look(search, news.since(search.looked))) is not None]
    with transaction.atomic():
        fresh = [look for look in looks if _remember(look) and look.new]
        if not fresh:
            return False
        with translation.override(user.language or fresh[0].search.language):
            context = {"lines": digest_lines([(look.search.name, look.new) for look in fresh])}
        _told(fresh)
        return notify(user, "saved_searches", context, url="/my/searches/", key=key) is not None


class News:
    """Which objects the index has written since when, read once for many searches."""

    def __init__(self) -> None:
        self._since: datetime | None = None
        self._keys: list[tuple[datetime, Key]] = []
        self._incomplete_until: datetime | None = None

    def since(self, looked: datetime | None) -> frozenset[Key] | None:
        """Those written since a look; None where that is not known, or too much to ask about one by one."""
        if looked is None or looked < timezone.now() - LONGEST_UNLOOKED:
            return None
        begin = looked - OVERLAP
        if self._since is None or begin < self._since:
            self._read(begin)
        if self._incomplete_until is not None and begin <= self._incomplete_until:
            return None
        at = bisect_left(self._keys, begin, key=lambda entry: entry[0])
        return frozenset(key for _done, key in self._keys[at:])

    def _read(self, begin: datetime) -> None:
        self._since = begin
        done = OutboxEntry.objects.done_since(begin).order_by().values("kind", "object_id")
        rows = list(done.annotate(last=Max("done_at")).order_by("-last")[: MOST_CHANGED + 1])
        self._incomplete_until = rows[-1]["last"] if len(rows) > MOST_CHANGED else None
        self._keys = [(row["last"], (row["kind"], row["object_id"])) for row in reversed(rows)]


class Turn:
    """How long a run of looks may hold the worker."""

    def __init__(self) -> None:
        self._until = time.monotonic() + ENOUGH

    def is_over(self) -> bool:
        """Whether the time is up, or a change waits for the index, which goes first."""
        return time.monotonic() > self._until or OutboxEntry.objects.due().exists()


def _look(search: SavedSearch, changed: frozenset[Key] | None) -> Look | None:
    """Read the answers among what has changed, or all of them where `changed` is None (as at the first look, which
    finds nothing new). None while the index cannot be asked: the next look finds what this one missed.
    """
    began, known = timezone.now(), None
    if search.looked is not None:
        known = KnownAnswers.objects.get_or_create(search=search)[0].all()
    new: list[Hit] = []
    digests: set[bytes] = set()
    # What has only some of the words is better than an empty page, but no news.
    query = replace(listed(search).query, match="most", sort="recent", facets=(), limit=MAX_LIMIT)
    for hits in _pages(query) if known is None or changed is None else _pages_among(query, changed):
        if hits is None:
            return None
        for hit in hits:
            digest = digest_of(hit.kind, hit.id)
            digests.add(digest)
            if known is not None and digest not in known:
                new.append(hit)
    return Look(search, began, tuple(new), frozenset(digests))


def _pages_among(query: Query, changed: frozenset[Key]) -> Iterator[Sequence[Hit] | None]:
    """The answers among these objects. What finds little is understood more loosely, so little is read whole."""
    kinds = {*query.kinds, *query.filters.get("kind", ())}
    wanted = sorted(key for key in changed if not kinds or key[0] in kinds)
    if not wanted:
        return
    if query.text:
        first = find(replace(query, limit=FEW))
        if first.degraded or first.total <= FEW:
            yield None if first.degraded else first.hits
            return
    for begin in range(0, len(wanted), AT_ONCE):
        yield from _pages(replace(query, only=frozenset(wanted[begin : begin + AT_ONCE])))


def _pages(query: Query) -> Iterator[Sequence[Hit] | None]:
    for offset in range(0, MOST_COMPARED, MAX_LIMIT):
        results = find(replace(query, offset=offset))
        if results.degraded:
            yield None
            return
        yield results.hits
        if offset + MAX_LIMIT >= results.total:
            return


def _remember(look: Look) -> bool:
    """Keep what a look saw; False where the search is gone or another look was faster. In a transaction."""
    same = SavedSearch.objects.filter(pk=look.search.pk, looks=look.search.looks)
    if not same.update(looks=look.search.looks + 1, looked=look.began):
        return False
    known, _made = KnownAnswers.objects.get_or_create(search_id=look.search.pk)
    if not look.digests <= known.all():
        known.learn(look.digests)
        known.save()
    look.search.looked = look.began
    return True


def _told(looks: Sequence[Look]) -> None:
    for look in looks:
        SavedSearch.objects.filter(pk=look.search.pk).update(told=timezone.now(), told_count=len(look.new))


def _place(search: SavedSearch) -> str:
    return f"/my/searches/{search.pk}/"
