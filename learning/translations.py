"""A page in other languages: where it exists, and what to say where it does not, or not wholly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from foundation.design.navigation import frame_language, in_each_language
from foundation.design.translatable import direction_of
from foundation.l10n.languages import language_name
from foundation.l10n.names import said


@dataclass(frozen=True)
class QuietBar:
    """One line above a page that is not, or not wholly, in the reader's language."""

    text: str
    language: str
    direction: str


class Versions:
    """All pages of one translation key, drafts among them; one query. Only published ones are shown."""

    def __init__(self, page: Any) -> None:
        self.page = page
        rows = type(page)._default_manager.filter(translation_key=page.translation_key)
        self._all = list(rows.select_related("locale").order_by("pk"))
        self.by_language = {row.locale.language_code: row for row in self._all if row.live}

    @property
    def codes(self) -> list[str]:
        """Languages it exists in, in the order of the settings."""
        return [code for code, _name in settings.LANGUAGES if code in self.by_language]

    @property
    def original(self) -> Any:
        """The one that was made first, published or not; the page itself while it is not saved."""
        first = self._all[0] if self._all else self.page
        return self.page if first.pk == self.page.pk else first

    def urls(self, request: HttpRequest) -> dict[str, str]:
        """Addresses by language, for the language menu: also where the interface is in a language it has not."""
        return in_each_language({code: page.get_url(request) for code, page in self.by_language.items()})


def open_to_all(pages: Any) -> Any:
    """Of a query of pages those without a restriction on them or above them, without a query of its own."""
    # The restricted page's path is the beginning of this one's.
    beginning = Substr(OuterRef("path"), 1, Length("page__path"))
    above = PageViewRestriction.objects.filter(page__path=beginning)
    return pages.exclude(Exists(above))


def in_language(pages: Iterable[Any], language: str) -> Any | None:
    """Of several versions the one in a language, else English, else the first."""
    by_language = {page.locale.language_code: page for page in pages}
    return by_language.get(language) or by_language.get("en") or next(iter(by_language.values()), None)


def localized(model: Any, keys: Iterable[Any], language: str) -> dict[Any, Any]:
    """Published pages by translation key, each in the language or its best fallback; one query for all."""
    found: dict[Any, list[Any]] = {}
    rows = open_to_all(model._default_manager.filter(translation_key__in=list(keys), live=True))
    for row in rows.select_related("locale").order_by("pk"):
        found.setdefault(row.translation_key, []).append(row)
    return {key: in_language(pages, language) for key, pages in found.items()}


def receive(page: Any) -> None:
    """Makes a page a guest where the reader's interface is in another language than its place.

    For addresses that name a page by its id, which tell of the reader's language by their beginning only.
    """
    language = get_language() or ""
    if not language or page.locale.language_code == language:
        return
    parent = page.get_parent().specific
    hosts = type(parent)._default_manager.filter(translation_key=parent.translation_key, live=True)
    page.host = hosts.filter(locale__language_code=language).select_related("locale").first() or parent
    if page.host is parent:
        parent.abroad = language


def quiet_bar(page: Any, versions: Versions) -> QuietBar | None:
    """What to say above a page: not translated into the reader's language, or only in part."""
    missing = guest_bar(page)
    if missing is None and versions.original.pk != page.pk:
        return _behind(page, versions.original.locale.language_code)
    return missing


def guest_bar(page: Any) -> QuietBar | None:
    """A word above a page that does not exist in the reader's language; nothing where it does."""
    asked, shown = page.shown_in, page.written_in
    return _missing(asked, shown) if asked != shown else None


def _missing(asked: str, shown: str) -> QuietBar:
    frame = frame_language(asked)
    with translation.override(frame):
        text = said(
            _("This is not translated into %(asked)s yet. You are reading it in %(shown)s."),
            asked=language_name(asked, frame),
            shown=language_name(shown, frame),
        )
    return QuietBar(text, frame, direction_of(frame))


def _behind(page: Any, original: str) -> QuietBar | None:
    """A word about a translation with parts that are not translated, or older than what they translate."""
    found = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    if found is None:
        return None
    total, translated = found.get_progress()
    if translated >= total:
        return None
    language = page.locale.language_code
    # Older translations of words that have changed since are kept for translators, marked as not right.
    older = StringSegment.objects.filter(
        Exists(
            StringTranslation.objects.filter(
                translation_of=OuterRef("string"),
                context=OuterRef("context"),
                locale=page.locale_id,
                has_error=True,
            )
        ),
        source=found.source_id,
    )
    if older.count() == total - translated:
        text = _(
            "The original of this page has changed. Some parts are still in older words, or in %(language)s."
        )
    else:
        text = _("Parts of this page are not translated yet. You see them in %(language)s.")
    frame = frame_language(language)
    words = said(text, language=language_name(original, frame))
    return QuietBar(words, frame, direction_of(frame))
