"""What the index knows of learning: modules, recordings with their transcripts, courses.

One document for each translation key, with a text for each published language. Drafts, pages behind a
password or sign-in and pages below unpublished ones are not yielded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, PageViewRestriction

from directory.models import CapacityText, Person
from directory.taxonomy.labels import Labels, all_labels
from directory.taxonomy.selectors import matching_label, with_descendants
from foundation.l10n.languages import languages_text
from foundation.l10n.names import said
from foundation.l10n.times import clock, minutes_text, span_text
from learning.constants import Length
from learning.models import (
    Caption,
    Cohort,
    CoursePage,
    Enrolment,
    LearningIndexPage,
    Speaker,
    TrainingModulePage,
    WebinarPage,
)
from learning.steps import Lesson
from learning.transcripts import paragraphs
from search.documents import DocumentType, Plain, facts_by_language, register
from search.types import Document, Passage, Text

LONGEST_BODY = 60_000  # characters of one language that are worth searching


def plain(html: Any) -> str:
    """Words of rich text without its tags."""
    return " ".join(strip_tags(str(getattr(html, "source", html) or "").replace("<", " <")).split())


class LearningDocument(DocumentType):
    """What the three kinds have in common."""

    model: ClassVar[Any]

    def ids(self) -> Iterable[str]:
        keys = self.model.objects.live().public().values_list("translation_key", flat=True)
        return (str(key) for key in keys.distinct().iterator())

    def plain(self) -> Plain:
        def about(capacities: Any) -> Q:
            rows = self.model.objects.filter(capacities__in=capacities)
            return Q(translation_key__in=rows.values("translation_key"))

        return Plain(
            self.model.objects.live().public(),
            key="translation_key",
            newest="last_published_at",
            words=lambda word: about(matching_label(word)),
            filters={"capacity": lambda slugs: about(with_descendants(slugs))},
        )

    def build(self, ids: Sequence[str]) -> Iterator[Document]:
        versions: dict[Any, list[Any]] = {}
        rows = self.model.objects.live().public().filter(translation_key__in=ids)
        for page in self.prefetch(rows.select_related("locale").order_by("pk")):
            versions.setdefault(page.translation_key, []).append(page)
        originals = self._originals(ids)
        labels = all_labels()
        more = self.more(list(versions), originals)
        for key, pages in versions.items():
            yield self._document(key, pages, originals[key], labels, more.get(key))

    def prefetch(self, rows: Any) -> Any:
        """Rows that this kind's documents need, in a fixed number of queries."""
        return rows

    def more(self, keys: list[Any], originals: dict[Any, Any]) -> dict[Any, Any]:
        """What else this kind needs, by translation key."""
        return {}

    def _originals(self, ids: Sequence[str]) -> dict[Any, Any]:
        """The page that was made first holds capacities and keywords, published or not."""
        found: dict[Any, Any] = {}
        rows = self.model.objects.filter(translation_key__in=ids).order_by("pk")
        for page in rows.prefetch_related("capacities", "tagged_items__tag"):
            found.setdefault(page.translation_key, page)
        return found

    def _document(self, key: Any, pages: list[Any], original: Any, labels: Labels, more: Any) -> Document:
        slugs = [labels.slug_of(capacity.pk) for capacity in original.capacities.all()]
        keywords = tuple(item.tag.name for item in original.tagged_items.all())
        main = next((page for page in pages if page.pk == original.pk), pages[0])
        minutes = main.length_minutes
        length = Length.of(minutes)
        return Document(
            kind=self.kind,
            id=str(key),
            texts=tuple(self._text(page, keywords) for page in pages),
            url=main.url or "",
            capacities=tuple(slugs),
            broader=labels.broader(slugs),
            labels=labels.texts(slugs),
            facets={
                "language": self.languages(pages, original, more),
                "length": (length,) if length else (),
            },
            updated=main.last_published_at or main.latest_revision_created_at,
            minutes=minutes,
            card=facts_by_language(lambda code: self.facts(main, pages, more, code)),
            **self.special(main, original, more),
        )

    def _text(self, page: Any, keywords: tuple[str, ...]) -> Text:
        body = " ".join([plain(page.introduction), page.audience, *page.outcome_texts(), *self.body(page)])
        return Text(
            language=page.locale.language_code,
            title=page.title,
            summary=page.summary,
            body=body[:LONGEST_BODY],
            keywords=keywords,
            url=page.url or "",
        )

    def body(self, page: Any) -> Iterator[str]:
        """More words to find a page by."""
        yield from ()

    def languages(self, pages: list[Any], original: Any, more: Any) -> tuple[str, ...]:
        """Languages in which somebody can follow it."""
        return tuple(dict.fromkeys(page.locale.language_code for page in pages))

    def facts(self, main: Any, pages: list[Any], more: Any, code: str) -> list[str]:
        """The facts of a card; the language is active."""
        raise NotImplementedError

    def special(self, main: Any, original: Any, more: Any) -> dict[str, Any]:
        """Fields of the document that only this kind has."""
        return {}


def watching(model: Any) -> dict[Any, Any]:
    """Whose changes touch the documents of a page model."""

    def of_page(page: Any) -> list[Any]:
        # Somebody may have saved the page as a plain Page: publishing and unpublishing by lists does.
        return [page.translation_key] if page.specific_class is model else []

    def of_index(row: Any) -> Any:
        return model.objects.descendant_of(row).values_list("translation_key", flat=True)

    def of_capacity(row: Any) -> Any:
        below = Q(capacities__path__startswith=row.capacity.path)
        return model.objects.filter(below).values_list("translation_key", flat=True).distinct()

    def of_restriction(row: Any) -> Any:
        below = model.objects.descendant_of(row.page, inclusive=True)
        return below.values_list("translation_key", flat=True)

    return {
        model: lambda page: [page.translation_key],
        Page: of_page,
        LearningIndexPage: of_index,
        CapacityText: of_capacity,
        PageViewRestriction: of_restriction,
    }


def watching_many(model: Any) -> dict[Any, Any]:
    """The same of many capacities at once, whose narrower ones are among them."""

    def of_capacities(texts: Sequence[CapacityText]) -> Any:
        found = model.objects.filter(capacities__in=[text.capacity_id for text in texts]).order_by()
        return found.values_list("translation_key", flat=True).distinct()

    return {CapacityText: of_capacities}


@register
class ModuleDocument(LearningDocument):
    """Training modules, with the words of all their steps."""

    kind = "lesson"
    model = TrainingModulePage
    watches = watching(TrainingModulePage)
    watches_many = watching_many(TrainingModulePage)

    def body(self, page: TrainingModulePage) -> Iterator[str]:
        for step in Lesson(page).steps:
            yield step.title
            yield from (
                page.steps.stream_block.child_blocks["step"]
                .child_blocks["body"]
                .get_searchable_content(step.body)
            )

    def facts(self, main: Any, pages: list[Any], more: Any, code: str) -> list[str]:
        steps = len(main.steps)
        return [
            languages_text(self.languages(pages, main, more), code),
            span_text(main.minutes_min, main.minutes_max) or minutes_text(main.length_minutes),
            ngettext("%(count)s step", "%(count)s steps", steps) % {"count": steps} if steps else "",
        ]


def spoken_in(people: Sequence[Person]) -> Any:
    """The keys of the recordings in which these people speak."""
    found = Speaker.objects.filter(person__in=[person.pk for person in people]).order_by()
    return found.values_list("page__translation_key", flat=True).distinct()


@register
class WebinarDocument(LearningDocument):
    """Recordings, with their transcripts as passages that lead to the second."""

    kind = "recording"
    model = WebinarPage
    watches: ClassVar[dict[Any, Any]] = {
        **watching(WebinarPage),
        Caption: lambda row: [row.page.translation_key],
        Speaker: lambda row: [row.page.translation_key],
        Person: lambda row: spoken_in([row]),
    }
    watches_many: ClassVar[dict[Any, Any]] = {
        **watching_many(WebinarPage),
        Person: lambda rows: spoken_in(rows),
    }

    def prefetch(self, rows: Any) -> Any:
        return rows.select_related("poster")

    def _originals(self, ids: Sequence[str]) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        rows = WebinarPage.objects.filter(translation_key__in=ids).order_by("pk")
        related = ("capacities", "tagged_items__tag", "captions", "speakers__person", "poster__renditions")
        for page in rows.prefetch_related(*related):
            found.setdefault(page.translation_key, page)
        return found

    def more(self, keys: list[Any], originals: dict[Any, Any]) -> dict[Any, Any]:
        return originals

    def body(self, page: WebinarPage) -> Iterator[str]:
        for chapter in page.chapters:
            yield chapter.value.get("title") or ""

    def languages(self, pages: list[Any], original: Any, more: Any) -> tuple[str, ...]:
        """The language spoken and those of the captions: that is what a viewer needs."""
        captions = [caption.language for caption in more.captions.all()]
        return tuple(dict.fromkeys(filter(None, [more.spoken_language, *captions])))

    def facts(self, main: Any, pages: list[Any], more: Any, code: str) -> list[str]:
        captions = languages_text([caption.language for caption in more.captions.all()], code)
        return [
            languages_text([main.spoken_language], code) if main.spoken_language else "",
            said(_("Captions in %(languages)s"), languages=captions) if captions else "",
            minutes_text(main.length_minutes),
        ]

    def special(self, main: Any, original: Any, more: Any) -> dict[str, Any]:
        passages = tuple(
            Passage(caption.language, paragraph.start, paragraph.text)
            for caption in original.captions.all()
            for paragraph in paragraphs(caption.cues)
        )
        people = tuple(row.name or (row.person.name if row.person else "") for row in original.speakers.all())
        return {"passages": passages, "people": tuple(filter(None, people))}

    def _document(self, key: Any, pages: list[Any], original: Any, labels: Labels, more: Any) -> Document:
        document = super()._document(key, pages, original, labels, more)
        card = {**document.card, "badge": clock(original.duration) if original.duration else ""}
        if original.poster is not None:
            # A picture whose file is lost or damaged keeps no recording out of the index.
            with suppress(SourceImageIOError):
                card["image_url"] = original.poster.get_rendition("fill-480x270").url
        return Document(**{**vars(document), "card": card})


def _courses_of(cohorts: set[Any]) -> Any:
    found = CoursePage.objects.filter(cohorts__in=cohorts).order_by()
    return found.values_list("translation_key", flat=True).distinct()


@register
class CourseDocument(LearningDocument):
    """Courses, with the next cohort."""

    kind = "course"
    model = CoursePage
    watches: ClassVar[dict[Any, Any]] = {
        **watching(CoursePage),
        Cohort: lambda row: [row.course.translation_key],
        Enrolment: lambda row: [row.cohort.course.translation_key],
    }
    watches_many: ClassVar[dict[Any, Any]] = {
        **watching_many(CoursePage),
        Enrolment: lambda rows: _courses_of({row.cohort_id for row in rows}),
        Cohort: lambda rows: _courses_of({row.pk for row in rows}),
    }

    def more(self, keys: list[Any], originals: dict[Any, Any]) -> dict[Any, Any]:
        found: dict[Any, list[Any]] = {}
        rows = Cohort.objects.upcoming().with_taken().filter(course__translation_key__in=keys)
        for cohort in rows.select_related("course"):
            found.setdefault(cohort.course.translation_key, []).append(cohort)
        return found

    def body(self, page: CoursePage) -> Iterator[str]:
        for week in page.weeks:
            yield week.value.get("title") or ""
            yield week.value.get("summary") or ""
            yield plain(week.value.get("text"))

    def languages(self, pages: list[Any], original: Any, more: Any) -> tuple[str, ...]:
        """The languages in which cohorts run; of the page where none is planned."""
        return tuple(dict.fromkeys(row.language for row in more or ())) or super().languages(
            pages, original, more
        )

    def facts(self, main: Any, pages: list[Any], more: Any, code: str) -> list[str]:
        weeks = len(main.weeks)
        facts = [
            languages_text(self.languages(pages, main, more), code),
            ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks} if weeks else "",
        ]
        following = self._next(more)
        if following is not None:
            left = following.seats_left()
            facts.append(_("Starts %(date)s") % {"date": date_format(following.starts_on)})
            facts.append(
                ngettext("%(count)s seat left", "%(count)s seats left", left) % {"count": left}
                if left > 0
                else _("All seats are taken")
            )
        return facts

    def special(self, main: Any, original: Any, more: Any) -> dict[str, Any]:
        following = self._next(more)
        if following is None:
            return {"available": not more}
        return {"starts": following.starts_on, "available": following.seats_left() > 0}

    @staticmethod
    def _next(cohorts: Any) -> Any:
        """The next cohort one can still enrol in, now or later."""
        now = timezone.now()
        return next((cohort for cohort in cohorts or () if cohort.closes > now), None)
