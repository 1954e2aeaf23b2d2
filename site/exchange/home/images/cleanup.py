"""Pictures that lay in the storage before places were taken out of them.

Each file is read and written outside of any transaction: the storage may be far away. A file is never changed in its
place: the new one lies beside it before the row names it, and the old one goes last.
"""

from __future__ import annotations

import logging
from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from wagtail.users.models import UserProfile
from wagtail.utils.file import hash_filelike

from exchange.home.cache import begin_generation
from exchange.home.images.prepare import FACE, DamagedPicture, without_place
from exchange.home.models import CreditedImage
from learning.models import WebinarPage
from search.api import changed

logger = logging.getLogger(__name__)


def take_out_places(limit: int | None = None) -> int:
    """At most `limit` pictures of the library (by default all) and the faces of editors; safe to repeat.

    Answers how many files were written anew. A file that is lost or damaged is named in the log and left as it is.
    """
    waiting = CreditedImage.objects.filter(is_prepared=False).order_by("pk")[:limit]
    faces = UserProfile.objects.exclude(avatar="").exclude(avatar__contains=FACE).order_by("pk")[:limit]
    done = sum(_renewed(image) for image in waiting) + sum(_renewed_face(profile) for profile in faces)
    if done:
        begin_generation()  # stored pages name files that are gone
    return done


def _renewed(image: CreditedImage) -> bool:
    storage, old = image.file.storage, image.file.name
    rows = CreditedImage.objects.filter(pk=image.pk, file=old)
    clean = _cleaned(storage, old)
    if clean is None:
        rows.update(is_prepared=True)
        return False
    new = storage.save(old, ContentFile(clean), max_length=100)
    with transaction.atomic():
        digest = hash_filelike(BytesIO(clean))
        taken = rows.update(file=new, file_size=len(clean), file_hash=digest, is_prepared=True)
        if taken:
            image.renditions.all().delete()
            keys = WebinarPage.objects.filter(poster=image.pk).values_list("translation_key", flat=True)
            changed("recording", set(keys))
    # Somebody may have given the picture another file meanwhile, which was prepared as it came.
    storage.delete(old if taken else new)
    return bool(taken)


def _renewed_face(profile: UserProfile) -> bool:
    storage, old = profile.avatar.storage, profile.avatar.name
    clean = _cleaned(storage, old)
    if clean is None:
        return False
    name = profile.avatar.field.generate_filename(profile, f"{FACE}{PurePosixPath(old).suffix}")
    new = storage.save(name, ContentFile(clean), max_length=100)
    taken = UserProfile.objects.filter(pk=profile.pk, avatar=old).update(avatar=new)
    storage.delete(old if taken else new)
    return bool(taken)


def _cleaned(storage: Storage, name: str) -> bytes | None:
    """What the file is to hold; None where it may stay. Raises OSError where the storage does not answer."""
    try:
        with storage.open(name, "rb") as file:
            content = file.read()
        clean = without_place(content)
    except (FileNotFoundError, DamagedPicture) as error:
        logger.warning("The picture %s cannot be read: %s", name, error)
        return None
    return clean if clean != content else None
