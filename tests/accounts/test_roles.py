"""Roles: what each is given, on a new site and on an old one, and that nothing is left out silently."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from wagtail.models import GroupPagePermission

from foundation.accounts.constants import Role
from foundation.accounts.role_rights import Grant, declared, give
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

STARTS_TRANSLATIONS = [Role.TRANSLATOR, Role.EDITOR, Role.MODERATOR, Role.ADMINISTRATOR]


def names(group: Group) -> set[str]:
    """A group's permissions."""
    rows = group.permissions.select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


@pytest.mark.parametrize("role", STARTS_TRANSLATIONS)
def test_who_translates_or_edits_may_start_a_translation(role):
    assert UserFactory(role=role).has_perm("wagtail_localize.submit_translation")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COORDINATOR])
def test_nobody_else_may(role):
    assert not UserFactory(role=role).has_perm("wagtail_localize.submit_translation")


def test_administrators_look_after_files_people_and_roles():
    administrator = UserFactory(role=Role.ADMINISTRATOR)
    for name in (
        "accounts.change_user",
        "auth.change_group",
        "wagtailimages.add_image",
        "wagtailcore.add_locale",
    ):
        assert administrator.has_perm(name), name


def test_a_site_that_was_made_before_is_given_what_its_roles_lack():
    translators = Group.objects.get(name=Role.TRANSLATOR.value)
    translators.permissions.clear()
    GroupPagePermission.objects.filter(group=translators).delete()
    call_command("migrate", verbosity=0, interactive=False)
    assert {"wagtailadmin.access_admin", "wagtail_localize.submit_translation"} <= names(translators)
    assert GroupPagePermission.objects.get(group=translators).permission.codename == "change_page"


def test_what_an_operator_gave_a_role_stays():
    editors = Group.objects.get(name=Role.EDITOR.value)
    more = Permission.objects.get(codename="add_redirect")
    editors.permissions.add(more)
    give(declared())
    assert more in editors.permissions.all()


@pytest.mark.parametrize(
    "wanted",
    [
        {"permissions": ("learning.add_lesson",)},
        {"permissions": ("teaching.*",)},
        {"pages": ("paint_page",)},
        {"files": ("add_sculpture",)},
    ],
)
def test_a_role_that_wants_what_is_not_there_fails_loudly_and_is_given_nothing(wanted):
    editors = Group.objects.get(name=Role.EDITOR.value)
    before = names(editors)
    fine = Grant(Role.EDITOR, ("wagtailredirects.add_redirect",))
    with pytest.raises(ImproperlyConfigured, match=r"lesson|teaching|paint_page|add_sculpture"):
        give([fine, Grant(Role.EDITOR, **wanted)])
    assert names(editors) == before


def test_every_grant_says_why():
    assert not [grant for grant in declared() if not grant.why]


def test_every_permission_of_a_role_is_declared():
    """What a migration gives and no table names would be missing on the next site that is made otherwise."""
    for role in Role:
        said = {name for grant in declared() if grant.role == role for name in grant.permissions}
        whole = {name.removesuffix("*") for name in said if name.endswith(".*")}
        given = names(Group.objects.get(name=role.value))
        # Wagtail's own migrations give its first two roles these in general beside those on collections.
        own = {name for name in given if name.startswith(("wagtailimages.", "wagtaildocs."))}
        assert not {name for name in given - said - own if not name.startswith(tuple(whole) or ("-",))}, role
