"""What of the directory can be reported: an exchange, a person, an offer or a need, an organisation."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.constants import ListingState
from directory.models import Exchange, Listing, Organisation, Person
from directory.permissions import may_see_exchange, may_see_listing, may_see_organisation, may_see_person
from foundation.accounts.models import User
from foundation.reports.registry import Kind, Subject, register


def _key(id: str) -> uuid.UUID:
    """The key that an address names; nobody's where it is malformed."""
    try:
        return uuid.UUID(id)
    except ValueError:
        return uuid.UUID(int=0)


def _others(people: Iterable[Person | None], user: Any) -> tuple[User, ...]:
    """The accounts behind these people, each once, without the user's own."""
    found = {person.user_id: person.user for person in people if person is not None}
    found.pop(user.pk, None)
    return tuple(found.values())


def _exchange(user: Any, id: str) -> Subject | None:
    found = Exchange.objects.with_all().filter(pk=_key(id)).first()
    if found is None or not may_see_exchange(user, found):
        return None
    people = [*found.people_on("starter"), *found.people_on("owner"), found.answered_by]
    return Subject(_("an exchange"), found.get_absolute_url(), _others(people, user))


def _person(user: Any, id: str) -> Subject | None:
    found = Person.objects.select_related("user").filter(pk=_key(id)).exclude(user=user).first()
    if found is None or not may_see_person(user, found):
        return None
    return Subject(found.name, found.get_absolute_url(), (found.user,))


def _listing(user: Any, id: str) -> Subject | None:
    found = Listing.objects.select_related("person__user", "organisation").filter(pk=_key(id)).first()
    if found is None or found.is_owned_by(user) or not may_see_listing(user, found):
        return None
    owner = found.owner
    people = [owner] if isinstance(owner, Person) else owner.managers()
    return Subject(f"“{found.title}”", found.get_absolute_url(), _others(people, user))


def _organisation(user: Any, id: str) -> Subject | None:
    found = Organisation.objects.filter(slug=id).first()
    if found is None or found.is_managed_by(user) or not may_see_organisation(user, found):
        return None
    return Subject(found.name, found.get_absolute_url(), _others(found.managers(), user))


def _people(user: Any, ids: Iterable[str]) -> dict[str, str]:
    # As `may_see_person` has it for strangers.
    open_to_all = Person.objects.filter(listed=True, leave_alone=False, user__is_active=True)
    rows = open_to_all.filter(pk__in=[_key(id) for id in ids])
    return {str(pk): name for pk, name in rows.values_list("pk", "name")}


def _listings(user: Any, ids: Iterable[str]) -> dict[str, str]:
    # Who looks after the directory opens those that are not shown any more, too; see `may_see_listing`.
    every = user.has_perm("directory.change_listing")
    rows = Listing.objects.exclude(state=ListingState.DRAFT) if every else Listing.objects.shown()
    found = rows.filter(pk__in=[_key(id) for id in ids])
    return {str(pk): title for pk, title in found.values_list("pk", "title")}


def _organisations(user: Any, ids: Iterable[str]) -> dict[str, str]:
    every = user.has_perm("directory.change_organisation")
    rows = Organisation.objects.all() if every else Organisation.objects.listed()
    return dict(rows.filter(slug__in=list(ids)).values_list("slug", "name"))


register(Kind("exchange", gettext_lazy("An exchange"), _exchange))
register(
    Kind(
        "person",
        gettext_lazy("A person"),
        _person,
        lambda id: reverse("directory:person", args=[id]),
        _people,
    )
)
register(
    Kind(
        "listing",
        gettext_lazy("An offer or a need"),
        _listing,
        lambda id: reverse("directory:listing", args=[id]),
        _listings,
    )
)
register(
    Kind(
        "organisation",
        gettext_lazy("An organisation"),
        _organisation,
        lambda id: reverse("directory:organisation", args=[id]),
        _organisations,
    )
)
