"""Who acts for an organisation: to edit its words is not enough to read its exchanges."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from directory.errors import NotPossible
from directory.models import Exchange, Invitation, Membership
from directory.services import exchanges
from directory.services import organisations as services
from foundation.accounts.constants import Role
from foundation.notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.directory import ListingFactory, MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def told(person) -> list[str]:
    return list(Notification.objects.filter(user=person.user).order_by("id").values_list("kind", flat=True))


def in_role(role: Role, name: str):
    return PersonFactory(name=name, user=UserFactory(name=name, role=role))


@pytest.fixture
def manager():
    return PersonFactory(name="Manager Test")


@pytest.fixture
def house(manager):
    organisation = OrganisationFactory(name="Volta Circle", managers=[manager])
    listing = ListingFactory(person=None, organisation=organisation)
    exchanges.ask(listing, PersonFactory(), "Our archive is in a flooded cellar")
    return organisation


def people_page(organisation) -> str:
    return reverse("directory:organisation_members", args=[organisation.slug])


def is_manager(person, organisation) -> bool:
    return Membership.objects.filter(person=person, organisation=organisation, role="manager").exists()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_who_edits_the_words_cannot_make_themself_manager(house, manager, role):
    editor = in_role(role, "Editor Test")
    client = signed_in(editor)
    client.post(people_page(house), {"who": str(editor.pk), "role": "manager"})
    invitation = Invitation.objects.get()
    client.post(reverse("directory:approve_manager", args=[house.slug, invitation.pk]))
    client.post(reverse("directory:answer_invitation", args=[invitation.pk]), {"yes": "1"})
    assert not is_manager(editor, house)
    assert invitation.pk == Invitation.objects.get(approved_at=None).pk
    assert not Exchange.objects.of(editor.user).exists()
    assert client.get(Exchange.objects.get().get_absolute_url()).status_code == 404
    assert told(manager)[-1] == "organisation_manager_wanted"
    assert "You look after the words" in client.get(people_page(house)).content.decode()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_a_member_is_not_made_manager_by_who_edits_the_words(house, manager, role):
    editor = in_role(role, "Editor Test")
    membership = MembershipFactory(organisation=house, person=editor)
    change = reverse("directory:change_member", args=[house.slug, membership.pk])
    client = signed_in(editor)
    page = client.post(change, {"role": "manager"}, follow=True).content.decode()
    assert "Only its managers may do this." in page
    assert not is_manager(editor, house)
    client.post(change, {"propose": "1"})
    assert Invitation.objects.get(person=editor).waits_for_manager
    assert told(manager)[-1] == "organisation_manager_wanted"


def test_who_edits_the_words_removes_and_demotes_nobody(house, manager):
    coordinator = in_role(Role.COORDINATOR, "Editor Test")
    MembershipFactory(organisation=house, manager=True)
    membership = house.memberships.get(person=manager)
    change = reverse("directory:change_member", args=[house.slug, membership.pk])
    for data in ({"remove": "1"}, {"role": "member"}):
        signed_in(coordinator).post(change, data)
        assert is_manager(manager, house)
    invitation = services.invite(house, PersonFactory(), by=manager)
    signed_in(coordinator).post(reverse("directory:take_back", args=[house.slug, invitation.pk]))
    assert Invitation.objects.filter(pk=invitation.pk).exists()


def test_with_a_managers_yes_and_their_own_a_proposed_person_acts_for_it(house, manager):
    coordinator, second = in_role(Role.COORDINATOR, "Editor Test"), PersonFactory(name="Second Manager")
    Membership.objects.create(person=second, organisation=house, role="manager")
    chosen = PersonFactory(name="Chosen Test")
    signed_in(coordinator).post(people_page(house), {"who": str(chosen.pk), "role": "manager"})
    assert told(chosen) == []
    invitation = Invitation.objects.get()
    assert "Volta Circle" not in signed_in(chosen).get(reverse("directory:my_organisations")).content.decode()
    page = signed_in(manager).get(people_page(house)).content.decode()
    assert "Chosen Test" in page
    assert "Proposed by Editor Test" in page
    signed_in(manager).post(reverse("directory:approve_manager", args=[house.slug, invitation.pk]))
    assert told(chosen) == ["organisation_invited_manager"]
    assert not Notification.objects.filter(kind="organisation_manager_wanted").unread().exists()
    assert not is_manager(chosen, house)
    signed_in(chosen).post(reverse("directory:answer_invitation", args=[invitation.pk]), {"yes": "1"})
    assert is_manager(chosen, house)
    for person in (manager, second):
        assert told(person)[-1] == "organisation_manager_new"
    feed = signed_in(second).get(reverse("notifications:feed")).content.decode()
    assert "Chosen Test is now a manager of Volta Circle" in feed


def test_where_nobody_manages_an_administrators_yes_is_needed(manager):
    house = OrganisationFactory(name="Lone Circle")
    administrator = in_role(Role.ADMINISTRATOR, "Administrator Test")
    coordinator = in_role(Role.COORDINATOR, "Editor Test")
    signed_in(coordinator).post(people_page(house), {"who": str(coordinator.pk), "role": "manager"})
    invitation = Invitation.objects.get()
    approve = reverse("directory:approve_manager", args=[house.slug, invitation.pk])
    assert told(administrator) == ["organisation_manager_wanted"]
    signed_in(coordinator).post(approve)
    assert Invitation.objects.get().waits_for_manager
    signed_in(administrator).post(approve)
    assert told(coordinator) == ["organisation_invited_manager"]
    signed_in(coordinator).post(reverse("directory:answer_invitation", args=[invitation.pk]), {"yes": "1"})
    assert is_manager(coordinator, house)


def test_a_proposal_that_a_manager_refused_is_gone(house, manager):
    coordinator, chosen = in_role(Role.COORDINATOR, "Editor Test"), PersonFactory()
    invitation = services.invite(house, chosen, by=coordinator, role="manager")
    signed_in(manager).post(reverse("directory:take_back", args=[house.slug, invitation.pk]))
    assert not Invitation.objects.exists()
    with pytest.raises(NotPossible, match="not open"):
        services.approve(invitation, by=manager)
    with pytest.raises(NotPossible, match="not open"):
        services.accept(invitation)


def test_other_roles_do_not_reach_the_page(house):
    invitation = services.invite(house, PersonFactory(), by=in_role(Role.COORDINATOR, "C"), role="manager")
    approve = reverse("directory:approve_manager", args=[house.slug, invitation.pk])
    member = MembershipFactory(organisation=house).person
    elsewhere = MembershipFactory(manager=True).person
    for person in (
        member,
        elsewhere,
        PersonFactory(),
        in_role(Role.EDITOR, "E"),
        in_role(Role.MODERATOR, "M"),
    ):
        assert signed_in(person).post(approve).status_code == 404
    assert Client().post(approve).status_code == 302
    assert Invitation.objects.get().waits_for_manager


def test_a_manager_who_was_just_removed_says_yes_to_nobody(house, manager):
    second = MembershipFactory(organisation=house, manager=True)
    invitation = services.invite(house, PersonFactory(), by=in_role(Role.COORDINATOR, "C"), role="manager")
    services.remove(second, by=manager.user)
    with pytest.raises(NotPossible, match="Only its managers"):
        services.approve(invitation, by=second.person)
    assert Invitation.objects.get().waits_for_manager


def test_a_member_is_invited_as_before_and_a_managers_invitation_to_a_proposed_one_is_a_yes(house, manager):
    coordinator, chosen = in_role(Role.COORDINATOR, "Editor Test"), PersonFactory()
    assert not services.invite(house, PersonFactory(), by=coordinator).waits_for_manager
    services.invite(house, chosen, by=coordinator, role="manager")
    assert not services.invite(house, chosen, by=manager, role="manager").waits_for_manager
    services.accept(Invitation.objects.get(person=chosen))
    assert is_manager(chosen, house)


@pytest.mark.django_db(transaction=True)
def test_of_two_managers_who_remove_each_other_one_stays():
    first, second = PersonFactory(), PersonFactory()
    house = OrganisationFactory(managers=[first, second])
    rows = {row.person_id: row for row in house.memberships.select_related("person", "organisation")}
    barrier = threading.Barrier(2)

    def remove(membership, by):
        try:
            barrier.wait()
            services.remove(membership, by=by.user)
        except NotPossible:
            pass
        finally:
            connection.close()

    threads = [
        threading.Thread(target=remove, args=(rows[second.pk], first)),
        threading.Thread(target=remove, args=(rows[first.pk], second)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert house.memberships.filter(role="manager").count() == 1
