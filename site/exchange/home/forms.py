"""Forms that take a file. Pictures are read to their end and keep nothing that tells where they were taken; a video or
sound is one by what it holds."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import willow
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from PIL import Image, ImageOps, UnidentifiedImageError
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from exchange.home.images import DAMAGED, DamagedPicture, prepared_file
from exchange.home.images.prepare import FACE, UNREADABLE
from learning.formats import HEAD, named_rightly

LARGEST_FACE = 400  # pixels, as Wagtail has it
FACES = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")  # kinds that stay what they are; another becomes a PNG


class PictureField(WagtailImageField):
    """Wagtail's field for a picture. What cannot be read to its end is refused with a sentence."""

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        # Before anything is read into memory, or drawn there.
        self.check_image_file_size(data)
        try:
            self.check_pixels(data)
            file = super().to_python(data)
            if file is None:
                return None
            found = prepared_file(file)
            found.image = willow.Image.open(BytesIO(found.read()))
            found.seek(0)
            drawing = getattr(found.image, "dom", None)
            if drawing is not None and drawing.getroot().tag.rpartition("}")[2] != "svg":
                raise DamagedPicture("it is another kind of document")
        except ValidationError:
            raise
        except (DamagedPicture, *UNREADABLE) as error:
            raise ValidationError(DAMAGED, code="invalid_image") from error
        found.content_type = file.content_type
        return found

    def check_pixels(self, data: Any) -> None:
        """Raises ValidationError for more than may be, by the file's first bytes; Wagtail draws it to find out."""
        data.seek(0)
        try:
            with Image.open(data) as picture:
                found: int | str = picture.width * picture.height
        except Image.DecompressionBombError:
            found = gettext("unknown number")
        except UnidentifiedImageError:
            return  # a drawing, or nothing: Wagtail finds out
        finally:
            data.seek(0)
        if isinstance(found, str) or found > self.max_image_pixels:
            limit = {"num_pixels": found, "max_pixels_count": self.max_image_pixels}
            raise ValidationError(
                self.error_messages["file_too_many_pixels"] % limit, code="file_too_many_pixels"
            )


class PictureForm(BaseImageForm):
    """Every form of a picture in the admin: one, several at once, and from a chooser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = self.fields.get("file")
        if theirs is not None:
            ours = PictureField(required=theirs.required, label=theirs.label, widget=theirs.widget)
            self.fields["file"] = ours


class DocumentForm(BaseDocumentForm):
    """Every form of a document in the admin. A video is one by what it holds, and is called what it is."""

    def clean_file(self) -> Any:
        """The file, with the ending that it should have."""
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            file.seek(0)
            head = file.read(HEAD)
            file.seek(0)
            file.name = named_rightly(str(file.name), head)
        return file


class FaceForm(AvatarPreferencesForm):
    """The profile picture of somebody who works in the admin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail makes this form twice of one request: to check it, and to show what is wrong.
        file = self.files.get(self.add_prefix("avatar"))
        if file is not None:
            file.seek(0)

    def clean_avatar(self) -> Any:
        """The picture, turned as the camera says, at most 400 pixels wide and high."""
        file = self.cleaned_data.get("avatar")
        if not file:
            return self._original_avatar
        try:
            clean = prepared_file(file)
            with Image.open(clean) as picture:
                kind = picture.format if picture.format in FACES else "PNG"
                if max(picture.size) <= LARGEST_FACE and kind == picture.format:
                    clean.seek(0)
                    clean.name = _name(kind)
                    return clean
                if kind == "JPEG":
                    picture.draft(None, (LARGEST_FACE, LARGEST_FACE))
                turned = ImageOps.exif_transpose(picture)
            turned.thumbnail((LARGEST_FACE, LARGEST_FACE))
            out = BytesIO()
            turned.save(out, format=kind, icc_profile=turned.info.get("icc_profile"))
        except (DamagedPicture, *UNREADABLE) as error:
            raise ValidationError(DAMAGED, code="invalid_image") from error
        return ContentFile(out.getvalue(), name=_name(kind))


def _name(kind: str) -> str:
    return f"{FACE}.{kind.lower()}"
