"""What is new, in the sentences of a notification.

Titles are what everybody may read. People's names are left out: a notification stays, and somebody who pauses
or leaves later should not stay in it. They are counted, and the search itself shows who they are now.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.kinds import registry
from foundation.l10n.names import said
from search.types import Hit

MOST_TITLES = 10  # of one search told at once
MOST_IN_DIGEST = 5


def lines_of(hits: Sequence[Hit], *, most: int = MOST_TITLES) -> str:
    """New answers, one a line, in the active language."""
    named = [hit for hit in hits if not registry.get(hit.kind).personal]
    people, more = len(hits) - len(named), len(named) - most
    lines = [
        said(_("%(kind)s: %(title)s"), kind=registry.get(hit.kind).word, title=hit.title)
        for hit in named[:most]
    ]
    if more > 0:
        lines.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    if people:
        lines.append(
            ngettext("%(count)d person who may help", "%(count)d people who may help", people)
            % {"count": people}
        )
    return "\n".join(lines)


def digest_lines(searches: Sequence[tuple[str, Sequence[Hit]]]) -> str:
    """What is new for several searches, each under its name."""
    parts = []
    for name, hits in searches:
        heading = ngettext("“%(name)s”: %(count)d new", "“%(name)s”: %(count)d new", len(hits))
        parts.append(said(heading, name=name, count=len(hits)) + "\n" + lines_of(hits, most=MOST_IN_DIGEST))
    return "\n\n".join(parts)
