"""The kinds of things in the directory: who can help, what they offer and need, and what all of it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from foundation.kinds.constants import Answer, Family
from foundation.kinds.registry import Kind, register

PERSON = register(
    Kind(
        "person",
        pgettext_lazy("kind of thing", "Person"),
        pgettext_lazy("kind, plural", "People"),
        icon="person",
        side="people",
        counted=ngettext_lazy("%(count)s person", "%(count)s people", "count"),
        family=Family.PEOPLE,
        answers=Answer.ASK,
        action=_("Ask"),
        personal=True,
        counted_by=("language", "region"),
        order=40,
        suggested=2.2,  # a name being typed is nearly always the one wanted
    )
)
ORGANISATION = register(
    Kind(
        "organisation",
        pgettext_lazy("kind of thing", "Organisation"),
        pgettext_lazy("kind, plural", "Organisations"),
        icon="people",
        side="people",
        counted=ngettext_lazy("%(count)s organisation", "%(count)s organisations", "count"),
        family=Family.PEOPLE,
        answers=Answer.ASK,
        action=_("See what they offer"),
        square_face=True,
        counted_by=("region",),
        order=50,
        suggested=2.2,
    )
)
OFFER = register(
    Kind(
        "offer",
        pgettext_lazy("kind of thing", "Offer"),
        pgettext_lazy("kind, plural", "Offers"),
        icon="hand",
        side="people",
        counted=ngettext_lazy("%(count)s offer", "%(count)s offers", "count"),
        family=Family.OFFERS,
        answers=Answer.ASK,
        action=_("Ask for this"),
        counted_by=("language", "region"),
        order=60,
        suggested=1.2,
    )
)
NEED = register(
    Kind(
        "need",
        pgettext_lazy("kind of thing", "Need"),
        pgettext_lazy("kind, plural", "Needs"),
        icon="pin",
        side="people",
        counted=ngettext_lazy("%(count)s need", "%(count)s needs", "count"),
        family=Family.NEEDS,
        action=_("I can help"),
        counted_by=("language", "region"),
        order=70,
        # A question of others; who asks the same wants answers first. In the list of needs it is equal.
        weight=0.7,
        suggested=0.8,  # others' needs are rarely what one types a name for
    )
)
GRANT = register(
    Kind(
        "grant",
        pgettext_lazy("kind of thing", "Grant"),
        pgettext_lazy("kind, plural", "Grants"),
        icon="coin",
        side="money",
        counted=ngettext_lazy("%(count)s grant", "%(count)s grants", "count"),
        family=Family.MONEY,
        answers=Answer.FUND,
        action=_("See how to apply"),
        counted_by=("language", "region"),
        order=90,
        suggested=1.4,
    )
)
CAPACITY = register(
    Kind(
        "capacity",
        pgettext_lazy("kind of thing", "Capacity"),
        pgettext_lazy("kind, plural", "Capacities"),
        icon="capacity",
        side="capacity",
        order=100,
        suggested=3.0,  # leads to everything about it
    )
)
