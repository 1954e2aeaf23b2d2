"""Many invented people, listings and exchanges in a database, made in bulk and the same at every run.

The demo has some dozens of each: enough to see a page, too few to see a query that reads a whole table.
"""

from __future__ import annotations

import random
from datetime import timedelta

from django.utils import timezone

from directory.constants import Asset, Direction, Level, ListingState, MembershipRole
from directory.models import (
    Capacity,
    Exchange,
    Listing,
    Membership,
    Organisation,
    Person,
    PersonCapacity,
    PersonLanguage,
)
from foundation.accounts.models import User

SEED = 20261130
LANGUAGES = ("en", "es", "fr", "ar", "sw", "hi", "pt", "de")
REGIONS = ("ssa", "mena", "lac", "nwe", "sa")
BATCH = 2_000
ORGANISATION_SHARE = 10  # each tenth listing is an organisation's
STATES = ("asked", "accepted", "done", "thanked", "declined", "withdrawn", "lapsed")
# Most exchanges of a site that is some years old have ended.
STATE_WEIGHTS = (4, 6, 20, 40, 15, 5, 10)


def crowd(people: int = 20_000, listings: int = 20_000, exchanges: int = 50_000) -> None:
    """Adds that many people, listings and exchanges beside what is there. Rows only: rebuild the index after it."""
    chance = random.Random(SEED)
    members = _people(chance, people)
    organisations = _organisations(chance, members)
    made = _listings(chance, listings, members, organisations)
    _exchanges(chance, exchanges, members, made)


def _people(chance: random.Random, count: int) -> list[Person]:
    users = User.objects.bulk_create(
        (
            User(email=f"crowd-{n}@exchange.invalid", name=f"Crowd Person {n}", password="!", language="en")
            for n in range(count)
        ),
        batch_size=BATCH,
    )
    people = Person.objects.bulk_create(
        (
            Person(user=user, name=user.name, hours_a_month=chance.choice((0, 2, 4, 6, 10)), listed=True)
            for user in users
        ),
        batch_size=BATCH,
    )
    capacities = list(Capacity.objects.values_list("pk", flat=True))
    languages, skills = [], []
    for person in people:
        for code in chance.sample(LANGUAGES, 2):
            languages.append(PersonLanguage(person=person, language=code, level=Level.FLUENT))
        for place, pk in enumerate(chance.sample(capacities, min(4, len(capacities)))):
            side = PersonCapacity.Side.OFFERS if place < 3 else PersonCapacity.Side.LEARNS
            skills.append(PersonCapacity(person=person, capacity_id=pk, side=side))
    PersonLanguage.objects.bulk_create(languages, batch_size=BATCH)
    PersonCapacity.objects.bulk_create(skills, batch_size=BATCH)
    return people


def _organisations(chance: random.Random, people: list[Person]) -> list[Organisation]:
    made = Organisation.objects.bulk_create(
        Organisation(name=f"Crowd Group {n}", slug=f"crowd-group-{n}", region=chance.choice(REGIONS))
        for n in range(max(1, len(people) // 25))
    )
    Membership.objects.bulk_create(
        (
            Membership(
                organisation=made[n % len(made)],
                person=person,
                role=MembershipRole.MANAGER if n < 2 * len(made) else MembershipRole.MEMBER,
            )
            for n, person in enumerate(people[: 5 * len(made)])
        ),
        batch_size=BATCH,
    )
    return made


def _listings(
    chance: random.Random, count: int, people: list[Person], organisations: list[Organisation]
) -> list[Listing]:
    through = Listing.capacities.through
    capacities = list(Capacity.objects.values_list("pk", flat=True))
    today = timezone.localdate()
    made = Listing.objects.bulk_create(
        (
            Listing(
                direction=Direction.NEED if n % 3 == 0 else Direction.OFFER,
                asset=Asset.SKILL,
                person=None if n % ORGANISATION_SHARE == 0 else chance.choice(people),
                organisation=chance.choice(organisations) if n % ORGANISATION_SHARE == 0 else None,
                title=f"Invented listing {n}",
                description="Made up in great numbers, to see what a large site takes.",
                languages=chance.sample(LANGUAGES, 2),
                state=ListingState.ACTIVE,
                confirmed_at=today - timedelta(days=chance.randrange(150)),
            )
            for n in range(count)
        ),
        batch_size=BATCH,
    )
    through.objects.bulk_create(
        (
            through(listing_id=listing.pk, capacity_id=pk)
            for listing in made
            for pk in chance.sample(capacities, min(2, len(capacities)))
        ),
        batch_size=BATCH,
    )
    return made


def _exchanges(chance: random.Random, count: int, people: list[Person], listings: list[Listing]) -> None:
    open_pairs: set[tuple[object, object]] = set()
    for begin in range(0, count, BATCH):
        rows = [
            _exchange(chance, n, people, listings, open_pairs)
            for n in range(begin, min(count, begin + BATCH))
        ]
        Exchange.objects.bulk_create(rows)
        # The dates are written by the fields themselves; a batch is as old as its turn, two years at the most.
        when = timezone.now() - timedelta(days=700 * begin // count)
        Exchange.objects.filter(pk__in=[row.pk for row in rows]).update(created=when, state_since=when)


def _exchange(
    chance: random.Random,
    number: int,
    people: list[Person],
    listings: list[Listing],
    open_pairs: set[tuple[object, object]],
) -> Exchange:
    starter = chance.choice(people)
    listing = None if number % 4 == 0 else chance.choice(listings)
    asked = chance.choice(people) if listing is None else None
    state = chance.choices(STATES, STATE_WEIGHTS)[0]
    if state in ("asked", "accepted"):
        pair = (starter.pk, listing.pk if listing is not None else asked and asked.pk)
        # Two open ones of the same pair are not possible.
        state = "done" if pair in open_pairs else state
        open_pairs.add(pair)
    return Exchange(
        starter=starter, listing=listing, asked_person=asked, state=state, message="An invented question."
    )
