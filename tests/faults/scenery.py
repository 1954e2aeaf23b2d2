"""What there is before the first person comes. Made inside the site: `manage.py shell -c "…make(…)"`."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

SEATS, PAIRS = 5, 2


@transaction.atomic
def make(members: int, mentees: int) -> dict[str, Any]:
    """Accounts that can sign in, a lesson, a course with few seats, a programme with two mentors who have little room."""
    from directory.models import Capacity
    from mentoring.models import MentoringIndexPage
    from tests.factories.accounts import account
    from tests.factories.directory import PersonFactory
    from tests.factories.learning import block_id, make_cohort, make_course, make_module, step
    from tests.factories.mentoring import MentorOfferFactory, ProgrammeFactory

    index = MentoringIndexPage.objects.first()
    if index is not None and not index.live:
        index.save_revision().publish()
    capacity = Capacity.objects.order_by("pk").first()

    def person(key: str, **more: Any) -> Any:
        user = account(email=f"{key}@people.example", name=key.title())
        return PersonFactory(user=user, name=user.name, hours_a_month=40, **more)

    for number in range(members):
        person(f"member{number}")
    for number in range(mentees):
        person(f"mentee{number}")
    coordinator = person("coordinator")
    task = {
        "type": "task",
        "id": block_id(),
        "value": {"title": "Try it", "text": "<p>Write it down.</p>", "evidence": "text", "required": True},
    }
    lesson = make_module(
        step("Before"), step("Try it", task), title="Chairs before microphones", slug="chairs"
    )
    course = make_course(title="Rooms and people", slug="rooms")
    cohort = make_cohort(course, seats=SEATS, closes=timezone.now() + timedelta(days=20))
    programme = ProgrammeFactory(
        title="First steps", slug="first-steps", coordinators=[coordinator], about=[capacity]
    )
    offers = []
    for number in range(2):
        mentor = person(f"mentor{number}", offers=[capacity])
        offers.append(
            MentorOfferFactory(
                person=mentor, programme=programme, helps_with=[capacity], max_pairs=PAIRS, hours_a_month=40
            )
        )
    return {
        "capacity": str(capacity.pk),
        "lesson": lesson.url,
        "course": course.url,
        "cohort": cohort.pk,
        "programme": str(programme.translation_key),
        "offers": [str(offer.pk) for offer in offers],
    }


def tell(members: int, mentees: int) -> None:
    """Prints what was made, for whoever started this as a command."""
    print("SCENERY " + json.dumps(make(members, mentees)))
