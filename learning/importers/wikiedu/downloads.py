"""Copies of the pictures in our own image library, for sites that do not want to link to others."""

import io
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.models import Collection

from foundation import downloads
from learning.models import ImportRecord

from .blocks import Image
from .content import CREDIT
from .history import ImportHistory
from .reports import Defects, Kind, Outcome

MAX_BYTES = 20_000_000
# Wikimedia asks every program to say what it is and where to complain.
USER_AGENT = (
    "CapacityExchange/0.1 (training content import; https://meta.wikimedia.org/wiki/Capacity_Exchange)"
)

Fetch = Callable[[str], bytes]


def fetch(url: str) -> bytes:
    """Return what an address holds. Raises OSError, or ValueError for too much or one that is not opened."""
    return downloads.fetch(url, most=MAX_BYTES, agent=USER_AGENT)


class Images:
    """Finds or fetches our copy of each picture. A picture that cannot be fetched stays a link."""

    def __init__(self, ledger: ImportHistory, get: Fetch, defects: Defects, *, dry_run: bool) -> None:
        self.ledger = ledger
        self.fetch = get
        self.defects = defects
        self.dry_run = dry_run
        self.failed: set[str] = set()
        self._collection: Collection | None = None

    def id_of(self, image: Image, path: str) -> int | None:
        """Return the id of our copy; `path` is the file to name where it cannot be fetched."""
        record = self.ledger.get(ImportRecord.Type.IMAGE, image.src[:255])
        if record and record.image_id:
            return int(record.image_id)
        if self.dry_run or image.src in self.failed:
            return None
        try:
            copy = self._copy(image)
        # Pillow and Willow raise many kinds of errors for files that are no pictures.
        except Exception as error:
            self.failed.add(image.src)
            message = f"The picture {image.src} could not be fetched and stays a link: {error}."
            self.defects.add(Kind.BROKEN_IMAGE, Outcome.NOTED, path, message)
            return None
        self.ledger.write(ImportRecord.Type.IMAGE, image.src[:255], image=copy, slug=image.file_name[:255])
        return int(copy.pk)

    def _copy(self, image: Image) -> Any:
        name = unquote(PurePosixPath(urlsplit(image.src).path).name)
        suffix = PurePosixPath(name).suffix.lower().lstrip(".")
        if suffix not in settings.WAGTAILIMAGES_EXTENSIONS:
            raise ValueError(f"files of type “{suffix}” are not taken here")
        file = ImageFile(io.BytesIO(self.fetch(image.src)), name=name)
        if not file.width or not file.height:
            raise ValueError("it is no picture")
        copy = get_image_model()(
            title=(image.file_name or name)[:255],
            file=file,
            collection=self.collection(),
            credit=image.credit[:300],
            licence=image.licence,
            source_url=(image.file_page or image.src)[:500],
            commons_file=image.file_name[:255],
        )
        copy.save()
        return copy

    def collection(self) -> Collection:
        """Return the collection of imported pictures."""
        if self._collection is None:
            root = Collection.get_first_root_node()
            found = root.get_children().filter(name=CREDIT).first()
            self._collection = found or root.add_child(name=CREDIT)
        return self._collection
