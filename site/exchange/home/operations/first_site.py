"""What stands in a site on its first day: pages in each language, capacities, the first administrator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page, Site

from directory.models import Capacity
from directory.taxonomy.importer import SHIPPED, import_capacities
from exchange.home.models import HomePage
from exchange.home.signal_handlers import NOT_SET_UP, follow_base_url
from foundation.accounts.constants import Role
from foundation.accounts.mail import at_home
from foundation.accounts.models import User
from foundation.l10n.names import cleaned
from learning.models import LearningIndexPage
from mentoring.models import MentoringIndexPage

TEXTS = Path(__file__).resolve().parents[1] / "data" / "first_pages.yaml"
LONGEST_NAME = 100


class Refused(Exception):
    """Something that was given cannot be used; the text says what, and what can."""


@dataclass(frozen=True)
class Wanted:
    """A site as the operator asks for it, checked before anything is written."""

    name: str
    languages: tuple[str, ...]
    admin: str


def wanted(name: str, languages: str, admin: str) -> Wanted:
    """What was typed, as values. Raises Refused with a sentence for the first that cannot be used."""
    called = " ".join(cleaned(name).split())
    if not called or len(called) > LONGEST_NAME:
        raise Refused(f"--name: say in 1 to {LONGEST_NAME} signs what the site is called, not {name!r}.")
    codes = tuple(dict.fromkeys(code.strip().lower() for code in languages.split(",") if code.strip()))
    known = [code for code, _name in settings.INTERFACE_LANGUAGES]
    if unknown := [code for code in codes if code not in known]:
        raise Refused(
            f"--languages: {', '.join(unknown)} cannot be a language of the first pages. The interface speaks "
            f"{', '.join(known)}; pages in more languages are added in the admin."
        )
    if "en" not in codes:
        raise Refused(
            "--languages: en must be among them. English is shown to readers where nothing else is written."
        )
    try:
        validate_email(admin)
    except ValidationError:
        raise Refused(f"--admin: {admin!r} is no e-mail address.") from None
    return Wanted(called, ("en", *(code for code in codes if code != "en")), admin.strip())


@cache
def texts() -> dict[str, dict[str, Any]]:
    """The words of the first pages, by language."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return found


# Pages -----------------------------------------------------------------------------------------------------


@transaction.atomic
def make_pages(site_name: str, languages: tuple[str, ...]) -> int:
    """Homes, and below each the home of learning and, unpublished, that of mentoring. Answers how many were made.

    What is there stays as it is, whatever editors have made of it. A page that nobody has written is in no menu.
    """
    # Two of these at once: the second waits here, and then finds the pages of the first.
    root = Page.objects.select_for_update().filter(depth=1).order_by("path").first()
    if root is None:
        raise Refused("This database has no root page: it is not one that this program has made.")
    made = 0
    homes: dict[str, HomePage] = {}
    first = HomePage.objects.filter(locale__language_code="en").order_by("path").first()
    welcome = _welcome_page()
    for code in languages:
        locale, _created = Locale.objects.get_or_create(language_code=code)
        translated = (
            HomePage.objects.filter(locale=locale, translation_key=first.translation_key) if first else None
        )
        home = translated.first() if translated is not None else None
        if home is None:
            if welcome is not None:
                # It has the address that the first home page is to have.
                Page.objects.filter(pk=welcome.pk, slug="home").update(slug="wagtail-welcome")
            words = texts()[code]
            home = HomePage(
                title=site_name,
                slug="home" if code == "en" else f"home-{code}",
                locale=locale,
                headline=words["headline"],
                lead=words["lead"],
            )
            _add(root, home, first)
            made += 1
        first = first or home
        homes[code] = home
        made += _below(home, homes["en"], LearningIndexPage, "learn", live=True)
        made += _below(home, homes["en"], MentoringIndexPage, "mentoring", live=False)
    _site_begins_at(homes["en"], site_name, welcome)
    return made


def _below(home: HomePage, original: HomePage, model: Any, part: str, *, live: bool) -> int:
    """One page below a home; 1 if it was made. An editor's page of the kind, or at the address, is left alone."""
    children = home.get_children()
    if children.type(model).exists() or children.filter(slug=part).exists():
        return 0
    words = texts()[home.locale.language_code][part]
    page = model(
        title=words["title"],
        slug=part,
        introduction=words["introduction"],
        locale=home.locale,
        show_in_menus=live,
        live=live,
    )
    _add(home, page, model.objects.child_of(original).first() if home.pk != original.pk else None)
    return 1


def _add(parent: Page, page: Any, original: Any) -> None:
    if original is not None:
        page.translation_key = original.translation_key
    parent.refresh_from_db()
    parent.add_child(instance=page)
    revision = page.save_revision()
    if page.live:
        revision.publish()


def _welcome_page() -> Page | None:
    """Wagtail's own first page, where the site still begins there and nobody has put anything below it."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    page = site.root_page if site else None
    if page is None or page.specific_class is not Page or page.depth != 2 or page.get_children().exists():
        return None
    return page


def _site_begins_at(home: HomePage, name: str, welcome: Page | None) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site(is_default_site=True, hostname=NOT_SET_UP, port=80, root_page=home)
    if welcome is not None:
        site.root_page = home
    site.site_name = name
    site.save()
    if welcome is not None:
        Page.objects.get(pk=welcome.pk).delete()
    follow_base_url()
    Site.clear_site_root_paths_cache()


# What else there is on the first day -----------------------------------------------------------------------


def load_capacities() -> int:
    """The shipped list, where there is none yet. Answers how many there are."""
    if not Capacity.objects.exists():
        import_capacities(SHIPPED)
    return Capacity.objects.count()


@transaction.atomic
def make_administrator(email: str) -> tuple[User, str]:
    """An account that may do everything, its address taken as confirmed. Answers it and a link to choose a password,
    "" where it has one.

    An account with this address becomes an administrator and keeps its password.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_superuser(email)
    elif not (user.is_superuser and user.is_staff and user.is_active):
        user.is_superuser = user.is_staff = user.is_active = True
        user.save(update_fields=["is_superuser", "is_staff", "is_active"])
    user.groups.add(*Group.objects.filter(name__in=[Role.MEMBER.value, Role.ADMINISTRATOR.value]))
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )
    return user, "" if user.has_usable_password() else password_link(user)


def password_link(user: User) -> str:
    """An address at which a password is chosen, once, within the days that such a link from a mail has."""
    from allauth.account import app_settings

    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    with translation.override(user.language or settings.LANGUAGE_CODE):
        return at_home(
            reverse(
                "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": token}
            )
        )
