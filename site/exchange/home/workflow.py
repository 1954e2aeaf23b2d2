"""A translation is handed in by its translator, who may not publish, and published by a moderator.

What is translated stays in wagtail-localize's memory until somebody publishes. Handing in makes a draft of it and puts
that before the moderators, as handing in a page does; a translator of a published page changes nothing that is read.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation

from foundation.l10n.names import said


class _Undone(Exception):
    """Takes back what was written to find out what a draft would hold."""


def hand_in(goal: Translation, by: Any) -> None:
    """Puts a draft with all that is translated before the moderators; again, if it is there already.

    Raises ValidationError where the page cannot be kept so.
    """
    with transaction.atomic():
        page = _draft(goal, by)
        state = page.current_workflow_state
        if state is None:
            page.get_workflow().start(page, by)
        elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(by)
        else:
            task = state.current_task_state
            task.revision = page.get_latest_revision()
            task.save(update_fields=["revision"])


def approve(goal: Translation, by: Any) -> bool:
    """Publishes what was handed in, with what is translated since, and tells its translator.

    Answers False where nothing waits for this person's yes.
    """
    task = goal.get_target_instance().specific.current_workflow_task_state
    if task is None or not _may_approve(task, by):
        return False
    with transaction.atomic():
        page = _draft(goal, by)
        task.revision = page.get_latest_revision()
        task.save(update_fields=["revision"])
        task.task.specific.on_action(task, by, "approve")
    return True


def _may_approve(task: Any, user: Any) -> bool:
    page = task.workflow_state.content_object
    return "approve" in [action[0] for action in task.task.specific.get_actions(page, user)]


def _draft(goal: Translation, by: Any) -> Page:
    """The page with a new latest version that holds the words translated so far."""
    page = goal.get_target_instance().specific
    if not page.live:
        goal.save_target(user=by, publish=False)
        return page.specific_class.objects.get(pk=page.pk)
    # wagtail-localize writes a draft into the page itself, which readers see: do so, look at it, and take it back.
    content: dict[str, Any] = {}
    try:
        with transaction.atomic():
            goal.save_target(user=by, publish=False)
            content = page.specific_class.objects.get(pk=page.pk).get_latest_revision().content
            raise _Undone
    except _Undone:
        _forget_rows_that_are_gone(page, content)
    page.with_content_json(content).save_revision(user=by, clean=False)
    return page.specific_class.objects.get(pk=page.pk)


def _forget_rows_that_are_gone(page: Page, content: dict[str, Any]) -> None:
    """Rows of lists that were only made to be taken back are new ones when the draft is published."""
    for relation in get_all_child_relations(page.specific_class):
        name = relation.get_accessor_name()
        known = set(getattr(page, name).values_list("pk", flat=True))
        for row in content.get(name, ()):
            if row.get("pk") not in known:
                row["pk"] = None


def status(page: Page, user: Any) -> dict[str, Any]:
    """What the editor of a translation says about handing in; `may` is "" where there is nothing to say."""
    rights = page.permissions_for_user(user)
    state = page.specific.current_workflow_state
    task = state.current_task_state if state is not None else None
    found = {"state": state.status if state is not None else "", "task": task, "may": ""}
    if rights.can_publish():
        if task is not None and state.status == WorkflowState.STATUS_IN_PROGRESS and _may_approve(task, user):
            found["may"] = "publish"
    elif rights.can_edit() and not page.locked and page.has_workflow:
        found["may"] = "hand_in"
    return found


@require_POST
def hand_in_view(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The button of the translation editor."""
    goal = get_object_or_404(Translation, pk=translation_id, enabled=True)
    page = goal.get_target_instance()
    if not isinstance(page, Page) or status(page, request.user)["may"] != "hand_in":
        raise PermissionDenied
    try:
        hand_in(goal, request.user)
    except ValidationError as error:
        reasons = " ".join(error.messages)
        messages.error(
            request, said(_("The translation could not be handed in. %(reasons)s"), reasons=reasons)
        )
    else:
        messages.success(
            request, _("Handed in. The moderators are told, and you are when one of them has decided.")
        )
    return redirect("wagtailadmin_pages:edit", page.pk)
