"""Names that people type into the forms of the directory."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from directory.forms.organisations import OrganisationForm
from foundation.accounts.models import User
from search.saved.forms import SavedSearchForm
from tests.accounts.test_accounts import sign_up
from tests.factories.directory import PersonFactory

pytestmark = pytest.mark.django_db
UNSEEN = "\u200b\u200b"
SENTENCE = "This has only characters that cannot be seen."


def test_nobody_signs_up_under_a_name_that_cannot_be_seen(client: Client) -> None:
    assert SENTENCE in sign_up(client, name=UNSEEN).text
    assert not User.objects.exists()
    sign_up(client, name="Evil\u202egnp")
    assert User.objects.get().name == "Evilgnp"


def test_profile_organisation_and_saved_search_refuse_it_too(client: Client) -> None:
    person = PersonFactory(name="Noor")
    client.force_login(person.user)
    page = client.post(
        reverse("directory:profile_section", args=["about"]), {"name": UNSEEN, "bio": "Kept words"}
    )
    assert SENTENCE in page.text
    assert "Kept words" in page.text
    person.refresh_from_db()
    assert person.name == "Noor"
    assert OrganisationForm.base_fields["name"].clean("Volta\u202e Circle") == "Volta Circle"
    assert SENTENCE in str(SavedSearchForm({"name": UNSEEN, "alerts": "weekly"}).errors)


def test_a_listing_is_not_called_by_what_cannot_be_seen(client: Client) -> None:
    client.force_login(PersonFactory().user)
    page = client.post(
        reverse("directory:listing_new") + "?direction=offer",
        {"title": UNSEEN, "draft": "1", "description": "Kept"},
    )
    assert SENTENCE in page.text
    assert "Kept" in page.text
