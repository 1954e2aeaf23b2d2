"""What a newcomer posts that a moderator should see before everybody does.

Open sign-up draws people who sell something. No puzzle of a third party stands before the forms, since it would keep out
those on old phones and who do not see; instead what is likely to be unwanted waits for a moderator, and its writer reads
why. Whoever has been here for a while, holds a role, or has had something let through, posts freely.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils import timezone

from directory.constants import HoldReason, ListingState
from directory.deadlines import ALIKE_WITHIN, NEWCOMER_FOR
from directory.models import Listing, Person
from foundation.accounts.constants import Role
from foundation.workflow.models import LogEntry

if TYPE_CHECKING:
    from foundation.accounts.models import User

# Fewer seconds than it takes to read the form, write a title and choose what it is about.
FASTEST = 3
# So many others of the same words, or so many of one person within ALIKE_WITHIN, are too many.
MOST_ALIKE = 2
MOST_AT_ONCE = 5
LOOKED_THROUGH = 500  # the latest postings, at most
# A web address, with or without its beginning; "e.g." and "2.5" are none.
LINK = re.compile(r"(?:https?://|www\.)\S+|\b(?:[a-z0-9-]+\.)+(?:[a-z]{2,24})/\S*", re.IGNORECASE)
HOST = re.compile(r"(?:https?://)?(?:[^/@\s]*@)?([^/:?#\s]+)", re.IGNORECASE)
# Where the movement's own pages are: links there are what one expects in a posting.
OUR_SITES = (
    *("wikipedia.org", "wikimedia.org", "wikidata.org", "wiktionary.org", "wikibooks.org", "wikiquote.org"),
    *(
        "wikisource.org",
        "wikiversity.org",
        "wikivoyage.org",
        "wikinews.org",
        "wikifunctions.org",
        "mediawiki.org",
    ),
    *("wikimediafoundation.org", "wmcloud.org", "toolforge.org", "wmflabs.org", "w.wiki"),
)


def why_hold(listing: Listing, by: User, *, seconds: float | None = None) -> HoldReason | None:
    """Why a posting should wait for a moderator, or nothing.

    Arguments: `listing` as it will be shown, saved; `by` who wants to show it; `seconds` between opening the form and
    sending it, None where no form was sent.
    """
    if not is_newcomer(by):
        return None
    reason = _reason(listing, seconds)
    return None if reason is None or _was_let_through(by) else reason


def is_newcomer(user: User) -> bool:
    """Whether an account is new and nobody has given it a role."""
    if timezone.now() - user.date_joined > NEWCOMER_FOR:
        return False
    return not any(user.has_role(role) for role in Role if role is not Role.MEMBER)


def _reason(listing: Listing, seconds: float | None) -> HoldReason | None:
    if any(_is_elsewhere(link) for link in LINK.findall(_words_of(listing))):
        return HoldReason.LINKS
    if seconds is not None and seconds < FASTEST:
        return HoldReason.FAST
    return HoldReason.ALIKE if _too_many_alike(listing) else None


def _is_elsewhere(link: str) -> bool:
    """Whether a link leads to none of the movement's own sites."""
    found = HOST.match(link)
    host = found[1].lower().rstrip(".") if found else ""
    return not any(host == site or host.endswith(f".{site}") for site in OUR_SITES)


def _words_of(listing: Listing) -> str:
    return "\n".join((listing.title, listing.summary, listing.description, listing.for_whom))


def _too_many_alike(listing: Listing) -> bool:
    latest = (
        Listing.objects.filter(created__gt=timezone.now() - ALIKE_WITHIN)
        .exclude(pk=listing.pk)
        .exclude(state=ListingState.DRAFT)
        .order_by("-created")
        .only("title", "summary", "description", "for_whom", "created_by")[:LOOKED_THROUGH]
    )
    words, alike, own = _normal(listing), 0, 0
    for other in latest:
        alike += _normal(other) == words
        own += other.created_by_id == listing.created_by_id
    return alike >= MOST_ALIKE or own >= MOST_AT_ONCE


def _normal(listing: Listing) -> str:
    """Its letters alone: a full stop or a number more makes nothing new of it."""
    return "".join(letter for letter in _words_of(listing).casefold() if letter.isalpha())


def _was_let_through(user: User) -> bool:
    """Whether a moderator has shown anything that this person posted."""
    theirs = Person.objects.filter(user=user).values("pk")
    keys = [str(pk) for pk in Listing.objects.filter(created_by__in=theirs).values_list("pk", flat=True)]
    shown = LogEntry.objects.filter(flow="listing", object_id__in=keys, source=ListingState.HELD)
    return shown.filter(target=ListingState.ACTIVE).exists()
