"""From a hit to the card that pages show; every list that comes from the index uses this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.design.cards import Card
from foundation.design.navigation import in_interface
from foundation.l10n.languages import language_name, languages_text
from foundation.l10n.names import said
from foundation.l10n.times import clock
from search.analysis import primary, script_of
from search.analysis.languages import likely_languages
from search.analysis.stems import scripts_of_language
from search.types import Hit

MOST_FACTS = 5


def card_from_hit(hit: Hit, *, reason: str = "", language: str) -> Card:
    """The card of a hit in the reader's language, with its snippet where words were found."""
    start = hit.passage[0] if hit.passage else None
    own = hit.card.get(language) or hit.card.get(primary(language)) or hit.card.get("en") or {}
    own = own if isinstance(own, Mapping) else {}
    foreign = "" if primary(hit.language) == primary(language) else hit.language
    summary = str(own.get("summary") or hit.summary)
    facts = _facts(hit, own, language)
    if foreign:
        name = language_name(hit.language, language)
        facts = (said(_("Text in %(language)s"), language=name), *facts)[:MOST_FACTS]
    return Card(
        kind=hit.kind,
        title=hit.title,
        url=address(hit.url, language, start=start),
        summary=in_its_language(summary, claimed=hit.language, around=foreign or language),
        reason=reason,
        snippet=snippet(hit, around=foreign or language),
        facts=facts,
        face=str(hit.card.get("face") or ""),
        face_shape=str(hit.card.get("face_shape") or ""),
        language=foreign,
        image_url=str(hit.card.get("image_url") or ""),
        badge=str(own.get("badge") or hit.card.get("badge") or ""),
    )


def snippet(hit: Hit, *, around: str) -> SafeString | str:
    """What was said and when, else the piece of text with the words marked, else nothing.

    `around` is the language of the paragraph it will stand in.
    """
    if hit.passage:
        start, words = hit.passage
        sentence = _("“… %(words)s …” at %(time)s")
        # The message is ours and everything put into it is escaped or was marked by the index.
        return format_html(
            sentence.replace("%(words)s", "{words}").replace("%(time)s", "{time}"),
            words=in_its_language(words, claimed=hit.language, around=around),
            time=clock(start),
        )
    return in_its_language(hit.highlight, claimed=hit.language, around=around)


def in_its_language(text: str, *, claimed: str, around: str) -> str:
    """A text, marked with its language and direction where that is not the one around it.

    The piece of an object that fits a question best may be in any of its languages, and where nobody has
    translated a text yet, rooms give the English one. So its words are looked at; they win over what is
    `claimed` only when they speak plainly against it.
    """
    if not text:
        return text
    plain = strip_tags(text)
    said = next((code for code in likely_languages(plain, claimed) if _is_written_so(plain, code)), claimed)
    if primary(said) == primary(around):
        return text
    return format_html('<bdi lang="{}">{}</bdi>', said, text)


def _is_written_so(text: str, language: str) -> bool:
    script = script_of(text)
    return script == "Other" or script in scripts_of_language(language)


def address(url: str, language: str, *, start: float | None = None) -> str:
    """The address in the reader's interface, whatever language the document's begins with."""
    url = in_interface(url, language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)
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
    facts = [languages_text(hit.facets.get("language", ())[:4], language)]
    if hit.minutes:
        facts.append(ngettext("%(count)d minute", "%(count)d minutes", hit.minutes) % {"count": hit.minutes})
    return tuple(fact for fact in facts if fact)
