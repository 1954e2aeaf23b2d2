"""What of mentoring can be reported: a pair, by one of the two."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from foundation.l10n.names import said
from foundation.reports.registry import Kind, Subject, register
from mentoring.models import Pairing


def _pairing(user: Any, id: str) -> Subject | None:
    try:
        key = uuid.UUID(id)
    except ValueError:
        return None
    found = Pairing.objects.of(user).with_all().filter(pk=key).first()
    if found is None:
        return None
    other = found.other_than(user)
    local = found.request.programme.in_language(get_language() or "en")
    title = said(_("the pair in %(programme)s"), programme=local.title)
    return Subject(title, found.get_absolute_url(), (other.user,) if other is not None else ())


register(Kind("pairing", gettext_lazy("A pair"), _pairing))
