"""What learning adds to the editors' admin."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.permissions import register_permission_policy

from learning.links import StepLinkHandler
from learning.models import Enrolment, WebinarPage
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


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_what_was_found_in_captions(request: Any, page: Any) -> None:
    """The notes stand below the captions; who publishes leaves the form, so they are told here too."""
    if not isinstance(page, WebinarPage) or not request.accepts("text/html"):
        return
    for caption in page.captions.all():
        for note in caption.notes:
            messages.warning(
                request, _("Captions in %(language)s: %(note)s") % {"language": caption, "note": note}
            )
