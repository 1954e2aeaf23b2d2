"""The streams of pages: steps, outcomes, chapters, weeks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from learning.blocks.fields import (
    TEXT_FEATURES,
    TimestampBlock,
)
from learning.blocks.media import ImageWithCreditBlock, RemoteImageBlock, VideoBlock
from learning.blocks.prose import AccordionBlock, ButtonBlock, CalloutBlock, CodeBlock, TableBlock
from learning.blocks.tasks import ChecklistBlock, DiscussionBlock, QuestionBlock, TaskBlock


class BodyBlocks(blocks.StreamBlock):
    """What a step may hold."""

    text = blocks.RichTextBlock(
        label=_("Text"), features=TEXT_FEATURES, template="learning/blocks/text.html", icon="pilcrow"
    )
    image = ImageWithCreditBlock()
    remote_image = RemoteImageBlock()
    video = VideoBlock()
    callout = CalloutBlock()
    accordion = AccordionBlock()
    checklist = ChecklistBlock()
    question = QuestionBlock()
    task = TaskBlock()
    discussion = DiscussionBlock()
    code = CodeBlock()
    table = TableBlock()
    button = ButtonBlock()

    words = ("text",)

    class Meta:
        required = False


class StepBlock(blocks.StructBlock):
    """One screen of a module."""

    title = blocks.CharBlock(label=_("Title"), default="", max_length=200)
    kicker = blocks.CharBlock(
        label=_("Line above the title"),
        required=False,
        default="",
        max_length=120,
        help_text=_("Such as: Review."),
    )
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=0, max_value=240, default=2)
    body = BodyBlocks(label=_("Content"))
    next_label = blocks.CharBlock(
        label=_("Label of the button that goes on"), required=False, default="", max_length=60
    )

    words = ("title", "kicker", "next_label")
    same = ("minutes",)

    class Meta:
        icon = "doc-full"
        label = _("Step")
        label_format = "{title}"


class StepBlocks(blocks.StreamBlock):
    """The steps of a module, in order."""

    step = StepBlock()


class OutcomeBlocks(blocks.StreamBlock):
    """What people can do afterwards, one sentence each."""

    outcome = blocks.CharBlock(
        label=_("Afterwards you can …"),
        default="",
        max_length=250,
        icon="tick",
        help_text=_("Begin with a verb."),
    )

    words = ("outcome",)


class ChapterBlock(blocks.StructBlock):
    """Where a part of a recording begins."""

    start = TimestampBlock(label=_("Begins at"), default="", help_text=_("Such as 4:05 or 1:04:05."))
    title = blocks.CharBlock(label=_("Title"), default="", max_length=200)

    words = ("title",)
    same = ("start",)

    class Meta:
        icon = "bookmark"
        label = _("Chapter")


class ChapterBlocks(blocks.StreamBlock):
    """The chapters of a recording, in order."""

    chapter = ChapterBlock()


class WeekBlock(blocks.StructBlock):
    """One week of a course."""

    title = blocks.CharBlock(label=_("Title"), default="", max_length=200)
    summary = blocks.CharBlock(label=_("In one line"), required=False, default="", max_length=250)
    minutes = blocks.IntegerBlock(label=_("Minutes of work"), required=False, min_value=0, default=120)
    text = blocks.RichTextBlock(label=_("Details"), required=False, features=TEXT_FEATURES, default="")
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(
            label=_("Lesson or recording"), page_type=["learning.TrainingModulePage", "learning.WebinarPage"]
        ),
        label=_("Lessons and recordings of this week"),
        default=[],
    )

    words = ("title", "summary", "text")
    local = ("pages",)
    same = ("minutes",)

    class Meta:
        icon = "date"
        label = _("Week")
        label_format = "{title}"


class WeekBlocks(blocks.StreamBlock):
    """The weeks of a course, in order."""

    week = WeekBlock()
