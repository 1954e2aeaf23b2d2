"""Roles in learning: coordinators run courses, editors keep libraries and say when a course runs.

Who takes part is for coordinators only; deleting a cohort, with everybody in it, too.
"""

from __future__ import annotations

from foundation.accounts.constants import Role
from foundation.accounts.roles import Grant, verbs

GRANTS = [
    Grant(
        Role.COORDINATOR,
        (*verbs("learning", "cohort", "session"), *verbs("learning", "enrolment", only=("change", "view"))),
    ),
    Grant(
        Role.EDITOR,
        (
            *verbs("learning", "library", "librarycategory", "libraryentry"),
            *verbs("learning", "cohort", "session", only=("add", "change", "view")),
        ),
    ),
]
