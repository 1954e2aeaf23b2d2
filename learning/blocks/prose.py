"""Text, remarks, tables, code and buttons."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from learning.blocks.fields import (
    ANSWER_FEATURES,
    TEXT_FEATURES,
    FixedCharBlock,
    FixedTextBlock,
)


class CalloutBlock(blocks.StructBlock):
    """A remark that stands out."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("note", _("Note")),
            ("tip", _("Tip")),
            ("example", _("Example")),
            ("warning", _("Take care")),
        ],
        default="note",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, default="")
    text = blocks.RichTextBlock(label=_("Text"), features=ANSWER_FEATURES)

    words = ("title", "text")
    same = ("kind",)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "learning/blocks/callout.html"


class FoldBlock(blocks.StructBlock):
    """One part of an accordion."""

    title = blocks.CharBlock(label=_("Title"), default="")
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    words = ("title", "text")


class AccordionBlock(blocks.StructBlock):
    """Parts that open one by one; without script they open all the same."""

    items = blocks.ListBlock(FoldBlock(), label=_("Parts"))

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        template = "learning/blocks/accordion.html"


class CodeBlock(blocks.StructBlock):
    """Code or wikitext, shown as it is."""

    code = FixedTextBlock(label=_("Code"), default="")
    language = FixedCharBlock(label=_("Language of the code"), required=False, default="")
    caption = blocks.CharBlock(label=_("Caption"), required=False, default="")

    words = ("caption",)
    same = ("code", "language")

    class Meta:
        icon = "code"
        label = _("Code")
        template = "learning/blocks/code.html"


class TableRowBlock(blocks.StructBlock):
    """One row of a table."""

    cells = blocks.ListBlock(blocks.CharBlock(label=_("Cell"), required=False, default=""), label=_("Cells"))

    words = ("cells",)


class TableBlock(blocks.StructBlock):
    """A plain table. (Wagtail's own table blocks cannot be translated with wagtail-localize.)"""

    caption = blocks.CharBlock(label=_("Caption"), required=False, default="")
    header = blocks.ListBlock(blocks.CharBlock(label=_("Heading"), default=""), label=_("Headings"))
    rows = blocks.ListBlock(TableRowBlock(), label=_("Rows"))

    words = ("caption", "header")

    class Meta:
        icon = "table"
        label = _("Table")
        template = "learning/blocks/table.html"


class ButtonBlock(blocks.StructBlock):
    """A link that asks to be followed."""

    label = blocks.CharBlock(label=_("Label"), default="", max_length=120)
    page = blocks.PageChooserBlock(label=_("Page of this site"), required=False)
    step = FixedCharBlock(
        label=_("At the step"),
        required=False,
        default="",
        max_length=60,
        help_text=_("Set by imports of lessons. Empty it when you choose another page."),
    )
    url = blocks.URLBlock(label=_("Or an address elsewhere"), required=False, default="")

    words = ("label",)
    local = ("page", "step", "url")

    class Meta:
        icon = "link"
        label = _("Button")
        template = "learning/blocks/button.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value  # a draft may wait for it
        if not value.get("page") and not value.get("url"):
            message = ValidationError(_("Choose a page, or give an address."))
            raise StructBlockValidationError(block_errors={"url": message})
        return value
