"""Pictures and videos, with who made them."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter, StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from learning.blocks.fields import (
    INLINE_FEATURES,
    FixedCharBlock,
    TimestampBlock,
    seconds_of,
)

SAY_OR_DECORATIVE = _("Say what the picture tells, or mark it as decoration.")


def _described(value: Any) -> Any:
    """The value of a picture that is published. Raises StructBlockValidationError where nobody described it."""
    if value.get("decorative"):
        value["alt"] = ""
    elif not value.get("alt"):
        raise StructBlockValidationError(block_errors={"alt": ValidationError(SAY_OR_DECORATIVE)})
    return value


class DescribedBlock(blocks.StructBlock):
    """A description, or the word that none is needed: one of the two, before the page is published."""

    decorative = blocks.BooleanBlock(
        label=_("The picture is decoration"),
        required=False,
        default=False,
        help_text=_("It tells nothing that the text does not say. Screen readers pass over it."),
    )
    alt = blocks.CharBlock(
        label=_("Description"),
        required=False,
        default="",
        help_text=_("What the picture tells, for people who do not see it."),
    )


class ImageWithCreditBlock(DescribedBlock):
    """A picture from the site's own image library."""

    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, default="")
    credit = blocks.CharBlock(
        label=_("Credit"),
        required=False,
        default="",
        help_text=_("Left empty, the image's own credit is shown."),
    )

    words = ("alt", "caption", "credit")
    local = ("image",)
    same = ("decorative",)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "learning/blocks/image.html"
        form_layout = ["image", "alt", "decorative", "caption", "credit"]

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        image = value.get("image")
        if image is not None and not value.get("alt") and not value.get("decorative"):
            # The form has put it there already (picture-block.js); this is for a browser without scripts.
            value["alt"] = image.description
        return value if self.is_deferred_validation else _described(value)


class ImageWithCreditAdapter(StructBlockAdapter):
    """Puts the image's own description into the block when somebody chooses the image."""

    js_constructor = "learning.blocks.ImageWithCredit"

    @cached_property
    def media(self) -> forms.Media:
        """With our script."""
        return super().media + forms.Media(js=["learning/picture-block.js"])


register(ImageWithCreditAdapter(), ImageWithCreditBlock)


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


class RemoteImageBlock(DescribedBlock):
    """A picture that stays on another site (Wikimedia Commons), with where it comes from."""

    url = blocks.URLBlock(label=_("Address of the image"), default="")
    file_page = blocks.URLBlock(label=_("Page about the file"), required=False, default="")
    caption = blocks.RichTextBlock(label=_("Caption"), required=False, features=INLINE_FEATURES, default="")
    credit = blocks.CharBlock(label=_("Credit"), required=False, default="")
    licence = FixedCharBlock(label=_("Licence"), required=False, default="")
    size = blocks.ChoiceBlock(
        label=_("Size"),
        choices=[("full", _("Full width")), ("half", _("Half")), ("third", _("A third"))],
        default="full",
    )

    words = ("alt", "caption", "credit")
    local = ("url", "file_page")
    same = ("decorative", "licence", "size")

    class Meta:
        icon = "image"
        label = _("Image on another site")
        value_class = RemoteImageValue
        template = "learning/blocks/remote_image.html"
        form_layout = ["url", "file_page", "alt", "decorative", "caption", "credit", "licence", "size"]

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        return value if self.is_deferred_validation else _described(value)


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

    words = ("title",)
    local = ("recording", "url")
    same = ("start", "credit")

    class Meta:
        icon = "media"
        label = _("Video")
        value_class = VideoValue
        template = "learning/blocks/video.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value  # a draft may wait for it
        if not value.get("recording") and not value.get("url"):
            message = ValidationError(_("Choose a recording, or give the address of a video."))
            raise StructBlockValidationError(block_errors={"recording": message})
        if value.get("url") and not value.get("recording") and not value.get("title"):
            message = ValidationError(_("Say what the video is called."))
            raise StructBlockValidationError(block_errors={"title": message})
        return value
