"""Loading all demo content, in one transaction, once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_q.models import OrmQ

from directory.taxonomy.importer import SHIPPED, import_capacities
from exchange.demo.clock import ago
from exchange.demo.exchanges import load_exchanges
from exchange.demo.learners import load_learners
from exchange.demo.learning_pages import LearningLoader
from exchange.demo.mentoring_pages import load_mentoring
from exchange.demo.people import load_people
from exchange.demo.site_pages import link_story, load_homes, load_learning_homes, load_standard_pages
from exchange.home.models import HomePage
from foundation.jobs.services import wagtail_tasks_left_out
from foundation.notifications.models import Notification
from search.models import OutboxEntry

NEWS_DAYS = 2


def is_loaded() -> bool:
    """Whether this database has content already, the demo's or its own."""
    return HomePage.objects.exists()


@contextlib.contextmanager
def told_long_ago() -> Iterator[None]:
    """Takes out of the queue what was put in meanwhile, marks everything as sent, and older things as read.

    What still waits for somebody's answer stays unread, however old it is. Expects a database transaction, in
    which nobody else writes notifications or jobs.
    """
    began = timezone.now()
    notified = set(Notification.objects.values_list("pk", flat=True))
    queued = set(OrmQ.objects.values_list("pk", flat=True))
    yield
    OrmQ.objects.exclude(pk__in=queued).delete()
    told = Notification.objects.exclude(pk__in=notified)
    told.update(mail_due=False)
    waiting = told.waiting().values("pk")
    told.exclude(pk__in=waiting).filter(read_at=None, created__lt=ago(days=NEWS_DAYS)).update(
        read_at=F("created")
    )
    # Changes wait for the index since now, so that one job takes them all along.
    OutboxEntry.objects.filter(created__lt=began).update(created=timezone.now())


def load() -> str:
    """Loads everything and answers what was loaded, in a few words. All or nothing, so it may be interrupted."""
    with transaction.atomic(), wagtail_tasks_left_out():
        import_capacities(SHIPPED)
        cast = load_people()
        homes = load_homes()
        link_story(homes, load_standard_pages(homes))
        learning = LearningLoader(load_learning_homes(homes), cast)
        pages = learning.load()
        with told_long_ago():
            requests = load_mentoring(homes, cast)
            exchanges = load_exchanges(cast)
            load_learners(cast, learning.originals)
    # What the tasks that were left out would have done one by one.
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
    return (
        f"{len(cast.people)} people, {len(cast.listings)} listings, {pages} lessons, recordings and courses, "
        f"{requests} requests, {exchanges} exchanges"
    )
