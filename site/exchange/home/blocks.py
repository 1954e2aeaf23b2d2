"""Blocks of the home page and of standard pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from directory.kinds import NEED
from foundation.kinds import registry


def matched_kinds() -> list[tuple[str, str]]:
    """The kinds that answer somebody or wait for an answer."""
    return [(kind.name, str(kind.word)) for kind in registry.all_kinds() if kind.family is not None]


class StoryStepBlock(blocks.StructBlock):
    """One step of a need that was met."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=matched_kinds,
        default=NEED.name,
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
