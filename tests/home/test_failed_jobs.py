"""The administrators' list of jobs that were given up: try again, discard."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ

from foundation.accounts.constants import Role
from foundation.jobs import services
from foundation.jobs.models import Attempt
from tests.factories.accounts import UserFactory
from tests.factories.home import make_site

pytestmark = pytest.mark.django_db


def poison(*args: object, **kwargs: object) -> None:
    """A job that never works."""
    raise RuntimeError("broken for good")


def given_up(key: str = "key") -> Attempt:
    for _ in range(services.MAX_ATTEMPTS):
        with pytest.raises(RuntimeError):
            services.run(key, "tests.home.test_failed_jobs.poison", (7,), {"way": "quick"})
    services.run(key, "tests.home.test_failed_jobs.poison", (7,), {"way": "quick"})
    return Attempt.objects.get(key=key)


def signed_in(role: Role | None = None, **more: Any) -> Client:
    user = UserFactory(**more)
    if role is not None:
        user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    client = Client()
    client.force_login(user)
    return client


def test_only_administrators_see_it_and_its_menu_item() -> None:
    make_site()
    url = reverse("failed_jobs:index")
    for role in (Role.EDITOR, Role.TRANSLATOR, Role.COORDINATOR, Role.MODERATOR):
        other = signed_in(role, is_staff=True)
        assert other.get(url).status_code in (302, 403), role
        assert url not in other.get("/admin/").content.decode()
    assert Client().get(url).status_code == 302
    boss = signed_in(Role.ADMINISTRATOR, is_superuser=True, is_staff=True)
    assert url in boss.get("/admin/").content.decode()
    assert "nothing to do here" in boss.get(url).content.decode()


def test_a_job_is_tried_again_or_discarded(settings: Any) -> None:
    settings.JOBS_RUN_AT_ONCE = False
    boss, url = signed_in(is_superuser=True, is_staff=True), reverse("failed_jobs:index")
    first, second = given_up("one"), given_up("two")
    page = boss.get(url).content.decode()
    assert page.count("tests.home.test_failed_jobs.poison") == 2
    assert "broken for good" in page
    told = boss.post(url, {"do": "retry"}, follow=True).content.decode()
    assert "Choose jobs, and what to do with them." in told
    boss.post(url, {"do": "everything", "id": first.pk})
    assert services.given_up().count() == 2
    told = boss.post(url, {"do": "retry", "id": first.pk}, follow=True).content.decode()
    assert "1 job is tried again." in told
    assert list(OrmQ.objects.get().task["args"][1:]) == [
        "tests.home.test_failed_jobs.poison",
        (7,),
        {"way": "quick"},
    ]
    boss.post(url, {"do": "retry", "id": first.pk})
    assert OrmQ.objects.count() == 1
    told = boss.post(url, {"do": "drop", "id": second.pk}, follow=True).content.decode()
    assert "1 job was discarded." in told
    assert not services.given_up().exists()
