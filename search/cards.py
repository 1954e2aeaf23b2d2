"""From a hit to the card that pages show; every list that comes from the index uses this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.design.cards import Card
from search.analysis import primary
from search.labels import language_name
from search.port import Hit

MOST_FACTS = 5


def card_from_hit(hit: Hit, *, reason: str = "", language: str) -> Card:
    """The card of a hit in the reader's language, with its snippet where words were found."""
    start = hit.passage[0] if hit.passage else None
    own = hit.card.get(language) or hit.card.get(primary(language)) or hit.card.get("en") or {}
    own = own if isinstance(own, Mapping) else {}
    return Card(
        kind=hit.kind,
        title=hit.title,
        url=address(hit.url, language, start=start),
        summary=str(own.get("summary") or hit.summary),
        reason=reason,
        snippet=snippet(hit),
        facts=_facts(hit, own, language),
        face=str(hit.card.get("face") or ""),
        face_shape=str(hit.card.get("face_shape") or ""),
        language="" if primary(hit.language) == primary(language) else hit.language,
        image_url=str(hit.card.get("image_url") or ""),
        badge=str(own.get("badge") or hit.card.get("badge") or ""),
    )


def snippet(hit: Hit) -> SafeString | str:
    """What was said and when, else the piece of text with the words marked, else nothing."""
    if hit.passage:
        start, words = hit.passage
        sentence = _("“… %(words)s …” at %(time)s")
        # The message is ours and everything put into it is escaped or was marked by the index.
        return format_html(
            sentence.replace("%(words)s", "{words}").replace("%(time)s", "{time}"),
            words=words,
            time=clock(start),
        )
    return hit.highlight


def clock(seconds: float) -> str:
    """Seconds as a player shows them: 1120 is "18:40"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def address(url: str, language: str, *, start: float | None = None) -> str:
    """The address in the reader's interface: documents may leave out the language that all pages begin with."""
    codes = {code for code, _name in settings.LANGUAGES}
    first = url.split("/", 2)[1] if url.startswith("/") and not url.startswith("//") else None
    if first is not None and first not in codes:
        url = f"/{language if language in codes else settings.LANGUAGE_CODE}{url}"
    if start:
        url = f"{url}{'&' if '?' in url else '?'}t={int(start)}"
    return url


def _facts(hit: Hit, own: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """The facts the room gave in this language, else those that every object has."""
    given = own.get("facts") or hit.card.get("facts") or ()
    if isinstance(given, Mapping):
        given = given.get(language) or given.get("en") or ()
    if given and isinstance(given, Sequence) and not isinstance(given, str):
        return tuple(str(fact) for fact in given if fact)[:MOST_FACTS]
    facts = [", ".join(language_name(code, language) for code in hit.facets.get("language", ())[:4])]
    if hit.minutes:
        facts.append(ngettext("%(count)d minute", "%(count)d minutes", hit.minutes) % {"count": hit.minutes})
    return tuple(fact for fact in facts if fact)
