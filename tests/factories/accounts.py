"""Accounts for tests. Invented people only."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from foundation.accounts.constants import Role
from foundation.accounts.models import User

PASSWORD = "a quiet test phrase"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A signed-up member. `UserFactory(role=Role.COORDINATOR)` joins another group as well."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@test.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    language = "en"
    timezone = "UTC"
    is_active = True
    # Not a newcomer, whose postings may wait for a moderator.
    date_joined = factory.LazyFunction(lambda: timezone.now() - timedelta(days=30))

    @factory.post_generation
    def password(self, create: bool, extracted: str | None, **kwargs: Any) -> None:
        """Everybody has the same password unless one is given."""
        if create:
            self.set_password(extracted or PASSWORD)
            self.save()

    @factory.post_generation
    def role(self, create: bool, extracted: Role | None, **kwargs: Any) -> None:
        """Every account is a member; a role adds its group."""
        if create:
            for name in {Role.MEMBER, extracted or Role.MEMBER}:
                group, _created = Group.objects.get_or_create(name=name.value)
                self.groups.add(group)

    class Params:
        staff = factory.Trait(is_staff=True)
        admin = factory.Trait(is_staff=True, is_superuser=True)


def account(**fields: Any) -> User:
    """A member with a confirmed address, who can sign in by the form."""
    user = UserFactory(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def prove(client: Client) -> Client:
    """This browser's person has just said once more who they are."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(session["_auth_user_id"])
    session.save()
    return client
