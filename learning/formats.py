"""What browsers' players can play, told by what a file holds. Its name says nothing: anybody can change that."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.l10n.names import said

HEAD = 65_536  # bytes: in a WebM file the kinds of its tracks stand among the first
_VIDEO_TRACK, _AUDIO_TRACK = re.compile(rb"V_(?:VP8|VP9|AV1)"), re.compile(rb"A_(?:OPUS|VORBIS)")
# Brands of ISO 14496-12 files: sound alone, and pictures, which are no films.
_SOUND_BRANDS, _PICTURE_BRANDS = (b"M4A ", b"M4B ", b"M4P "), (b"avif", b"avis", b"heic", b"heix", b"mif1")
_OGG_VIDEO, _OGG_AUDIO = b"\x80theora", (b"OpusHead", b"\x01vorbis", b"\x7fFLAC", b"Speex   ")

NO_VIDEO = _(
    "This file holds no video that browsers play, whatever its name says. Choose a WebM or MP4 file."
)
SOUND_AS_VIDEO = _("This file holds sound only. Choose it under “sound only” instead.")
NO_SOUND = _(
    "This file holds no sound that browsers play, whatever its name says. Choose an Opus, Ogg, MP3 or M4A file."
)
VIDEO_AS_SOUND = _("This file holds a video. Choose it as the video file instead.")
NO_SLIDES = _("This file holds a video or sound, and no slides.")
NOT_THERE = _("This file is not in the site's storage. Upload it once more, or choose another.")
NAMED_ONLY = _(
    "The name of this file ends in “.%(ending)s”, but it holds no video and no sound that browsers play. "
    "Export it once more as WebM, MP4, Opus or MP3."
)


class Playable(Enum):
    """A container and what it holds: whether it is a film, and the endings of its names, the usual one first."""

    WEBM = (True, ("webm",))
    WEBM_SOUND = (False, ("webm",))
    MP4 = (True, ("mp4", "m4v"))
    M4A = (False, ("m4a", "mp4"))
    OGG = (True, ("ogg", "ogv"))
    OGG_SOUND = (False, ("ogg", "opus", "oga"))
    MP3 = (False, ("mp3",))

    @property
    def is_video(self) -> bool:
        """Whether there is something to see."""
        return self.value[0]

    @property
    def endings(self) -> tuple[str, ...]:
        """Of a file's name, without the dot."""
        return self.value[1]


ENDINGS = frozenset(ending for kind in Playable for ending in kind.endings)


def playable(head: bytes) -> Playable | None:
    """What the first bytes of a file (HEAD of them) say it is; None for anything that no player plays."""
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64]:
        only_sound = _AUDIO_TRACK.search(head) and not _VIDEO_TRACK.search(head)
        return Playable.WEBM_SOUND if only_sound else Playable.WEBM
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in _PICTURE_BRANDS:
            return None
        return Playable.M4A if brand in _SOUND_BRANDS else Playable.MP4
    if head.startswith(b"OggS"):
        if _OGG_VIDEO in head[:4096]:
            return Playable.OGG
        return Playable.OGG_SOUND if any(name in head[:4096] for name in _OGG_AUDIO) else None
    if head.startswith(b"ID3") or (len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return Playable.MP3
    return None


def named_rightly(name: str, head: bytes) -> str:
    """The name that an uploaded file is to have: what plays ends in what it is.

    Raises ValidationError for a file that is called a video or sound and is none.
    """
    path, found = PurePosixPath(name), playable(head)
    ending = path.suffix.lower().removeprefix(".")
    if found is None and ending in ENDINGS:
        raise ValidationError(said(NAMED_ONLY, ending=ending))
    if found is None or ending in found.endings:
        return name
    return str(path.with_suffix(f".{found.endings[0]}"))


def problem_of(document: Any, wanted: str) -> Any:
    """What is wrong with choosing a document as "video", "audio" or "slides"; empty where nothing is."""
    try:
        with document.file.storage.open(document.file.name, "rb") as stream:
            found = playable(stream.read(HEAD))
    except OSError:
        return NOT_THERE
    if wanted == "slides":
        return NO_SLIDES if found else ""
    if found is None:
        return NO_VIDEO if wanted == "video" else NO_SOUND
    if wanted == "video":
        return "" if found.is_video else SOUND_AS_VIDEO
    return VIDEO_AS_SOUND if found.is_video else ""
