"""Who is told of what, in which language, and where the link leads. Nothing private goes into a message."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from directory.models import Person
from foundation.accounts.constants import Role
from foundation.accounts.models import User
from foundation.l10n.times import moment_text
from foundation.notifications import services as notifications
from foundation.notifications.services import notify
from foundation.workflow.models import LogEntry
from mentoring.models import CoordinatorNote, MentoringProgrammePage, MentoringRequest, Pairing, Proposal


def path_to(name: str, *args: Any, query: str = "") -> str:
    """An address without its language: the reader's own is put before it."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse(name, args=args).removeprefix(f"/{settings.LANGUAGE_CODE}") + query


def board_path(request: MentoringRequest) -> str:
    """Where coordinators find a request."""
    return path_to("mentoring:board", request.programme.translation_key, query=f"?request={request.pk}")


def coordinators_of(programme: MentoringProgrammePage) -> list[User]:
    """Whom to tell: the programme's own coordinators, or all in the role where it names none."""
    named = [person.user for person in programme.canonical.coordinating_people() if person.user.is_active]
    return named or list(User.objects.filter(groups__name=Role.COORDINATOR.value, is_active=True))


def coordinators_for(request: MentoringRequest) -> list[User]:
    """Who may read a request: not its writer, and nobody whom the writer does not want near. Where these were
    all whom the programme names, those in the role."""

    def may(user: User) -> bool:
        own = request.person is not None and user.pk == request.person.user_id
        return not own and not request.keeps_from(user)

    found = [user for user in coordinators_of(request.programme) if may(user)]
    if found:
        return found
    role = User.objects.filter(groups__name=Role.COORDINATOR.value, is_active=True)
    return [user for user in role if may(user)]


def coordinators_for_pair(pairing: Pairing) -> list[User]:
    """The coordinators to whom one of a pair can write: none who is part of it."""
    pair = {person.user_id for person in (pairing.mentee, pairing.mentor) if person is not None}
    found = [user for user in coordinators_for(pairing.request) if user.pk not in pair]
    if found:
        return found
    role = User.objects.filter(groups__name=Role.COORDINATOR.value, is_active=True).exclude(pk__in=pair)
    return [user for user in role if pairing.request.is_coordinated_by(user)]


def readers_for_pair(pairing: Pairing) -> list[User]:
    """Everybody who may read what one of a pair writes to the coordinators: those who are told, and others in the role."""
    told = coordinators_for_pair(pairing)
    if not told:
        return []
    pair = {person.user_id for person in (pairing.mentee, pairing.mentor) if person is not None}
    role = User.objects.filter(groups__name=Role.COORDINATOR.value, is_active=True).order_by("name", "pk")
    others = role.exclude(pk__in=[user.pk for user in told]).exclude(pk__in=pair)
    return [*told, *(user for user in others if not pairing.request.keeps_from(user))]


def tell_about_note(note: CoordinatorNote, kind: str, users: Iterable[User], url: str) -> None:
    """Tells of a note to the coordinators, or of its answer."""
    for user in users:
        notify(
            user,
            f"mentoring.{kind}",
            _context(user, note.pairing.request.programme),
            url=url,
            key=f"mentoring:{kind}:{note.pk}",
        )


def _named(whom: Person | User | None) -> dict[str, str]:
    if isinstance(whom, User):
        whom = Person.objects.filter(user=whom).first() or whom
    return {"name": whom.name or str(whom)} if whom is not None else {}


def asked_by(proposal: Proposal) -> User | None:
    """The coordinator who asked a mentor; nobody, where their account is gone."""
    entry = LogEntry.objects.of(proposal).filter(source="").select_related("by").first()
    return entry.by if entry else None


def _context(user: User, programme: MentoringProgrammePage, **more: Any) -> dict[str, Any]:
    language = user.language or settings.LANGUAGE_CODE
    return {"programme": programme.in_language(language).title, "days": programme.answer_days, **more}


def tell_mentee(
    request: MentoringRequest, kind: str, once: object, *, url: str = "", of: Person | None = None
) -> None:
    """Tells the person who asked. `once` makes it one message, such as a log entry's key; `of` is the one whom the
    message names."""
    if request.person is None:
        return
    user = request.person.user
    notify(
        user,
        f"mentoring.{kind}",
        _context(user, request.programme, **_named(of)),
        url=url or path_to("mentoring:request", request.pk),
        key=f"mentoring:{kind}:{once}",
        by=of.user if of else None,
    )


def tell_coordinators(request: MentoringRequest, kind: str, once: object) -> None:
    """Tells the coordinators who may read the request."""
    for user in coordinators_for(request):
        notify(
            user,
            f"mentoring.{kind}",
            _context(user, request.programme),
            url=board_path(request),
            key=f"mentoring:{kind}:{once}",
        )


def tell_mentor(
    proposal: Proposal, kind: str, once: object, *, url: str = "", of: Person | User | None = None
) -> None:
    """Tells the mentor who was asked. `of` is the one whom the message names."""
    user, programme = proposal.offer.person.user, proposal.request.programme
    notify(
        user,
        f"mentoring.{kind}",
        _context(user, programme, until=moment_text(proposal.expires_at, user), **_named(of)),
        url=url or path_to("mentoring:proposal", proposal.pk),
        key=f"mentoring:{kind}:{once}",
        by=of.user if isinstance(of, Person) else of,
    )


def tell_pair(
    pairing: Pairing,
    kind: str,
    once: object,
    *,
    but: User | None = None,
    until: datetime | None = None,
) -> None:
    """Tells both of a pair, or the one who did not do it, and names the other."""
    mentee, mentor = pairing.mentee, pairing.mentor
    for person, other in ((mentee, mentor), (mentor, mentee)):
        if person is None or (but is not None and person.user_id == but.pk):
            continue
        more = {"date": moment_text(until, person.user, "date")} if until is not None else {}
        notify(
            person.user,
            f"mentoring.{kind}",
            _context(person.user, pairing.request.programme, **more, **_named(other)),
            url=path_to("mentoring:pairing", pairing.pk),
            key=f"mentoring:{kind}:{once}",
            by=other.user if other else None,
        )


def settle(url: str, *kinds: str, user: User | None = None) -> None:
    """Something was answered: it no longer stands among what waits for somebody, or for one `user`."""
    names = [f"mentoring.{kind}" for kind in kinds]
    theirs = {} if user is None else {"user": user}
    notifications.settle(kind__in=names, url=url, **theirs)
