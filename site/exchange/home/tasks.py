"""What happens by the clock. Every job may run twice."""

from __future__ import annotations

from django.db.models import Count, Min
from wagtail.models import Page

from exchange.home import cache, sitemaps, stored_names, translation_sync
from exchange.home.images import cleanup
from exchange.home.operations import retention, status
from foundation.jobs.registry import Schedule


def bring_translations_in_line() -> int:
    """Lets all translations follow their originals, also those from before they did so by themselves.

    Answers how many changed.
    """
    # Pages come in the order of the tree, which would make each a group of its own.
    keys = Page.objects.filter(alias_of=None).order_by().values("translation_key")
    several = keys.annotate(first=Min("pk"), count=Count("pk")).filter(count__gt=1)
    firsts = list(several.values_list("first", flat=True))
    return sum(len(translation_sync.follow(page.specific)) for page in Page.objects.filter(pk__in=firsts))


def mark_as_behind(page_id: int) -> None:
    """After an original was published: its translators learn which words are to do."""
    translation_sync.mark_as_behind(Page.objects.get(pk=page_id).specific)


def forget_old_pages() -> None:
    """Stored pages of generations that nobody asks for any more."""
    cache.forget_old_generations()


def write_sitemap() -> None:
    """The sitemap as the site is now."""
    sitemaps.write()


def take_out_places() -> int:
    """Pictures from before their places were taken out; at most a hundred a time, so that no file waits long.

    Answers how many files were written anew. With nothing left to do, one short query, and the faces of editors.
    """
    return cleanup.take_out_places(100)


def clean_stored_names() -> int:
    """Names with characters that nobody sees, or that turn the words beside them. Answers how many were changed."""
    return stored_names.clean_stored_names()


def prune() -> str:
    """Forgets what is past its time; the report is kept as the job's result, and what failed is in the log."""
    return retention.report(retention.prune())


def look_at_parts() -> None:
    """Writes down since when a part of the site is not well, and until when it was not."""
    status.note_incidents()


SCHEDULES = [
    Schedule("how the parts are", "exchange.home.tasks.look_at_parts", minutes=1),
    Schedule("prune", "exchange.home.tasks.prune", cron="20 3 * * *"),
    Schedule("stored names", "exchange.home.tasks.clean_stored_names", cron="50 3 * * *"),
    Schedule(
        "home: translations follow originals",
        "exchange.home.tasks.bring_translations_in_line",
        cron="20 3 * * *",
    ),
    Schedule("places in pictures", "exchange.home.tasks.take_out_places", minutes=10),
    Schedule("old pages", "exchange.home.tasks.forget_old_pages", minutes=2),
    Schedule("sitemap", "exchange.home.tasks.write_sitemap", minutes=360),
]
