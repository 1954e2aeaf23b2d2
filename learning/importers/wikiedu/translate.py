"""Translations of the source as wagtail-localize's own: every segment can be worked on in the editor."""

import json
from collections import defaultdict

from django.conf import settings
from django.utils.text import slugify
from wagtail.models import Locale
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from learning.models import TrainingModulePage

from .content import Content
from .reports import Defects, Kind, Outcome
from .segments import BLANK, Aligned, align, cut, distinct, override_path

TOOL = "Wiki Education import"


class Translator:
    """Brings one page's translations in. `path` is the module's file, for defects."""

    def __init__(self, page: TrainingModulePage, path: str, defects: Defects, *, overwrite: bool) -> None:
        self.page = page
        self.path = path
        self.defects = defects
        self.overwrite = overwrite
        self.source, _ = TranslationSource.update_or_create_from_instance(page)

    def load(self, content: Content, locale: Locale) -> None:
        """Write the translation's segments and save and publish the translated page."""
        translation, _ = Translation.objects.get_or_create(source=self.source, target_locale=locale)
        if not translation.enabled:
            self.report("this page is now edited on its own, without the original; it was left alone")
            return
        aligned = self.align(content)
        self.write_strings(aligned, locale)
        self.write_links(aligned, locale)
        translation.save_target(publish=False)
        if self.page.live:
            self.source.get_translated_instance(locale).get_latest_revision().publish()

    def report(self, what: str, kind: Kind = Kind.LOCAL_EDIT) -> None:
        outcome = Outcome.SKIPPED if kind is Kind.LOCAL_EDIT else Outcome.NOTED
        self.defects.add(kind, outcome, self.path, f"“{self.page.title}”: {what}.", field="translations")

    def align(self, content: Content) -> dict[str, Aligned]:
        """Return the translation of every text of the page that has one, by path."""
        originals, translated = cut(self.page), cut(self.instance(content))
        result: dict[str, Aligned] = {}
        for path, original in originals.items():
            other = translated.get(path)
            if other:
                result[path] = align(original, other)
            elif original.template and content.whole.intersection(path.split(".")[1:2]):
                # Its words are in the step's first text. Labels and titles stay in the original's language,
                # where translators see that they are missing.
                result[path] = Aligned([BLANK] * len(original.strings), {})
        for path, found in result.items():
            if found.problem:
                self.report(f"{content.language}, {self.step_title(path)}: {found.problem}", Kind.TRANSLATION)
        return result

    def step_title(self, path: str) -> str:
        """Return the title of the step that a path leads into."""
        parts = path.split(".")
        titles = {block.id: block.value["title"] for block in self.page.steps}
        return f"“{titles[parts[1]]}”" if len(parts) > 1 and parts[1] in titles else parts[0]

    def instance(self, content: Content) -> TrainingModulePage:
        """Return an unsaved page that holds the translation, to be cut apart like the original."""
        return TrainingModulePage(
            title=content.title,
            draft_title=content.title,
            slug=slugify(content.title)[:255] or self.page.slug,
            summary=content.summary,
            introduction=content.introduction,
            outcomes=json.dumps(content.outcomes),
            steps=json.dumps(content.steps),
        )

    def write_strings(self, aligned: dict[str, Aligned], locale: Locale) -> None:
        """Create or change the translations of strings; those edited here stay as they are."""
        by_path: dict[str, list[StringSegment]] = defaultdict(list)
        segments = (
            StringSegment.objects.filter(source=self.source).select_related("context").order_by("order")
        )
        for segment in segments:
            by_path[segment.context.path].append(segment)
        wanted = distinct(
            ((segment.string_id, segment.context_id), text)
            for path, found in aligned.items()
            for segment, text in zip(by_path[path], found.texts, strict=False)
        )
        contexts = {context for _, context in wanted}
        rows = StringTranslation.objects.filter(locale=locale, context__in=contexts)
        known = {(row.translation_of_id, row.context_id): row for row in rows}
        new, changed, kept = [], [], 0
        for (string, context), text in wanted.items():
            row = known.get((string, context))
            if row is None:
                new.append(self.row(string, context, locale, text))
            elif row.data != text:
                if row.tool_name != TOOL and not self.overwrite:
                    kept += 1
                    continue
                row.data, row.tool_name, row.has_error, row.field_error = text, TOOL, False, ""
                changed.append(row)
        StringTranslation.objects.bulk_create(new)
        StringTranslation.objects.bulk_update(changed, ["data", "tool_name", "has_error", "field_error"])
        if kept:
            self.report(f"{kept} translated texts were edited here and stay as they are")

    def row(self, string: int, context: int, locale: Locale, text: str) -> StringTranslation:
        return StringTranslation(
            translation_of_id=string,
            context_id=context,
            locale=locale,
            data=text,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            tool_name=TOOL,
        )

    def write_links(self, aligned: dict[str, Aligned], locale: Locale) -> None:
        """Give the links of a translation their own addresses where they differ."""
        wanted = {
            override_path(path, href): address
            for path, found in aligned.items()
            for href, address in found.links.items()
        }
        if not wanted:
            return
        segments = OverridableSegment.objects.filter(source=self.source, context__path__in=wanted)
        for segment in segments.select_related("context"):
            SegmentOverride.objects.update_or_create(
                locale=locale,
                context=segment.context,
                defaults={"data_json": json.dumps(wanted[segment.context.path])},
            )


def locale_for(language: str, *, create: bool) -> Locale | None:
    """Return the site's locale for a language; None where the site has no such language, or no such locale."""
    if language not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
        return None
    if create:
        return Locale.objects.get_or_create(language_code=language)[0]
    return Locale.objects.filter(language_code=language).first()
