"""Asking saved searches again: what is new since the last look, told once.

New is what was not among the answers before: also somebody who has just added a language, or is back from a
pause for the first time since the search was saved. The index holds only what everybody may see, so nobody is
told of a thing they could not open. A look reads the index outside of any transaction (SQLite has one writer),
then writes what it found if no other look came first; so two workers, or a job that runs twice, tell once.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation

from exchange.accounts.models import User
from exchange.jobs.services import enqueue
from exchange.notifications.models import Notification
from exchange.notifications.services import notify
from search.models import KEPT_DONE, OutboxEntry
from search.port import MAX_LIMIT, Hit, Query
from search.saved.models import Alerts, KnownAnswers, SavedSearch, digest_of
from search.saved.services import listed
from search.saved.telling import digest_lines, lines_of
from search.services import find

MOST_COMPARED = (
    5_000  # answers of one search, newest first; who asks for more than that is told of the newest
)
ENOUGH = 60.0  # seconds of one run of looks, half of what the queue gives a job
MOST_LOOKS = 500  # in one run
LONGEST_UNLOOKED = KEPT_DONE / 2


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
        look = _look(search)
        if look is not None:
            with transaction.atomic():
                _remember(look)


def at_once() -> int:
    """Every few minutes: tell owners who want to hear at once. Answers how many were told.

    Does nothing while the index has not changed. Those not looked at for longest come first, and a run ends
    after a minute, so many searches make alerts later, never the queue stand still.
    """
    due = SavedSearch.objects.alerting(Alerts.AT_ONCE).order_by("looked", "pk")
    changed = OutboxEntry.objects.aggregate(last=Max("done_at"))["last"]
    told, until = 0, time.monotonic() + ENOUGH
    for search in due.select_related("user")[:MOST_LOOKS]:
        if not _may_have_changed(search, changed):
            continue
        told += look_and_tell(search)
        if time.monotonic() > until:
            break
    return told


def look_and_tell(search: SavedSearch) -> bool:
    """Look once and tell the owner what is new. False where there is nothing, or another look came first."""
    look = _look(search)
    if look is None:
        return False
    with transaction.atomic():
        if not _remember(look) or not look.new:
            return False
        with translation.override(search.user.language or search.language):
            context = {"name": search.name, "lines": lines_of(look.new)}
        _told([look])
        key = f"saved-search:{search.pk}:{look.search.looks}"
        return notify(search.user, "saved_search", context, url=_place(search), key=key) is not None


def weekly() -> int:
    """Once a week: one job for everybody who has searches to be told of then. Answers how many people."""
    people = SavedSearch.objects.alerting(Alerts.WEEKLY).order_by("user_id").values_list("user_id", flat=True)
    week = "{}-{}".format(*timezone.localdate().isocalendar()[:2])
    wanted = list(people.distinct())
    for user_id in wanted:
        enqueue("search.saved.looking.weekly_of", user_id, week)
    return len(wanted)


def weekly_of(user_id: int, week: str) -> bool:
    """All weekly searches of one person in one message. Idempotent in one `week` (such as "2026-47")."""
    user, key = User.objects.get(pk=user_id), f"saved-searches:{week}"
    if Notification.objects.filter(user=user, key=key).exists():
        return False  # what is new since then is told next week
    searches = SavedSearch.objects.alerting(Alerts.WEEKLY).filter(user=user)
    looks = [look for search in searches if (look := _look(search)) is not None]
    with transaction.atomic():
        fresh = [look for look in looks if _remember(look) and look.new]
        if not fresh:
            return False
        with translation.override(user.language or fresh[0].search.language):
            context = {"lines": digest_lines([(look.search.name, look.new) for look in fresh])}
        _told(fresh)
        return notify(user, "saved_searches", context, url="/my/searches/", key=key) is not None


def _may_have_changed(search: SavedSearch, changed: datetime | None) -> bool:
    """Whether the index has changed since the last look, or that was long ago: done changes are kept for a day."""
    if search.looked is None or search.looked < timezone.now() - LONGEST_UNLOOKED:
        return True
    return changed is not None and changed >= search.looked


def _look(search: SavedSearch) -> Look | None:
    """Read the answers. None while the index cannot be asked: the next look finds what this one missed.

    The first look of a search finds nothing new.
    """
    began, known = timezone.now(), None
    if search.looked is not None:
        known = KnownAnswers.objects.get_or_create(search=search)[0].all()
    new: list[Hit] = []
    digests: set[bytes] = set()
    # What has only some of the words is better than an empty page, but no news.
    query = replace(listed(search).query, match="most", sort="recent", facets=(), limit=MAX_LIMIT)
    for hits in _pages(query):
        if hits is None:
            return None
        for hit in hits:
            digest = digest_of(hit.kind, hit.id)
            digests.add(digest)
            if known is not None and digest not in known:
                new.append(hit)
    return Look(search, began, tuple(new), frozenset(digests))


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
