"""What the admin's first page tells administrators of a new site."""

from __future__ import annotations

import re

import pytest

from exchange.home.operations.status import BACKUP
from foundation.accounts.constants import Role
from foundation.jobs.services import record_heartbeat
from foundation.notifications.models import MailServer
from tests.factories.accounts import UserFactory
from tests.factories.home import make_site
from tests.factories.learning import make_module

pytestmark = pytest.mark.django_db


def left(client, **extra) -> list[str]:
    """What is still to do, as the panel says it; None where there is no panel."""
    page = client.get("/admin/", **extra).content.decode()
    if 'id="panel-checklist' not in page and "Left to do" not in page:
        return None
    return re.findall(r"<strong>(.*?)</strong>\s*<div class=\"help\">", page)


def test_each_point_is_done_by_what_happened_and_then_the_list_is_gone(client, settings):
    make_site()
    settings.BASE_URL = "https://exchange.example"
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert len(left(client)) == 6
    assert len(left(client, HTTP_X_FORWARDED_PROTO="https", secure=True)) == 5
    record_heartbeat()
    MailServer.note_answer()
    record_heartbeat(BACKUP)
    assert left(client, secure=True) == [
        "There is a page about privacy",
        "There is something to learn or to join",
    ]
    make_module()
    assert left(client, secure=True) == ["There is a page about privacy"]


def test_others_see_no_such_list(client):
    make_site()
    client.force_login(UserFactory(role=Role.EDITOR))
    assert left(client) is None
