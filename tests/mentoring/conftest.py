"""A small invented programme that most tests of mentoring play in."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from directory.models import Capacity, Person
from foundation.accounts.constants import Role
from mentoring.models import MentoringProgrammePage, MentorOffer
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory, PersonFactory
from tests.factories.mentoring import MentorOfferFactory, ProgrammeFactory, question


@dataclass
class Stage:
    """One programme with a mentee, a coordinator, a mentor, and people who have no business there."""

    programme: MentoringProgrammePage
    capacity: Capacity
    mentee: Person
    coordinator: Person
    mentor: Person
    offer: MentorOffer
    member: Person
    editor: Person
    elsewhere: Person


@pytest.fixture
def stage(db: None) -> Stage:
    """The whole cast."""
    capacity = CapacityFactory(slug="discussion-moderation", label="Moderating a discussion")
    coordinator = PersonFactory(name="Yuki Tanabe")
    programme = ProgrammeFactory(
        title="First steps in leading",
        coordinators=[coordinator],
        about=[capacity],
        mentee_form=[
            question(
                "choice",
                "How long have you edited?",
                id="q-years",
                visibility="matched_pair",
                options={"o-new": "Less than a year", "o-old": "Longer"},
                required=True,
            ),
            question("long_text", "What has been hard?", id="q-hard", visibility="matched_pair"),
            question("text", "Where do you live?", id="q-where", visibility="matched_pair", sensitive=True),
            question("yes_no", "May we write to you afterwards?", id="q-after"),
            question("long_text", "Is there somebody you fear?", id="q-fear", visibility="safety"),
        ],
        mentor_form=[question("text", "Have you mentored before?", id="m-before", visibility="matched_pair")],
    )
    mentor = PersonFactory(name="Samira Belkacem", hours_a_month=4)
    elsewhere = PersonFactory(name="Paulo Nhantumbo")
    ProgrammeFactory(title="Another programme", coordinators=[elsewhere])
    return Stage(
        programme=programme,
        capacity=capacity,
        mentee=PersonFactory(name="Salma Bouzid", user__email="salma@test.example"),
        coordinator=coordinator,
        mentor=mentor,
        offer=MentorOfferFactory(person=mentor, programme=programme, helps_with=[capacity]),
        member=PersonFactory(name="Tariq Mahmoud"),
        editor=PersonFactory(name="Noor Aziz", user=UserFactory(role=Role.EDITOR, name="Noor Aziz")),
        elsewhere=elsewhere,
    )
