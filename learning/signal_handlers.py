"""What has to follow however a row changed: in the admin, by a job, or because an account was deleted.

Nothing is decided here; each receiver calls one service, in the transaction of the change.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.signals import page_published

from foundation.jobs.services import enqueue
from learning.models import Cohort, Enrolment, TrainingModulePage
from learning.services.enrolment import fill_seats, release_seats_of
from learning.services.session_progress import move_in


def connect() -> None:
    """Called once when the site starts."""
    post_save.connect(cohort_saved, sender=Cohort, dispatch_uid="learning.cohort_saved")
    pre_delete.connect(enrolment_goes, sender=Enrolment, dispatch_uid="learning.enrolment_goes")
    post_delete.connect(enrolment_deleted, sender=Enrolment, dispatch_uid="learning.enrolment_deleted")
    post_save.connect(account_saved, sender=get_user_model(), dispatch_uid="learning.account_saved")
    user_logged_in.connect(signed_in, dispatch_uid="learning.signed_in")
    page_published.connect(
        lesson_published, sender=TrainingModulePage, dispatch_uid="learning.lesson_published"
    )


def cohort_saved(instance: Cohort, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """More seats, or a later end: those who wait come first."""
    if not created and not raw:
        fill_seats(instance)


def enrolment_goes(instance: Enrolment, **kwargs: Any) -> None:
    """The cohort is locked before its rows, as everywhere; the other way round two would wait for each other."""
    list(Cohort.objects.select_for_update().filter(pk=instance.cohort_id).values_list("pk"))


def enrolment_deleted(instance: Enrolment, **kwargs: Any) -> None:
    """The account was deleted, or the row: the seat goes to the next in line."""
    # With its cohort everything goes; then nobody is left in the line.
    if Enrolment.objects.filter(cohort_id=instance.cohort_id).in_line().exists():
        fill_seats(instance.cohort)


def account_saved(instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A closed account holds no seat."""
    if not instance.is_active and not created and not raw:
        release_seats_of(instance)


def signed_in(request: Any, user: Any, **kwargs: Any) -> None:
    """What was entered in lessons before belongs to the account."""
    if request is not None and hasattr(request, "session"):
        move_in(request, user)


def lesson_published(instance: TrainingModulePage, **kwargs: Any) -> None:
    """Its author may have taken out the last thing that somebody had to do."""
    enqueue("learning.tasks.complete_lessons", str(instance.translation_key))
