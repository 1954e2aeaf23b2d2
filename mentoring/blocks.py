"""The questions that coordinators put into a programme's forms, and the text of a programme."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from mentoring.constants import AnswerVisibility


class QuestionBlock(blocks.StructBlock):
    """One question. Answers are kept under the block's id, which is the same in every language."""

    label = blocks.CharBlock(label=_("Question"), max_length=200)
    # An empty text, never None: translation of pages stumbles over None.
    help = blocks.CharBlock(label=_("Help"), max_length=400, required=False, default="")
    required = blocks.BooleanBlock(label=_("Must be answered"), required=False, default=False)
    visibility = blocks.ChoiceBlock(
        label=_("Who reads the answer"),
        choices=AnswerVisibility.offered(),
        default=AnswerVisibility.COORDINATORS,
    )
    sensitive = blocks.BooleanBlock(
        label=_("May show who the person is"),
        help_text=_("A mentor who is asked does not see such an answer before they say yes."),
        required=False,
        default=False,
    )

    words: tuple[str, ...] = ("label", "help")
    same = ("required", "visibility", "sensitive")

    class Meta:
        icon = "help"

    def get_form_state(self, value: Any) -> Any:
        """A choice that is not offered any more shows as the narrowest that is. Shown as nothing, the browser
        would take the first of the list, which is the widest."""
        if value.get("visibility") == AnswerVisibility.SAFETY:
            value = self._to_struct_value({**value, "visibility": AnswerVisibility.COORDINATORS.value})
        return super().get_form_state(value)


class ChoiceQuestionBlock(QuestionBlock):
    """A question with answers to choose from. An answer is kept as the id of its item."""

    options = blocks.ListBlock(
        blocks.CharBlock(label=_("Answer"), max_length=150), label=_("Answers"), min_num=2
    )

    words = (*QuestionBlock.words, "options")


class QuestionBlocks(blocks.StreamBlock):
    """The questions of a form, one kind of block for each kind of answer."""

    text = QuestionBlock(icon="pilcrow", label=_("Short text"))
    long_text = QuestionBlock(
        icon="doc-full",
        label=_("Long text"),
        help_text=_("Long texts count as private: only after a yes does the mentor see them."),
    )
    choice = ChoiceQuestionBlock(icon="radio-full", label=_("One of several"))
    multi_choice = ChoiceQuestionBlock(icon="list-ul", label=_("Some of several"))
    yes_no = QuestionBlock(icon="check", label=_("Yes or no"))
    date = QuestionBlock(icon="date", label=_("Date"))


class ProgrammeBlocks(blocks.StreamBlock):
    """The text of a programme."""

    text = blocks.RichTextBlock(
        label=_("Text"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr"]
    )

    words = ("text",)
