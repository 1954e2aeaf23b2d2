"""Loading the tree of pages: homes in each language, standard pages, the homes of learning and mentoring."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale, Page, Site

from exchange.demo.material import read, stable_id
from exchange.home.models import HomePage, StandardPage
from exchange.home.operations.first_site import texts
from exchange.home.signal_handlers import NOT_SET_UP, follow_base_url
from learning.models import LearningIndexPage

LANGUAGES = ("en", "es", "fr", "ar")


def locales() -> dict[str, Locale]:
    """The demo's languages as Wagtail's locales."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}


def load_homes() -> dict[str, HomePage]:
    """A home page for each language, and the site that begins there. Replaces Wagtail's welcome page."""
    known = locales()
    root = Page.get_first_root_node()
    texts = read("learning/home.yaml")["languages"]
    homes: dict[str, HomePage] = {}
    # It holds the address that the first home page is to have.
    Page.objects.filter(depth=2, slug="home").update(slug="wagtail-welcome")
    for code in LANGUAGES:
        home = HomePage(
            slug="home" if code == "en" else f"home-{code}",
            locale=known[code],
            show_in_menus=False,
            **_home_fields(texts[code], code),
        )
        if code != "en":
            home.translation_key = homes["en"].translation_key
        root.refresh_from_db()
        root.add_child(instance=home)
        home.save_revision().publish()
        homes[code] = home
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.hostname, site.port, site.site_name, site.root_page = (
        NOT_SET_UP,
        80,
        "The Capacity Exchange",
        homes["en"],
    )
    site.save()
    follow_base_url()
    if welcome is not None and not isinstance(welcome.specific, HomePage):
        welcome.delete()
    Site.clear_site_root_paths_cache()
    return homes


def _home_fields(text: dict[str, Any], code: str) -> dict[str, Any]:
    note = text.get("story_note")
    return {
        "title": text["title"],
        "headline": text["headline"],
        "lead": text["lead"],
        "examples": "\n".join(text["examples"]),
        "story_heading": text["story_heading"],
        "story_note": note or "",
        "story": [
            {"type": "step", "id": stable_id("home", "story", str(number)), "value": step}
            for number, step in enumerate(text["story"])
        ],
    }


def load_learning_homes(homes: dict[str, HomePage]) -> dict[str, LearningIndexPage]:
    """The home of learning in each language."""
    made: dict[str, LearningIndexPage] = {}
    for code, home in homes.items():
        page = LearningIndexPage(
            slug="learn",
            **texts()[code]["learn"],
            locale=home.locale,
            show_in_menus=True,
        )
        if code != "en":
            page.translation_key = made["en"].translation_key
        home.add_child(instance=page)
        page.save_revision().publish()
        made[code] = page
    return made


def link_story(homes: dict[str, HomePage], pages: dict[tuple[str, str], StandardPage]) -> None:
    """Below the short story on each home page stands the link to all of it, in its language or the first one."""
    key = read("learning/home.yaml")["story_page"]
    for code, home in homes.items():
        home.refresh_from_db()
        home.story_page = pages.get((key, code)) or pages[key, "en"]
        home.save_revision().publish()


def load_standard_pages(homes: dict[str, HomePage]) -> dict[tuple[str, str], StandardPage]:
    """About, privacy and the others, in the languages they exist in; answered by key and language."""
    made: dict[tuple[str, str], StandardPage] = {}
    for row in read("learning/pages.yaml")["pages"]:
        key = row["key"]
        for code, text in row["languages"].items():
            page = StandardPage(
                title=text["title"],
                slug=row["slug"],
                introduction=text.get("introduction") or "",
                body=[{"type": "text", "id": stable_id("page", key), "value": text["body"]}],
                locale=homes[code].locale,
            )
            original = made.get((key, "en"))
            if original is not None:
                page.translation_key = original.translation_key
            parent: Page = made.get((row.get("parent") or "", code)) or homes[code]
            parent.add_child(instance=page)
            page.save_revision().publish()
            made[key, code] = page
    return made
