"""What the public pages of mentoring show: the list of programmes, and one programme."""

from __future__ import annotations

import statistics
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, ngettext

from directory.matching import to_learn
from directory.taxonomy.labels import known_labels
from foundation.accounts.constants import Role
from foundation.l10n.languages import language_name
from mentoring.models import (
    MentoringIndexPage,
    MentoringProgrammePage,
    MentoringRequest,
    MentorOffer,
    ProgrammeCoordinator,
)

# Fewer would tell of single people.
FEWEST_FOR_A_FIGURE = 5
LATEST = 50
MOST_CAPACITIES = 4  # of each programme in the list


def usual_wait(programme: MentoringProgrammePage) -> str:
    """How long it took from sending to a mentor's yes, in words; nothing where there are too few to say."""
    rows = (
        MentoringRequest.objects.filter(
            programme=programme, submitted_at__isnull=False, paired_at__isnull=False
        )
        .order_by("-paired_at")
        .values_list("submitted_at", "paired_at")[:LATEST]
    )
    days = [max((paired - sent).days, 1) for sent, paired in rows if sent and paired]
    if len(days) < FEWEST_FOR_A_FIGURE:
        return ""
    middle = round(statistics.median(days))
    if middle < 14:
        return ngettext("Usually within %(count)s day", "Usually within %(count)s days", middle) % {
            "count": middle
        }
    weeks = -(-middle // 7)
    return ngettext("Usually within %(count)s week", "Usually within %(count)s weeks", weeks) % {
        "count": weeks
    }


def index_context(page: MentoringIndexPage, request: HttpRequest) -> dict[str, Any]:
    """The list of programmes, and the boards of those whom they concern."""
    programmes = page.programmes()
    user = request.user
    boards = []
    if user.is_authenticated:
        mine = set(
            ProgrammeCoordinator.objects.filter(person__user=user).values_list(
                "page__translation_key", flat=True
            )
        )
        everywhere = user.is_in(Role.COORDINATOR)
        boards = [page for page in programmes if everywhere or page.translation_key in mine]
    shown = [(page, list(page.capacities.all())[:MOST_CAPACITIES]) for page in programmes]
    return {"programmes": shown, "boards": boards}


def programme_context(page: MentoringProgrammePage, request: HttpRequest) -> dict[str, Any]:
    """One programme: what it is, whether it is open, how long it takes, and what else helps."""
    programme = page.canonical
    language = get_language() or "en"
    # Sorted here: in a preview the page holds a list in any order, not a relation.
    capacities = sorted(programme.capacities.all(), key=lambda capacity: capacity.path)
    labels = known_labels()
    context: dict[str, Any] = {
        "programme": programme,
        "capacities": [
            (labels.label(capacity.slug, language), capacity.get_absolute_url()) for capacity in capacities
        ],
        "coordinators": programme.coordinating_people(),
        "languages": [language_name(code, language) for code in programme.languages],
        "usual_wait": usual_wait(programme),
        "learning": to_learn(
            [capacity.slug for capacity in capacities],
            viewer=request.user,
            language=language,
            limit=2,
        )
        if capacities
        else [],
        "mentors": MentorOffer.objects.active().filter(programme=programme).count(),
    }
    parent = page.host or page.get_parent()
    context["crumbs"] = (
        [(parent.title, parent.get_url(request)), (page.title, "")] if parent.depth > 2 else []
    )
    if request.user.is_authenticated:
        user = request.user
        named = any(person.user_id == user.pk for person in context["coordinators"])
        context |= {
            "my_request": MentoringRequest.objects.of(user).open().filter(programme=programme).first(),
            "my_offer": MentorOffer.objects.active().filter(programme=programme, person__user=user).first(),
            "coordinates": named or user.is_in(Role.COORDINATOR),
        }
    return context


def hours_sentence(taken: int, total: int) -> str:
    """Hours in words, beside their bar."""
    sentence = ngettext(
        "%(taken)s of %(total)s hour a month taken", "%(taken)s of %(total)s hours a month taken", total
    )
    return sentence % {"taken": taken, "total": total}
