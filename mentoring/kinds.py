"""The kind of thing that mentoring shows to everybody: mentors."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from foundation.kinds.constants import Answer, Family
from foundation.kinds.registry import Kind, register

MENTOR = register(
    Kind(
        "mentor",
        pgettext_lazy("kind of thing", "Mentor"),
        pgettext_lazy("kind, plural", "Mentors"),
        icon="talk",
        side="mentoring",
        counted=ngettext_lazy("%(count)s mentor", "%(count)s mentors", "count"),
        family=Family.PEOPLE,
        answers=Answer.ASK,
        action=_("Request a mentor"),
        personal=True,
        order=80,
    )
)
