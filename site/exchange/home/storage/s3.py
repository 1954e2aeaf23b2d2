"""Files in an object store that speaks the protocol of Amazon S3."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from exchange.home.storage.base import UniqueNames

CONNECT_SECONDS, READ_SECONDS = 3, 20  # a store that stays silent holds nobody for longer
PLAIN = TransferConfig(use_threads=False)  # where we are: no threads that nobody counts
BLOCK = (
    256 * 1024
)  # bytes asked for at a time by who reads a little: the kind of a recording stands in its first


class NoAnswer(OSError):
    """The store does not answer, or refuses what it is asked for."""


@contextmanager
def answering(name: str) -> Iterator[None]:
    """Turns what the store's client raises into what code that reads files expects."""
    try:
        yield
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
            raise FileNotFoundError(f"The object store has no file {name}.") from error
        raise NoAnswer(f"The object store refused {name}: {error}") from error
    except BotoCoreError as error:
        raise NoAnswer(f"The object store does not answer: {error}") from error


class ObjectStorage(UniqueNames, S3Storage):
    """A bucket, or what is below a prefix in it. Nothing in it needs to be public.

    `public_url` is the store's address as browsers reach it, where that is another than the site's own way there.
    """

    public_url: str
    bucket_name: str
    location: str

    def get_default_settings(self) -> dict[str, Any]:
        """Nothing is read from variables of other names, so that STORAGE_URL says all."""
        known = super().get_default_settings()
        given = {"access_key": None, "secret_key": None, "security_token": None, "session_profile": None}
        return {**known, **given, "public_url": "", "client_config": _config(), "transfer_config": PLAIN}

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        """An address of the site, the same as that of a file in a folder: it asks who may read, then leads on."""
        return urljoin(str(settings.MEDIA_URL), filepath_to_uri(name or "").lstrip("/"))

    def put(self, name: str, content: File[Any]) -> None:
        """A store does that in one step by itself. Raises NoAnswer."""
        self._save(name, content)

    def place_of(self, address: str) -> str | None:
        """The store takes names letter by letter, so one spelling alone leads to a file. It is not asked."""
        path = PurePosixPath(address)
        strange = any(sign in address for sign in ("\0", "\\")) or ".." in path.parts or path.is_absolute()
        return None if strange or not address or str(path) != address else address

    def signed_link(self, name: str, seconds: int, **answers: Any) -> str:
        """Made without asking the store. `answers` are headers that it is to send, such as ResponseContentType."""
        asked = {"Bucket": self.bucket_name, "Key": self._normalize_name(name), **answers}
        return str(self._signer.generate_presigned_url("get_object", Params=asked, ExpiresIn=seconds))

    def _open(self, name: str, mode: str = "rb") -> Any:
        if mode != "rb":
            return super()._open(name, mode)
        with answering(name):
            reader = ObjectReader(self.connection.meta.client, self.bucket_name, self._normalize_name(name))
        return File(io.BufferedReader(reader, BLOCK), name)

    def _save(self, name: str, content: Any) -> str:
        with answering(name):
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        """Gone is as good as deleted."""
        with answering(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Whether there is such a file. Raises NoAnswer."""
        with answering(name):
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        """In bytes. Raises NoAnswer or FileNotFoundError."""
        with answering(name):
            return int(super().size(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Folders and files of a folder. Raises NoAnswer."""
        with answering(path):
            folders, files = super().listdir(path)
        return folders, files

    @cached_property
    def _signer(self) -> Any:
        session = boto3.session.Session(
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            region_name=self.region_name,
        )
        endpoint = self.public_url or self.endpoint_url
        return session.client("s3", endpoint_url=endpoint, config=self.client_config)


class ObjectReader(io.RawIOBase):
    """A file in the store, read where it is asked for: who looks at its beginning fetches that alone."""

    def __init__(self, client: Any, bucket: str, key: str) -> None:
        super().__init__()
        self.client, self.place, self.at = client, {"Bucket": bucket, "Key": key}, 0
        self.length = int(client.head_object(**self.place)["ContentLength"])

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """The byte that is read next."""
        return self.at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to a byte; asks nothing."""
        self.at = max(0, {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.length}[whence] + offset)
        return self.at

    def readinto(self, buffer: Any) -> int:
        """The next bytes, in one question."""
        part = self._part(min(self.at + len(buffer), self.length))
        buffer[: len(part)] = part
        return len(part)

    def readall(self) -> bytes:
        """All that is left, in one question."""
        return self._part(self.length)

    def _part(self, end: int) -> bytes:
        if self.at >= end:
            return b""
        with answering(self.place["Key"]):
            answer = self.client.get_object(**self.place, Range=f"bytes={self.at}-{end - 1}")
            part = bytes(answer["Body"].read())
        self.at += len(part)
        return part


def _config() -> Config:
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"max_attempts": 2, "mode": "standard"},
        # Stores of other makers know no other sums than those of the protocol's first years.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
