"""What a learner answers, ticks off or does."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from learning.blocks.fields import (
    ANSWER_FEATURES,
    TEXT_FEATURES,
)
from learning.constants import Evidence


class ChecklistBlock(blocks.StructBlock):
    """Things to tick off. Signed-in learners find their ticks again."""

    title = blocks.CharBlock(label=_("Title"), default="")
    items = blocks.ListBlock(blocks.CharBlock(label=_("Item"), default=""), label=_("Items"))
    required = blocks.BooleanBlock(label=_("Needed to finish the lesson"), required=False, default=False)

    words = ("title", "items")
    same = ("required",)

    class Meta:
        icon = "tick"
        label = _("Checklist")
        template = "learning/blocks/checklist.html"


class AnswerBlock(blocks.StructBlock):
    """One answer with what we say to those who choose it."""

    text = blocks.CharBlock(label=_("Answer"), default="", max_length=1000)
    correct = blocks.BooleanBlock(label=_("Right"), required=False, default=False)
    feedback = blocks.RichTextBlock(
        label=_("What to say to those who choose it"), required=False, features=ANSWER_FEATURES, default=""
    )

    words = ("text", "feedback")
    same = ("correct",)
    exact = True


class QuestionBlock(blocks.StructBlock):
    """A question with one right answer or several."""

    question = blocks.RichTextBlock(label=_("Question"), features=ANSWER_FEATURES)
    mode = blocks.ChoiceBlock(
        label=_("How many answers may be chosen"),
        choices=[("single", _("One")), ("multiple", _("Several"))],
        default="single",
    )
    answers = blocks.ListBlock(AnswerBlock(), label=_("Answers"), min_num=2)
    verdict_in_feedback = blocks.BooleanBlock(
        label=_("The feedback says itself whether an answer is right"),
        required=False,
        default=False,
        help_text=_("Otherwise we begin it with “Right.” or “Not this one.”"),
    )

    words = ("question",)
    same = ("mode", "verdict_in_feedback")
    exact = True

    class Meta:
        icon = "help"
        label = _("Question")
        template = "learning/blocks/question.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value  # a draft may wait for it
        right = sum(1 for answer in value["answers"] if answer.get("correct"))
        if right == 0:
            message = ValidationError(_("Mark at least one answer as right."))
            raise StructBlockValidationError(block_errors={"mode": message})
        if value["mode"] == "single" and right > 1:
            message = ValidationError(_("One answer may be chosen, but more than one is marked as right."))
            raise StructBlockValidationError(block_errors={"mode": message})
        return value


class TaskBlock(blocks.StructBlock):
    """Something to do on the wikis or with people, with what shows that it was done."""

    title = blocks.CharBlock(label=_("Title"), default="")
    text = blocks.RichTextBlock(label=_("What to do"), features=TEXT_FEATURES)
    evidence = blocks.ChoiceBlock(label=_("What shows it"), choices=Evidence.choices, default=Evidence.NONE)
    required = blocks.BooleanBlock(label=_("Needed to finish the lesson"), required=False, default=False)

    words = ("title", "text")
    same = ("evidence", "required")

    class Meta:
        icon = "edit"
        label = _("Practice task")
        template = "learning/blocks/task.html"


class DiscussionBlock(blocks.StructBlock):
    """A question to talk about, with others or alone."""

    prompt = blocks.RichTextBlock(label=_("What to talk about"), features=ANSWER_FEATURES)
    url = blocks.URLBlock(label=_("Where people talk about it"), required=False, default="")

    words = ("prompt",)
    local = ("url",)

    class Meta:
        icon = "comment"
        label = _("Discussion")
        template = "learning/blocks/discussion.html"
