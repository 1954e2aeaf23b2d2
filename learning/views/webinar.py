"""The page of a recording: player, chapters, transcript with its own search, speakers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from directory.kinds import PERSON
from foundation.design.cards import Card
from foundation.l10n.languages import language_name, languages_text
from foundation.l10n.names import said
from foundation.l10n.times import minutes_text
from learning.blocks import seconds_of
from learning.models import Caption, Speaker, WebinarPage
from learning.models.base import source_of
from learning.presenters.page import frame
from learning.presenters.related import around_page
from learning.transcripts import paragraphs, places
from search.analysis import printable
from search.highlight import marked_at

LONGEST_SEARCH = 100


def webinar_view(page: WebinarPage, request: HttpRequest) -> HttpResponse:
    """Everything about a recording on one page."""
    captions = captions_of(page)
    shown = transcript_in(captions, request.GET.get("transcript", ""), page.shown_in)
    words = _asked(request)
    found = paragraphs(shown.cues) if shown else []
    hits = {place.number: place for place in places(found, words, shown.language)} if shown else {}
    start = _second(request.GET.get("t", ""))
    speakers = speakers_of(page)
    context = {
        **frame(page, request),
        "captions": captions,
        "track_default": page.shown_in if page.shown_in != page.spoken_language else "",
        "shown": shown,
        "shown_direction": "rtl" if shown and get_language_info(shown.language)["bidi"] else "ltr",
        "turns": [
            (paragraph, marked_at(paragraph.text, hits[number].ranges) if number in hits else paragraph.text)
            for number, paragraph in enumerate(found)
        ],
        "chapters": chapters_of(page, start),
        "words": words,
        "hit_count": len(hits),
        "first_hit": found[min(hits)] if hits else None,
        "start": start,
        "facts": facts_of(page, captions),
        "speakers": speakers,
        "ask_url": _ask_url(speakers),
        **around_page(page, request, exclude=_keys(speakers)),
    }
    return TemplateResponse(request, "learning/pages/webinar_page.html", context)


def captions_of(page: WebinarPage) -> list[Caption]:
    """The captions in all languages. They belong to the original; a preview shows its own."""
    own = _whole(page)
    return own if own or page.pk is None else _whole(source_of(page))


def _whole(page: WebinarPage) -> list[Caption]:
    """Without rows of a draft that still lack their language or their words."""
    return [caption for caption in page.captions.all() if caption.language and caption.cues]


def transcript_in(captions: list[Caption], *wishes: str) -> Caption | None:
    """The first captions in one of the languages, else the first of all."""
    for wish in wishes:
        for caption in captions:
            if caption.language == wish:
                return caption
    return captions[0] if captions else None


def chapters_of(page: WebinarPage, now: int = 0) -> list[dict[str, Any]]:
    """Chapters in order of time, with the one that a second falls into marked."""
    rows = []
    for block in page.words("chapters"):
        try:
            start = seconds_of(block.value.get("start") or "")
        except ValueError:
            continue
        rows.append({"start": start, "clock": block.value["start"], "title": block.value.get("title") or ""})
    rows.sort(key=lambda row: row["start"])
    current = max((row["start"] for row in rows if row["start"] <= now), default=None) if now else None
    return [{**row, "now": row["start"] == current} for row in rows]


def facts_of(page: WebinarPage, captions: list[Caption]) -> list[str]:
    """Language, captions, length and date, as a line of facts."""
    reader = get_language() or "en"
    names = languages_text([caption.language for caption in captions])
    return [
        language_name(page.spoken_language, reader) if page.spoken_language else "",
        said(_("Captions in %(languages)s"), languages=names) if names else "",
        minutes_text(page.length_minutes),
        _("Recorded %(date)s") % {"date": date_format(page.recorded_on)} if page.recorded_on else "",
    ]


def speakers_of(page: WebinarPage) -> list[tuple[Speaker, Card | None]]:
    """Speakers in order; a card only for those who are in the directory and want to be seen there."""
    rows = list(page.speakers.select_related("person__user").all() if page.pk else page.speakers.all())
    return [(row, _speaker_card(row)) for row in rows]


def _speaker_card(row: Speaker) -> Card | None:
    person = row.person
    if person is None or not person.listed or person.leave_alone or not person.user.is_active:
        return None
    return Card(
        kind=PERSON.name,
        title=row.name or person.name,
        url=person.get_absolute_url(),
        summary=row.about,
        face=person.name,
    )


def _ask_url(speakers: list[tuple[Speaker, Card | None]]) -> str:
    cards = [card for _speaker, card in speakers if card is not None]
    if not cards:
        return ""
    return cards[0].url if len(cards) == 1 else "#speakers"


def _keys(speakers: list[tuple[Speaker, Card | None]]) -> list[tuple[str, str]]:
    """Speakers are shown already: the thread of helpers leaves them out."""
    return [(PERSON.name, str(row.person_id)) for row, card in speakers if card is not None]


def _asked(request: HttpRequest) -> str:
    return printable(request.GET.get("q", ""))[:LONGEST_SEARCH]


def _second(text: str) -> int:
    return min(int(text), 24 * 3600) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def captions_file(page: WebinarPage, request: HttpRequest, language: str) -> HttpResponse:
    """The captions of one language as a WebVTT file, for the player."""
    for caption in captions_of(page):
        if caption.language == language:
            return HttpResponse(caption.text, content_type="text/vtt; charset=utf-8")
    raise Http404


def places_file(page: WebinarPage, request: HttpRequest, language: str) -> HttpResponse:
    """Where the transcript of one language says what is asked: [number of the turn, [[from, to], …]] of each place.

    From and to count as scripts count: in units of UTF-16.
    """
    for caption in captions_of(page):
        if caption.language == language:
            found = paragraphs(caption.cues)
            hits = places(found, _asked(request), language)
            return JsonResponse(
                {"places": [[hit.number, _units(found[hit.number].text, hit.ranges)] for hit in hits]}
            )
    raise Http404


def _units(text: str, ranges: tuple[tuple[int, int], ...]) -> list[list[int]]:
    if all(char <= "\uffff" for char in text):
        return [list(pair) for pair in ranges]
    return [[len(text[:end].encode("utf-16-le")) // 2 for end in pair] for pair in ranges]


def transcript_file(page: WebinarPage, request: HttpRequest, language: str) -> HttpResponse:
    """The transcript of one language as plain text, to keep or to translate."""
    for caption in captions_of(page):
        if caption.language == language:
            lines = [
                f"[{row.clock}] {row.voice + ': ' if row.voice else ''}{row.text}"
                for row in paragraphs(caption.cues)
            ]
            response = HttpResponse(
                "\n\n".join([page.title, *lines]) + "\n", content_type="text/plain; charset=utf-8"
            )
            response["Content-Disposition"] = f'attachment; filename="{page.slug}-{language}.txt"'
            return response
    raise Http404
