"""One of a pair writes to the coordinators, and they answer."""

from __future__ import annotations

import datetime
import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Person
from foundation.accounts.models import User
from foundation.workflow.errors import StaleState, TransitionError
from mentoring.models import CoordinatorNote, Pairing
from mentoring.notify import board_path, coordinators_for_pair, path_to, settle, tell_about_note

MOST_A_DAY = 10


def write_to_coordinators(
    pairing: Pairing, text: str, *, by: User, token: uuid.UUID | None = None
) -> CoordinatorNote:
    """Sends a note to the coordinators who are not part of the pair. The same `token` twice sends once.

    Raises TransitionError for anybody who is not one of the two, without words, beyond the limit of a day, and
    where no coordinator could read it; nothing is kept then.
    """
    token = token or uuid.uuid4()
    if not text.strip():
        raise TransitionError(_("Write at least one sentence."))
    try:
        with transaction.atomic():
            row = Pairing.objects.select_for_update(of=("self",)).with_all().get(pk=pairing.pk)
            side = row.side_of(by)
            if not side:
                raise TransitionError(_("You may not do this."))
            sent = CoordinatorNote.objects.filter(token=token, pairing=row).first()
            if sent is not None:
                return sent
            person = row.mentee if side == "mentee" else row.mentor
            since = timezone.now() - datetime.timedelta(days=1)
            if row.notes.filter(person=person, created__gt=since).count() >= MOST_A_DAY:
                raise TransitionError(_("You have written as often as anybody can in a day."))
            readers = coordinators_for_pair(row)
            if not readers:
                raise TransitionError(_("No coordinator could read this. Send a report instead."))
            note = CoordinatorNote.objects.create(pairing=row, person=person, text=text.strip(), token=token)
            tell_about_note(note, "pair_asks", readers, board_path(row.request))
            return note
    except IntegrityError:
        return CoordinatorNote.objects.get(token=token, pairing=pairing)


@transaction.atomic
def answer_note(note: CoordinatorNote, text: str, *, by: User) -> None:
    """A coordinator answers, once. Raises TransitionError for one of the pair, or where somebody has answered."""
    rows = CoordinatorNote.objects.select_for_update(of=("self",)).select_related(
        "pairing__request__programme", "pairing__mentee", "pairing__mentor", "person__user"
    )
    locked = rows.get(pk=note.pk)
    if "coordinator" not in locked.pairing.roles_of(by):
        raise TransitionError(_("You may not do this."))
    if locked.answered_at is not None:
        raise StaleState(_("Somebody has answered this meanwhile."))
    if not text.strip():
        raise TransitionError(_("Write the answer."))
    locked.answer, locked.answered_at = text.strip(), timezone.now()
    locked.answered_by = Person.objects.filter(user=by).first()
    locked.save(update_fields=["answer", "answered_at", "answered_by"])
    unanswered = CoordinatorNote.objects.filter(pairing__request=locked.pairing.request, answered_at=None)
    if not unanswered.exists():
        settle(board_path(locked.pairing.request), "pair_asks")
    if locked.person is not None:
        url = path_to("mentoring:pairing_coordinators", locked.pairing_id)
        tell_about_note(locked, "coordinator_wrote", [locked.person.user], url)
