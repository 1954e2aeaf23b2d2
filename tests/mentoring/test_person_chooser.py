"""The chooser of a person in the admin names those whom it offers, and nobody else whose number is known."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.constants import Role
from tests.factories.accounts import UserFactory
from tests.factories.directory import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.EDITOR])
def test_somebody_who_is_in_no_list_is_not_named(role: Role) -> None:
    listed, unlisted = PersonFactory(name="Seen Woolf"), PersonFactory(name="Unseen Woolf", unlisted=True)
    client = Client()
    client.force_login(UserFactory(role=role))
    several = reverse("mentoring_people:chosen_multiple")
    answers = [
        client.get(reverse("mentoring_people:chosen", args=[listed.pk])).text,
        client.get(f"{several}?id={listed.pk}&id={unlisted.pk}").text,
    ]
    assert all("Seen Woolf" in answer for answer in answers)
    assert client.get(reverse("mentoring_people:chosen", args=[unlisted.pk]), follow=True).status_code == 404
    assert "Unseen Woolf" not in answers[1]
