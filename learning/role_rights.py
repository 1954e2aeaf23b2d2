"""Roles in learning: coordinators run courses, editors keep libraries and say when a course runs.

Who takes part is for coordinators only; deleting a cohort, with everybody in it, too.
"""

from __future__ import annotations

from foundation.accounts.constants import Role
from foundation.accounts.role_rights import Grant, verbs

GRANTS = [
    Grant(
        Role.COORDINATOR,
        (*verbs("learning", "cohort", "session"), *verbs("learning", "enrolment", only=("change", "view"))),
        why="They run courses, and they alone see who takes part.",
    ),
    Grant(
        Role.EDITOR,
        (
            *verbs("learning", "library", "librarycategory", "libraryentry"),
            *verbs("learning", "cohort", "session", only=("add", "change", "view")),
        ),
        why="They keep libraries and say when a course runs; a cohort with people in it they cannot delete.",
    ),
]
