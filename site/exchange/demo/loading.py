"""Loading all demo content, in one transaction, once."""

from __future__ import annotations

from django.core.management import call_command
from django.db import transaction

from directory.taxonomy.importer import SHIPPED, import_capacities
from exchange.demo.exchanges import load_exchanges
from exchange.demo.learners import load_learners
from exchange.demo.learning_pages import LearningLoader
from exchange.demo.mentoring_pages import load_mentoring
from exchange.demo.mute_notifications import told_long_ago
from exchange.demo.people import load_people
from exchange.demo.site_pages import link_story, load_homes, load_learning_homes, load_standard_pages
from exchange.home.models import HomePage
from foundation.jobs.services import wagtail_tasks_left_out


def is_loaded() -> bool:
    """Whether this database has content already, the demo's or its own."""
    return HomePage.objects.exists()


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
