"""Names that jobs had when they were queued: a queue outlives the change of a name.

A job that moves to another module, or gets another name, is entered here in the same commit.
"""

RENAMED = {
    "directory.capacities.telling.index_for_admin": "directory.taxonomy.reindex.index_for_admin",
    "exchange.home.jobs.mark_as_behind": "exchange.home.tasks.mark_as_behind",
    "exchange.home.jobs.write_sitemap": "exchange.home.tasks.write_sitemap",
    "exchange.jobs.backend.run_task": "foundation.jobs.backends.run_task",
    "exchange.notifications.jobs.digest_of": "foundation.notifications.tasks.digest_of",
    "exchange.notifications.jobs.mail": "foundation.notifications.tasks.mail",
    "exchange.notifications.jobs.send_queued": "foundation.notifications.tasks.send_queued",
    "foundation.jobs.tasks.purge": "exchange.home.tasks.prune",
    "learning.jobs.complete_lessons": "learning.tasks.complete_lessons",
    "search.jobs.compare": "search.tasks.compare",
    "search.jobs.drain_outbox": "search.tasks.drain_outbox",
    "search.jobs.tell_at_once": "search.tasks.tell_at_once",
    "search.saved.looking.begin": "search.saved.alerts.begin",
    "search.saved.looking.weekly": "search.saved.alerts.weekly",
    "search.semantic.jobs.compute_wanted": "search.semantic.tasks.compute_wanted",
}
