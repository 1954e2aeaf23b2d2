"""What a training module is made of: steps, and the blocks that a step may hold.

Every text defaults to an empty string: a None would stop wagtail-localize when it takes a page apart for
translation. Texts that must stay the same in every language (addresses, licences, code) use the Fixed blocks.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from learning.enums import Evidence

TEXT_FEATURES = [
    "h3",
    "h4",
    "bold",
    "italic",
    "ol",
    "ul",
    "link",
    "document-link",
    "code",
    "blockquote",
    "hr",
    "superscript",
    "strikethrough",
]
INLINE_FEATURES = ["bold", "italic", "link", "code"]
ANSWER_FEATURES = ["bold", "italic", "link", "ol", "ul", "code"]
TIMESTAMP = re.compile(r"^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)$")


class _SameInEveryLanguage:
    """Tells wagtail-localize that there is nothing to translate here."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """No segments."""
        return []

    def restore_translated_segments(self, value: Any, segments: Any) -> Any:
        """The value as it is."""
        return value


class FixedCharBlock(_SameInEveryLanguage, blocks.CharBlock):
    """A line that is the same in every language: a licence, a file name."""


class FixedTextBlock(_SameInEveryLanguage, blocks.TextBlock):
    """Lines that are the same in every language: code."""


def seconds_of(timestamp: str) -> int:
    """Seconds of "4:05" or "1:04:05". Raises ValueError for anything else."""
    found = TIMESTAMP.match(timestamp.strip())
    if not found:
        raise ValueError(timestamp)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


class TimestampBlock(FixedCharBlock):
    """A place in a recording, written as minutes:seconds or hours:minutes:seconds."""

    def clean(self, value: str) -> str:
        value = super().clean(value)
        if value:
            try:
                seconds_of(value)
            except ValueError as error:
                raise ValidationError(_("Write a time such as 4:05 or 1:04:05.")) from error
        return value


class ImageWithCreditBlock(blocks.StructBlock):
    """A picture from the site's own image library."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Description"),
        required=False,
        default="",
        help_text=_("What the picture says, for people who do not see it. Leave empty only for decoration."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, default="")
    credit = blocks.CharBlock(
        label=_("Credit"),
        required=False,
        default="",
        help_text=_("Left empty, the image's own credit is shown."),
    )

    class Meta:
        icon = "image"
        label = _("Image")
        template = "learning/blocks/image.html"


class RemoteImageValue(blocks.StructValue):
    """What the page of a step shows of a picture that stays elsewhere."""

    @property
    def host(self) -> str:
        """Name of the other site."""
        return urlsplit(self.get("file_page") or self.get("url") or "").hostname or ""

    @property
    def name(self) -> str:
        """The name of the file there."""
        path = urlsplit(self.get("file_page") or self.get("url") or "").path
        name = unquote(path.rsplit("/", 1)[-1])
        return name.rpartition(":")[2].replace("_", " ")

    @property
    def is_shown(self) -> bool:
        """Whether readers' browsers may load it from there; if not, it is a link (REMOTE_IMAGE_HOSTS)."""
        return urlsplit(self.get("url") or "").hostname in settings.REMOTE_IMAGE_HOSTS


class RemoteImageBlock(blocks.StructBlock):
    """A picture that stays on another site (Wikimedia Commons), with where it comes from."""

    url = blocks.URLBlock(label=_("Address of the image"), default="")
    file_page = blocks.URLBlock(label=_("Page about the file"), required=False, default="")
    alt = blocks.CharBlock(label=_("Description"), required=False, default="")
    caption = blocks.RichTextBlock(label=_("Caption"), required=False, features=INLINE_FEATURES, default="")
    credit = blocks.CharBlock(label=_("Credit"), required=False, default="")
    licence = FixedCharBlock(label=_("Licence"), required=False, default="")
    size = blocks.ChoiceBlock(
        label=_("Size"),
        choices=[("full", _("Full width")), ("half", _("Half")), ("third", _("A third"))],
        default="full",
    )

    class Meta:
        icon = "image"
        label = _("Image on another site")
        value_class = RemoteImageValue
        template = "learning/blocks/remote_image.html"


class VideoValue(blocks.StructValue):
    """What the page of a step shows of a video."""

    @property
    def shown(self) -> Any:
        """The recording in the reader's language, if it is published."""
        recording = self.get("recording")
        if recording is None:
            return None
        here = recording.localized
        return here if here.live else recording if recording.live else None

    @property
    def start_seconds(self) -> int:
        """Where to begin, in seconds."""
        try:
            return seconds_of(self.get("start") or "0:00")
        except ValueError:
            return 0

    @property
    def host(self) -> str:
        """Name of the other site."""
        return urlsplit(self.get("url") or "").hostname or ""


class VideoBlock(blocks.StructBlock):
    """A recording of this site, or a video elsewhere, which loads nothing until somebody opens it."""

    recording = blocks.PageChooserBlock(
        label=_("Recording"),
        required=False,
        page_type="learning.WebinarPage",
        target_model="learning.WebinarPage",
    )
    start = TimestampBlock(label=_("Begin at"), required=False, default="")
    url = blocks.URLBlock(label=_("Or a video on another site"), required=False, default="")
    title = blocks.CharBlock(label=_("Title"), required=False, default="")
    credit = FixedCharBlock(label=_("Credit"), required=False, default="")

    class Meta:
        icon = "media"
        label = _("Video")
        value_class = VideoValue
        template = "learning/blocks/video.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not value.get("recording") and not value.get("url"):
            message = ValidationError(_("Choose a recording, or give the address of a video."))
            raise StructBlockValidationError(block_errors={"recording": message})
        if value.get("url") and not value.get("recording") and not value.get("title"):
            message = ValidationError(_("Say what the video is called."))
            raise StructBlockValidationError(block_errors={"title": message})
        return value


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

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "learning/blocks/callout.html"


class FoldBlock(blocks.StructBlock):
    """One part of an accordion."""

    title = blocks.CharBlock(label=_("Title"), default="")
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)


class AccordionBlock(blocks.StructBlock):
    """Parts that open one by one; without script they open all the same."""

    items = blocks.ListBlock(FoldBlock(), label=_("Parts"))

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        template = "learning/blocks/accordion.html"


class ChecklistBlock(blocks.StructBlock):
    """Things to tick off. Signed-in learners find their ticks again."""

    title = blocks.CharBlock(label=_("Title"), default="")
    items = blocks.ListBlock(blocks.CharBlock(label=_("Item"), default=""), label=_("Items"))
    required = blocks.BooleanBlock(label=_("Needed to finish the lesson"), required=False, default=False)

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

    class Meta:
        icon = "help"
        label = _("Question")
        template = "learning/blocks/question.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
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

    class Meta:
        icon = "edit"
        label = _("Practice task")
        template = "learning/blocks/task.html"


class DiscussionBlock(blocks.StructBlock):
    """A question to talk about, with others or alone."""

    prompt = blocks.RichTextBlock(label=_("What to talk about"), features=ANSWER_FEATURES)
    url = blocks.URLBlock(label=_("Where people talk about it"), required=False, default="")

    class Meta:
        icon = "comment"
        label = _("Discussion")
        template = "learning/blocks/discussion.html"


class CodeBlock(blocks.StructBlock):
    """Code or wikitext, shown as it is."""

    code = FixedTextBlock(label=_("Code"), default="")
    language = FixedCharBlock(label=_("Language of the code"), required=False, default="")
    caption = blocks.CharBlock(label=_("Caption"), required=False, default="")

    class Meta:
        icon = "code"
        label = _("Code")
        template = "learning/blocks/code.html"


class TableRowBlock(blocks.StructBlock):
    """One row of a table."""

    cells = blocks.ListBlock(blocks.CharBlock(label=_("Cell"), required=False, default=""), label=_("Cells"))


class TableBlock(blocks.StructBlock):
    """A plain table. (Wagtail's own table blocks cannot be translated with wagtail-localize.)"""

    caption = blocks.CharBlock(label=_("Caption"), required=False, default="")
    header = blocks.ListBlock(blocks.CharBlock(label=_("Heading"), default=""), label=_("Headings"))
    rows = blocks.ListBlock(TableRowBlock(), label=_("Rows"))

    class Meta:
        icon = "table"
        label = _("Table")
        template = "learning/blocks/table.html"


class ButtonBlock(blocks.StructBlock):
    """A link that asks to be followed."""

    label = blocks.CharBlock(label=_("Label"), default="", max_length=120)
    page = blocks.PageChooserBlock(label=_("Page of this site"), required=False)
    url = blocks.URLBlock(label=_("Or an address elsewhere"), required=False, default="")

    class Meta:
        icon = "link"
        label = _("Button")
        template = "learning/blocks/button.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not value.get("page") and not value.get("url"):
            message = ValidationError(_("Choose a page, or give an address."))
            raise StructBlockValidationError(block_errors={"url": message})
        return value


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


class ChapterBlock(blocks.StructBlock):
    """Where a part of a recording begins."""

    start = TimestampBlock(label=_("Begins at"), default="", help_text=_("Such as 4:05 or 1:04:05."))
    title = blocks.CharBlock(label=_("Title"), default="", max_length=200)

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

    class Meta:
        icon = "date"
        label = _("Week")
        label_format = "{title}"


class WeekBlocks(blocks.StreamBlock):
    """The weeks of a course, in order."""

    week = WeekBlock()
