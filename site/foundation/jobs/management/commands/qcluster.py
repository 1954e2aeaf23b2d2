"""The queue's worker: django-q2's, whose processes end when the one that started them was killed."""

from __future__ import annotations

import os
from typing import Any

from django_q.management.commands.qcluster import Command as Cluster

from foundation.jobs.worker import end_with_parent


class Command(Cluster):
    """Each process that is forked from here on watches its parent."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until it is told to stop."""
        os.register_at_fork(after_in_child=end_with_parent)
        super().handle(*args, **options)
