"""The kinds of things to learn from: lessons, recordings, courses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from foundation.kinds.constants import Answer, Family
from foundation.kinds.registry import Kind, register

LESSON = register(
    Kind(
        "lesson",
        pgettext_lazy("kind of thing", "Lesson"),
        pgettext_lazy("kind, plural", "Lessons"),
        icon="book",
        side="learning",
        counted=ngettext_lazy("%(count)s lesson", "%(count)s lessons", "count"),
        family=Family.LEARNING,
        answers=Answer.READ,
        action=_("Open the lesson"),
        counted_by=("language",),
        models=("learning.trainingmodulepage", "learning.modulekeyword", "learning.nextmodule"),
        order=10,
        suggested=1.8,
    )
)
RECORDING = register(
    Kind(
        "recording",
        pgettext_lazy("kind of thing", "Recording"),
        pgettext_lazy("kind, plural", "Recordings"),
        icon="play",
        side="learning",
        counted=ngettext_lazy("%(count)s recording", "%(count)s recordings", "count"),
        family=Family.LEARNING,
        answers=Answer.WATCH,
        action=_("Watch"),
        action_at=_("Watch from %(time)s"),
        models=("learning.webinarpage", "learning.webinarkeyword", "learning.caption", "learning.speaker"),
        order=20,
        suggested=1.6,
    )
)
COURSE = register(
    Kind(
        "course",
        pgettext_lazy("kind of thing", "Course"),
        pgettext_lazy("kind, plural", "Courses"),
        icon="calendar",
        side="learning",
        counted=ngettext_lazy("%(count)s course", "%(count)s courses", "count"),
        family=Family.LEARNING,
        answers=Answer.JOIN,
        action=_("See the course"),
        models=(
            "learning.coursepage",
            "learning.coursekeyword",
            "learning.coursefacilitator",
            "learning.cohort",
            "learning.session",
            "learning.enrolment",
        ),
        order=30,
        suggested=1.6,
    )
)
