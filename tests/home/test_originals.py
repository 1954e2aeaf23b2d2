"""An original is its editors': a translator changes translations, by no way the page that is translated."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from foundation.accounts.constants import Role
from tests.factories.accounts import UserFactory
from tests.factories.learning import make_module, translate

pytestmark = pytest.mark.django_db
TITLE = "A draft that its editor is still writing"


def translator() -> Client:
    client = Client()
    client.force_login(UserFactory(role=Role.TRANSLATOR))
    return client


@pytest.mark.parametrize("live", [True, False])
def test_a_translator_neither_opens_nor_changes_an_original(live: bool) -> None:
    page = make_module(title=TITLE, live=live)
    first = page.save_revision()
    client = translator()
    for name in ("edit", "delete", "history", "unpublish", "copy", "move"):
        client.post(
            reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), {"title": "Taken", "slug": "taken"}
        )
    client.post(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk]), {"title": "Taken"})
    for action in ("delete", "publish", "unpublish", "copy", "move", "convert_alias", "create_alias"):
        answer = client.post(
            reverse("wagtailadmin_api:pages:action", args=[page.pk, action]), {"slug": "taken"}
        )
        assert answer.status_code in (400, 403), action
    answer = client.post(
        reverse("wagtailadmin_api:pages:action", args=[page.pk, "revert_to_page_revision"]),
        {"revision_id": first.pk},
    )
    assert answer.status_code == 403
    again = Page.objects.get(pk=page.pk)
    assert (again.title, again.live, again.latest_revision_id) == (TITLE, live, first.pk)
    assert Page.objects.filter(translation_key=page.translation_key).count() == 1
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 302
    if not live:
        assert (
            TITLE not in client.get(reverse("wagtailadmin_pages:history", args=[page.pk]), follow=True).text
        )


def test_a_translator_opens_and_gives_up_a_translation(index: Any) -> None:
    page = translate(make_module(), "es", publish=False)
    client = translator()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "delete"])).status_code == 204
    assert not Page.objects.filter(pk=page.pk).exists()


def test_an_editor_has_both() -> None:
    page = make_module(title=TITLE, live=False)
    client = Client()
    client.force_login(UserFactory(role=Role.EDITOR))
    assert TITLE in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text


def test_nobody_with_work_elsewhere_reads_the_title_of_a_draft_in_a_list_of_the_admin() -> None:
    page = make_module(title=TITLE, live=False)
    home = page.get_parent().get_parent()
    addresses = [
        reverse("wagtailadmin_choose_page_child", args=[page.get_parent().pk]),
        reverse("wagtailadmin_reports:page_types_usage"),
        reverse("wagtailadmin_reports:page_types_usage_results"),
        reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home.pk]),
    ]
    for role, reads in ((Role.COORDINATOR, False), (Role.EDITOR, True)):
        client = Client()
        client.force_login(UserFactory(role=role))
        told = [TITLE in client.get(address, follow=True).text for address in addresses]
        assert told[:-1] == [reads] * (len(addresses) - 1), role
        assert not (told[-1] and role is Role.COORDINATOR)
