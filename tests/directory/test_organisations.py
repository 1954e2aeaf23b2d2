"""Organisations: their pages, who may change them, who belongs to them by their own yes."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from directory.errors import NotPossible
from directory.models import Invitation, Membership
from directory.services import organisations as services
from foundation.accounts.constants import Role
from foundation.notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.directory import ListingFactory, MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


def signed_in(person) -> Client:
    client = Client()
    client.force_login(getattr(person, "user", person))
    return client


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def house():
    manager = PersonFactory(name="Manager Test")
    return OrganisationFactory(name="Volta Circle", managers=[manager]), manager


def test_the_page_shows_people_offers_and_needs(house):
    organisation, _manager = house
    ListingFactory(person=None, organisation=organisation, title="We lend a router")
    ListingFactory(person=None, organisation=organisation, need=True, title="We need a room")
    page = text_of(Client().get(organisation.get_absolute_url()))
    for words in ("Volta Circle", "Manager Test", "We lend a router", "We need a room"):
        assert words in page


def test_one_that_is_not_shown_opens_for_its_managers_only(house):
    organisation, manager = house
    organisation.active = False
    organisation.save()
    assert Client().get(organisation.get_absolute_url()).status_code == 404
    assert signed_in(manager).get(organisation.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("pressed", [{"role": "member"}, {"remove": "1"}])
def test_a_manager_who_steps_down_lands_on_a_page_that_is_theirs(house, pressed):
    organisation, manager = house
    MembershipFactory(organisation=organisation, role="manager")
    mine = organisation.memberships.get(person=manager)
    url = reverse("directory:change_member", args=[organisation.slug, mine.pk])
    answer = signed_in(manager).post(url, pressed, follow=True)
    assert answer.status_code == 200
    assert "Saved." in text_of(answer)


def test_managers_write_its_words_in_the_language_of_the_page(house):
    organisation, manager = house
    client = signed_in(manager)
    data = {"name": "دائرة فولتا", "summary": "سطر", "country": "GH", "languages": ["tw", "en"]}
    url = f"/ar/organisations/{organisation.slug}/edit/"
    assert client.post(url, data).status_code == 302
    organisation.refresh_from_db()
    assert organisation.name == "Volta Circle"
    assert organisation.region == "SSA"
    assert organisation.languages == ["tw", "en"]
    assert "دائرة فولتا" in text_of(Client().get(f"/ar/organisations/{organisation.slug}/"))
    assert "Volta Circle" in text_of(Client().get(f"/en/organisations/{organisation.slug}/"))


@pytest.mark.parametrize("view", ["organisation_edit", "organisation_members"])
def test_only_managers_and_coordinators_open_its_forms(house, view):
    organisation, manager = house
    member = MembershipFactory(organisation=organisation).person
    url = reverse(f"directory:{view}", args=[organisation.slug])
    assert Client().get(url).status_code == 302
    for other in (member, PersonFactory(), UserFactory(role=Role.EDITOR)):
        assert signed_in(other).get(url).status_code == 404
    for allowed in (manager, UserFactory(role=Role.COORDINATOR)):
        assert signed_in(allowed).get(url).status_code == 200


def test_an_invitation_shows_nothing_before_the_yes(house):
    organisation, manager = house
    invited = PersonFactory(name="Invited Test")
    url = reverse("directory:organisation_members", args=[organisation.slug])
    signed_in(manager).post(
        url, {"who": f"https://site.example{invited.get_absolute_url()}", "role": "member"}
    )
    signed_in(manager).post(url, {"who": "invited test", "role": "member"})
    assert Invitation.objects.count() == 1
    assert Notification.objects.filter(user=invited.user).count() == 1
    assert "Invited Test" not in text_of(Client().get(organisation.get_absolute_url()))
    client = signed_in(invited)
    assert "Volta Circle" in text_of(client.get(reverse("directory:my_organisations")))
    client.post(reverse("directory:answer_invitation", args=[Invitation.objects.get().pk]), {"yes": "1"})
    assert "Invited Test" in text_of(Client().get(organisation.get_absolute_url()))


def test_a_no_leaves_nothing_behind_and_nobody_else_may_answer(house):
    organisation, manager = house
    invited = PersonFactory()
    invitation = services.invite(organisation, invited, by=manager)
    url = reverse("directory:answer_invitation", args=[invitation.pk])
    signed_in(PersonFactory()).post(url, {"yes": "1"})
    assert Invitation.objects.exists()
    signed_in(invited).post(url, {"no": "1"})
    assert not Invitation.objects.exists()
    assert not Membership.objects.filter(person=invited).exists()


def test_who_wants_to_be_left_alone_cannot_be_invited(house):
    organisation, manager = house
    alone = PersonFactory(left_alone=True, name="Alone Test")
    for typed in (str(alone.pk), "Alone Test"):
        url = reverse("directory:organisation_members", args=[organisation.slug])
        page = text_of(signed_in(manager).post(url, {"who": typed, "role": "member"}))
        assert "could not find this person" in page
    with pytest.raises(NotPossible):
        services.invite(organisation, alone, by=manager)


def test_there_is_always_a_manager(house):
    organisation, manager = house
    membership = Membership.objects.get(person=manager)
    client = signed_in(manager)
    change = reverse("directory:change_member", args=[organisation.slug, membership.pk])
    for data in ({"remove": "1"}, {"role": "member"}):
        assert "needs at least one manager" in text_of(client.post(change, data, follow=True))
    client.post(reverse("directory:leave_organisation", args=[membership.pk]))
    assert Membership.objects.filter(pk=membership.pk, role="manager").exists()
    other = MembershipFactory(organisation=organisation)
    client.post(reverse("directory:change_member", args=[organisation.slug, other.pk]), {"role": "manager"})
    client.post(reverse("directory:leave_organisation", args=[membership.pk]))
    assert not Membership.objects.filter(pk=membership.pk).exists()


def test_a_manager_of_one_changes_nothing_in_another(house):
    _organisation, manager = house
    elsewhere = MembershipFactory(manager=True)
    url = reverse("directory:change_member", args=[elsewhere.organisation.slug, elsewhere.pk])
    assert signed_in(manager).post(url, {"remove": "1"}).status_code == 404
    own = reverse("directory:change_member", args=[_organisation.slug, elsewhere.pk])
    signed_in(manager).post(own, {"remove": "1"})
    assert Membership.objects.filter(pk=elsewhere.pk).exists()


def test_nobody_ends_the_membership_of_another():
    membership = MembershipFactory()
    url = reverse("directory:leave_organisation", args=[membership.pk])
    assert signed_in(PersonFactory()).post(url).status_code == 404
    assert Membership.objects.filter(pk=membership.pk).exists()
