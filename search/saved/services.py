"""What a member may do with a search: save it, change it, let it go."""

from __future__ import annotations

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.jobs.services import enqueue
from search.errors import CannotSave
from search.query.results import ResultsList
from search.saved.models import LONGEST_NAME, LONGEST_QUERY, MOST_SAVED, Alerts, SavedSearch


def canonical(parameters: QueryDict, language: str) -> str:
    """What an address asks, in the one form in which it is kept; "" where it asks for nothing."""
    return ResultsList(parameters, language, facets=()).kept


def listed(search: SavedSearch) -> ResultsList:
    """The list a saved search asks for, without facets."""
    return ResultsList(QueryDict(search.query), search.language, facets=())


def save(user: User, *, query: str, language: str, name: str, alerts: str) -> SavedSearch:
    """Keeps a search. The same search again is the same row, with the new name and alerts.

    Arguments: `query` as `canonical` gives it. Raises CannotSave.
    """
    if not query:
        raise CannotSave(_("Say what to look for first: some words, or a filter."))
    if len(query) > LONGEST_QUERY:
        raise CannotSave(_("This search has too many filters to be saved. Take some away."))
    with transaction.atomic():
        # Everybody's own rows are counted under the lock of their account: two tabs cannot pass the limit.
        User.objects.select_for_update().get(pk=user.pk)
        mine = SavedSearch.objects.filter(user=user)
        row = mine.filter(query=query, language=language).first()
        if row is None and mine.count() >= MOST_SAVED:
            raise CannotSave(
                _("You have saved %(count)d searches, and more cannot be looked after. Delete one first.")
                % {"count": MOST_SAVED}
            )
        row = row or SavedSearch(user=user, query=query, language=language)
        change(row, name=name, alerts=alerts)
    return row


@transaction.atomic
def change(row: SavedSearch, *, name: str, alerts: str) -> None:
    """A new name, other alerts. Who begins to be told hears only of what comes from now on."""
    begins = alerts != Alerts.NONE and (row.pk is None or row.alerts == Alerts.NONE)
    row.name = name[:LONGEST_NAME]
    row.alerts = alerts
    if begins:
        row.looked = None
    row.save()
    if begins:
        enqueue("search.saved.alerts.begin", row.pk)


def delete(search: SavedSearch) -> None:
    """Lets it go, and what was remembered for it."""
    search.delete()
