"""What learning adds to the editors' admin."""

from typing import Any

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from learning.links import StepLinkHandler
from learning.models import Enrolment
from learning.viewsets import LearningViewSets, OnlyLook

register_permission_policy(Enrolment, OnlyLook(Enrolment))


@hooks.register("register_admin_viewset")
def learning_viewsets() -> LearningViewSets:
    """Cohorts, enrolments, libraries."""
    return LearningViewSets()


@hooks.register("register_rich_text_features", order=200)  # after Wagtail's own handler of links to pages
def links_to_steps(features: Any) -> None:
    """Let a link to a lesson lead to one of its steps."""
    features.register_link_type(StepLinkHandler)
