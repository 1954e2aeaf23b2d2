"""Translations follow their original: when it is published, what is not words changes in all of them.

Which block there is, in which order, what is right, required, how long and of which kind comes from the original
(`foundation.design.translatable` says of each field what it is), and so do fields such as a level or a file. Words stay as
their translator wrote them, also where the original's have changed since; only in a question, where what is right
hangs on the words, the original's stand until somebody translates them. A job tells wagtail-localize of the new
words, so that translators see what is to do, with the older wording beside it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Subquery
from django.utils import translation
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Page, PageLogEntry, TranslatableMixin
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from exchange.home.cache import begin_generation
from foundation.design.translatable import changed_words, in_words_of
from foundation.jobs.services import enqueue


def published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Receiver of page_published: of an original, all its translations follow; a translation follows alone."""
    if instance.alias_of_id is None:
        follow(instance)


@transaction.atomic
def follow(page: Page) -> list[Page]:
    """Brings the translations of a page in line with their original, or the page itself where it is one.

    Answers those that changed. Safe to repeat; without translations two queries.
    """
    rows = Page.objects.select_for_update().filter(translation_key=page.translation_key, alias_of=None)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if len(keys) < 2:
        return []
    manager = page.specific_class._default_manager
    original = manager.get(pk=keys[0])
    if not original.live:
        return []
    is_original = page.pk == original.pk
    before = _before(original) if is_original else {}
    if is_original and _is_behind(original):
        # A long lesson is hundreds of texts: too many for the moment in which somebody publishes.
        enqueue("exchange.home.tasks.mark_as_behind", original.pk)
    changed = {
        field.name: changed_words(field.stream_block, _raw(original, field), _stored(before, field))
        for field in _streams(original)
        if field.name in before
    }
    wanted = keys[1:] if is_original else [page.pk]
    versions = manager.filter(pk__in=wanted).select_related("locale")
    return [version for version in versions if _brought_in_line(original, version, changed)]


def _brought_in_line(original: Any, version: Any, changed: Mapping[str, Mapping[str, Any]]) -> bool:
    chosen = _choices_of(original, version)
    if chosen is None:
        return False
    # A draft that is being worked on follows too, and stays a draft.
    draft = version.get_latest_revision_as_object() if version.has_unpublished_changes else None
    moved = align(original, version, changed, chosen)
    if moved:
        version.save(clean=False)
        if draft is None:
            revision = version.save_revision(changed=False, clean=False)
            if version.live:
                type(version)._default_manager.filter(pk=version.pk).update(live_revision=revision)
    if draft is not None and align(original, draft, changed, chosen):
        draft.save_revision(clean=False)
    return moved


def align(
    original: Any, version: Any, changed: Mapping[str, Mapping[str, Any]], chosen: frozenset[str]
) -> bool:
    """Gives a version, in memory, the original's structure and facts. Answers whether anything changed."""
    moved = False
    for declared in get_translatable_fields(type(original)):
        field = declared.get_field(type(original))
        if field.name in chosen or not declared.is_synchronized(original):
            continue
        if isinstance(field, StreamField):
            moved |= _align_stream(original, version, field, changed.get(field.name, {}), chosen)
        elif isinstance(field, models.ManyToOneRel):
            moved |= _align_children(original, version, field)
        elif not field.many_to_many and getattr(version, field.attname) != getattr(original, field.attname):
            setattr(version, field.attname, getattr(original, field.attname))
            moved = True
    return moved


def _align_stream(
    original: Any, version: Any, field: Any, changed: Mapping[str, Any], chosen: frozenset[str]
) -> bool:
    prefix = f"{field.name}."
    before = _raw(version, field)
    after = in_words_of(
        field.stream_block,
        _raw(original, field),
        before,
        changed=changed,
        chosen=frozenset(path.removeprefix(prefix) for path in chosen if path.startswith(prefix)),
    )
    if after == before:
        return False
    setattr(version, field.name, field.to_python(json.dumps(after)))
    return True


def _align_children(original: Any, version: Any, field: Any) -> bool:
    if not isinstance(field.remote_field, ParentalKey) or issubclass(field.related_model, TranslatableMixin):
        return False
    name = field.get_accessor_name()
    if _rows(original, name) == _rows(version, name):
        return False
    original.copy_child_relation(name, version)
    return True


def _rows(page: Any, name: str) -> list[dict[str, Any]]:
    own = {"id", "pk", "sort_order"}
    return [
        {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if field.name not in own and not isinstance(field, ParentalKey)
        }
        for row in getattr(page, name).all()
    ]


def _streams(page: Any) -> Iterator[StreamField]:
    return (field for field in page._meta.get_fields() if isinstance(field, StreamField))


def _raw(page: Any, field: Any) -> list[Any]:
    return [dict(row) for row in field.value_from_object(page).raw_data]


def _stored(content: Mapping[str, Any], field: Any) -> Any:
    value = content.get(field.name)
    return json.loads(value) if isinstance(value, str) else value


def _choices_of(original: Any, version: Any) -> frozenset[str] | None:
    """Paths at which translators chose something else than the original; None where a page goes its own way.

    What teaches always follows. Any other page does while its translation is one of wagtail-localize's.
    """
    synced = Translation.objects.filter(
        source__object_id=original.translation_key,
        source__locale_id=original.locale_id,
        target_locale_id=version.locale_id,
        enabled=True,
    ).exists()
    if not synced and not getattr(version, "follows_original", False):
        return None
    overrides = SegmentOverride.objects.filter(
        context__object_id=original.translation_key, locale_id=version.locale_id, has_error=False
    )
    return frozenset(overrides.values_list("context__path", flat=True))


def _before(original: Any) -> dict[str, Any]:
    """What translators last had before them: wagtail-localize's copy, else what was public until now."""
    source = _source_of(original)
    if source is not None:
        return dict(json.loads(source.content_json))
    entries = PageLogEntry.objects.filter(
        page_id=original.pk, action="wagtail.publish", revision__isnull=False
    )
    earlier = entries.order_by("-timestamp", "-pk").select_related("revision")[1:2]
    return next((dict(entry.revision.content) for entry in earlier), {})


def _source_of(original: Any) -> TranslationSource | None:
    return TranslationSource.objects.filter(
        object_id=original.translation_key, locale_id=original.locale_id
    ).first()


# What is to translate ------------------------------------------------------------------------------------


def _is_behind(original: Any) -> bool:
    source = _source_of(original)
    return source is not None and json.loads(original.to_json()) != json.loads(source.content_json)


@transaction.atomic
def mark_as_behind(original: Any) -> None:
    """Tells wagtail-localize of the original's words as they are now, and keeps older wordings for translators."""
    source = _source_of(original)
    if source is None or not _is_behind(original):
        return
    was = _segments(source)
    source.update_from_db()
    now = _segments(source)
    moved = {context: _moved(was[context], now[context]) for context in now.keys() & was.keys()}
    places = [(context, old, new) for context, pairs in moved.items() for old, new in pairs]
    for goal in source.translations.filter(enabled=True).select_related("target_locale"):
        _keep_older_wordings(places, goal)
    # Readers are told that a translation is behind, also on pages that were kept since it was published.
    transaction.on_commit(begin_generation)


def _segments(source: TranslationSource) -> dict[int, list[int]]:
    """Strings of a source in order, by context."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = StringSegment.objects.filter(source=source).order_by("order")
    for context, string in rows.values_list("context_id", "string_id"):
        found[context].append(string)
    return found


def _moved(was: list[int], now: list[int]) -> list[tuple[int, int]]:
    """Pairs of an older string and the one that took its place."""
    gone = [string for string in was if string not in now]
    come = [string for string in now if string not in was]
    return list(zip(gone, come, strict=True)) if len(gone) == len(come) else []


def _keep_older_wordings(places: list[tuple[int, int, int]], goal: Translation) -> None:
    """The older translation stands beside the changed words, and counts as not done."""
    known = StringTranslation.objects.filter(
        locale=goal.target_locale,
        context__in={context for context, _old, _new in places},
        translation_of__in={old for _context, old, _new in places},
    )
    by_place = {(row.context_id, row.translation_of_id): row.data for row in known}
    with translation.override(goal.target_locale.language_code):
        note = _(
            "The original has changed. These are the older words: please make them fit, or save them again."
        )
    for context, old, new in places:
        data = by_place.get((context, old))
        if data:
            StringTranslation.objects.get_or_create(
                translation_of_id=new,
                locale=goal.target_locale,
                context_id=context,
                defaults={
                    "data": data,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                    "has_error": True,
                    "field_error": note,
                },
            )


def behind(original: Page) -> list[tuple[Translation, int]]:
    """Translations of a page in which something is still to do, with how many pieces of text that is."""
    goals = Translation.objects.filter(
        source__object_id=original.translation_key, source__locale_id=original.locale_id, enabled=True
    )
    return _with_work(goals)


def all_behind(limit: int) -> list[tuple[Translation, int]]:
    """Of all pages the translations with something to do, those touched last first; at most `limit`."""
    goals = Translation.objects.filter(enabled=True).order_by("-source__last_updated_at", "pk")
    return _with_work(goals)[:limit]


def _with_work(goals: Any) -> list[tuple[Translation, int]]:
    done = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef(OuterRef("target_locale")),
        has_error=False,
    )
    waiting = (
        StringSegment.objects.filter(source=OuterRef("source"))
        .exclude(Exists(done))
        .order_by()
        .values("source")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = goals.annotate(todo=Subquery(waiting)).filter(todo__gt=0)
    return [(goal, goal.todo) for goal in rows.select_related("source", "target_locale")]
