"""Blocks of the home page and of standard pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class StoryStepBlock(blocks.StructBlock):
    """One step of a need that was met."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("need", _("Need")),
            ("lesson", _("Lesson")),
            ("recording", _("Recording")),
            ("person", _("Person")),
            ("offer", _("Offer")),
            ("course", _("Course")),
            ("mentor", _("Mentor")),
        ],
        default="need",
    )
    text = blocks.CharBlock(label=_("What happened"), max_length=200)

    words = ("text",)
    same = ("kind",)

    class Meta:
        icon = "arrow-down-big"
        label = _("Step")


class StoryBlocks(blocks.StreamBlock):
    """The steps of the story."""

    step = StoryStepBlock()


class StandardBlocks(blocks.StreamBlock):
    """What a standard page may hold."""

    text = blocks.RichTextBlock(
        label=_("Text"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr"]
    )
    image = ImageBlock(label=_("Image"))

    words = ("text",)
