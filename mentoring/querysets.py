"""Questions to the database about mentoring, one class for each model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from directory.models import Person
from foundation.database.querysets import filter_any
from mentoring.constants import OfferState
from mentoring.flows import PAIRING, PROPOSAL, REQUEST, SEEN_BY_COORDINATORS

if TYPE_CHECKING:
    # Named in quotes below.
    from mentoring.models import MentoringProgrammePage, MentoringRequest, MentorOffer, Pairing, Proposal  # noqa: F401


class MentoringRequestQuerySet(models.QuerySet["MentoringRequest"]):
    """Questions about requests."""

    def of(self, user: Any) -> MentoringRequestQuerySet:
        """The user's own."""
        return self.filter(person__user=user)

    def open(self) -> MentoringRequestQuerySet:
        """Not ended yet."""
        return self.filter(state__in=REQUEST.open_states())

    def for_board(self, programme: MentoringProgrammePage) -> MentoringRequestQuerySet:
        """What the coordinators of a programme may see: never a draft, never what was withdrawn."""
        return self.filter(programme=programme, state__in=SEEN_BY_COORDINATORS)

    def with_all(self) -> MentoringRequestQuerySet:
        """With everything that lists and pages show, in a fixed number of queries."""
        return self.select_related("person__user", "programme__locale").prefetch_related(
            "capacities__texts", "person__languages"
        )


class MentorOfferQuerySet(models.QuerySet["MentorOffer"]):
    """Questions about mentors' offers."""

    def active(self) -> MentorOfferQuerySet:
        """Those that have not been ended; some may be resting."""
        return self.filter(state=OfferState.ACTIVE)

    def findable(self) -> MentorOfferQuerySet:
        """Active, not resting, of people who are listed: what the index may know."""
        today = timezone.localdate()
        return self.active().filter(person__in=Person.objects.listed()).exclude(pause_until__gte=today)

    def with_all(self) -> MentorOfferQuerySet:
        """With everything that matching and cards show, in a fixed number of queries."""
        return self.select_related("person__user", "programme__locale").prefetch_related(
            "capacities__texts", "person__languages"
        )

    def for_matching(self) -> MentorOfferQuerySet:
        """With accounts and capacities: what ranking needs beside the programme and the taxonomy."""
        return self.select_related("person__user").prefetch_related("capacities")

    def for_documents(self) -> MentorOfferQuerySet:
        """With what the index tells of them; the names of capacities it takes from the whole taxonomy."""
        return self.select_related("person__user", "programme").prefetch_related("capacities")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Questions about proposals."""

    def live(self) -> ProposalQuerySet:
        """Waiting for the mentor's answer."""
        return self.filter(state__in=PROPOSAL.awaiting("mentor"))

    def to(self, user: Any) -> ProposalQuerySet:
        """Those that ask this user."""
        return self.filter(offer__person__user=user)


class PairingQuerySet(models.QuerySet["Pairing"]):
    """Questions about pairings."""

    def open(self) -> PairingQuerySet:
        """Not ended yet; these take a mentor's hours."""
        return self.filter(state__in=PAIRING.open_states())

    def of(self, user: Any) -> PairingQuerySet:
        """Those in which the user takes part."""
        return filter_any(self, Q(mentee__user=user), Q(mentor__user=user))

    def with_all(self) -> PairingQuerySet:
        """With everything that lists and pages show."""
        return self.select_related("mentee__user", "mentor__user", "request__programme__locale", "offer")
