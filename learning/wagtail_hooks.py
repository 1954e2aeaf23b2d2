"""What learning adds to the editors' admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from learning.models import Enrolment
from learning.viewsets import LearningViewSets, OnlyLook

register_permission_policy(Enrolment, OnlyLook(Enrolment))


@hooks.register("register_admin_viewset")
def learning_viewsets() -> LearningViewSets:
    """Cohorts, enrolments, libraries."""
    return LearningViewSets()
