"""The one declaration."""

from __future__ import annotations

from django.utils.translation import ngettext_lazy

from foundation.kinds.constants import Answer, Family
from foundation.kinds.registry import Kind, register

TOOLKIT = register(
    Kind(
        "toolkit",
        "Toolkit",
        "Toolkits",
        icon="toolkits/icons.svg#wrench",
        side="learning",
        counted=ngettext_lazy("%(count)s toolkit", "%(count)s toolkits", "count"),
        family=Family.LEARNING,
        answers=Answer.READ,
        action="Unpack it",
        counted_by=("language",),
        order=15,
    )
)
