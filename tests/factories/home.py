"""A small tree of pages for tests."""

from __future__ import annotations

from wagtail.models import Locale, Page, Site

from exchange.home.models import HomePage


def make_site(*languages: str) -> dict[str, HomePage]:
    """A home page for each language (English first) and the site that begins there."""
    # A test with real transactions empties the database afterwards, and with it Wagtail's first pages.
    Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    homes: dict[str, HomePage] = {}
    for code in ("en", *[language for language in languages if language != "en"]):
        locale, _created = Locale.objects.get_or_create(language_code=code)
        home = HomePage(
            title=f"Home {code}", slug=f"home-{code}-test", locale=locale, headline=f"Headline {code}"
        )
        if code != "en":
            home.translation_key = homes["en"].translation_key
        root.refresh_from_db()
        root.add_child(instance=home)
        homes[code] = home
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": homes["en"]}
    )
    Site.clear_site_root_paths_cache()
    return homes
