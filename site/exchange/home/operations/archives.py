"""The file that a backup is: a tar with a list of what is in it at its end, encrypted on wish.

Nothing half-written looks whole: the list comes last and holds the length and the SHA-256 of every member, and the
file has its name only when all of it is on the disk.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyrage

MANIFEST = "manifest.json"
ENCRYPTED = b"age-encryption.org/"
CHUNK = 1024 * 1024


class Unusable(Exception):
    """A file that is no whole backup, or cannot be opened; the text says why and what to do."""


# Writing ---------------------------------------------------------------------------------------------------


class Writer:
    """Adds members, and keeps account of them."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.files: dict[str, list[Any]] = {}

    def add_bytes(self, name: str, content: bytes) -> None:
        """A member from memory."""
        self._add(name, len(content), 0, io.BytesIO(content))

    def add_file(self, name: str, path: Path) -> bool:
        """A member from the disk; False where it is not there any more."""
        try:
            reading = path.open("rb")
        except FileNotFoundError:
            return False
        with reading:
            told = os.fstat(reading.fileno())
            self._add(name, told.st_size, int(told.st_mtime), reading)
        return True

    def _add(self, name: str, size: int, changed: int, reading: IO[bytes]) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = size, changed, 0o600
        counted = _Counted(reading)
        self.tar.addfile(member, counted)  # type: ignore[arg-type]
        self.files[name] = [size, counted.digest.hexdigest()]


class _Counted:
    """Reads on, and takes the sum of what it has read."""

    def __init__(self, reading: IO[bytes]) -> None:
        self.reading, self.digest = reading, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        found = self.reading.read(size)
        self.digest.update(found)
        return found


@contextmanager
def written(path: Path, head: bytes, facts: dict[str, Any], recipient: str = "") -> Iterator[Writer]:
    """The archive `path`, which appears when the block has ended well. `head` is its first member, for people.

    With a recipient (an age public key) only the holder of its secret key can open it. Raises Unusable.
    """
    part = path.with_name(f".{path.name}.part")
    reader = _recipient(recipient) if recipient else None
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            with _encrypting(file, reader) as target, tarfile.open(fileobj=target, mode="w|gz") as tar:
                writer = Writer(tar)
                writer.add_bytes("README.txt", head)
                yield writer
                listed = json.dumps({**facts, "files": writer.files}, ensure_ascii=False, indent=1)
                writer.add_bytes(MANIFEST, listed.encode())
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise Unusable(f"{text!r} is no public key of the form age1…; --new-key makes one.") from None


@contextmanager
def _encrypting(file: IO[bytes], recipient: Any) -> Iterator[IO[bytes]]:
    if recipient is None:
        yield file
        return
    # The library pulls what the archive pushes.
    read_end, write_end = os.pipe()
    failed: list[BaseException] = []

    def encrypt() -> None:
        with os.fdopen(read_end, "rb") as source:
            try:
                pyrage.encrypt_io(source, file, [recipient])
            except BaseException as problem:
                failed.append(problem)

    thread = threading.Thread(target=encrypt)
    thread.start()
    try:
        with os.fdopen(write_end, "wb") as target:
            yield target
    finally:
        thread.join()
    if failed:
        raise failed[0]


def new_key() -> tuple[str, str]:
    """A secret key and its public one."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


# Reading ---------------------------------------------------------------------------------------------------


def unpack(path: Path, folder: Path, key: Path | None = None) -> dict[str, Any]:
    """Puts all members into a folder and answers the list at the end, after everything was held against it.

    Raises Unusable where the archive is cut off, changed or of another kind.
    """
    try:
        with path.open("rb") as file, _decrypted(file, key) as source:
            found = _members(source, folder)
    except (tarfile.TarError, EOFError, OSError) as problem:
        raise Unusable(f"{path} is no whole backup: {problem}.") from problem
    manifest = folder / MANIFEST
    if MANIFEST not in found:
        raise Unusable(f"{path} is no whole backup: the list at its end is missing.")
    told: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    del found[MANIFEST]
    wanted = told.get("files", {})
    if wrong := sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name)):
        raise Unusable(f"{path} is damaged: {', '.join(wrong[:5])} is not as it was written.")
    return told


def _members(source: IO[bytes], folder: Path) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    with gzip.GzipFile(fileobj=source) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            if not member.isfile() or name.is_absolute() or ".." in name.parts:
                raise Unusable(f"It holds {member.name!r}, which no backup of ours does.")
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            reading = tar.extractfile(member)
            if reading is None:
                continue
            counted = _Counted(reading)
            with target.open("xb") as writing:
                while chunk := counted.read(CHUNK):
                    writing.write(chunk)
                writing.flush()
                os.fsync(writing.fileno())
            os.utime(target, (member.mtime, member.mtime))
            found[member.name] = [member.size, counted.digest.hexdigest()]
        while packed.read(CHUNK):  # to its very end, where its own sum stands
            pass
    return found


@contextmanager
def _decrypted(file: IO[bytes], key: Path | None) -> Iterator[IO[bytes]]:
    encrypted = file.read(len(ENCRYPTED)) == ENCRYPTED
    file.seek(0)
    if not encrypted:
        yield file
        return
    if key is None:
        raise Unusable("It is encrypted: name the file with the secret key, --key FILE.")
    identity = _identity(key)
    read_end, write_end = os.pipe()
    failed: list[BaseException] = []

    def decrypt() -> None:
        with os.fdopen(write_end, "wb") as target:
            try:
                pyrage.decrypt_io(file, target, [identity])
            except BaseException as problem:
                failed.append(problem)

    thread = threading.Thread(target=decrypt)
    thread.start()
    try:
        with os.fdopen(read_end, "rb") as source:
            yield source
    finally:
        thread.join()
        if failed and isinstance(failed[0], pyrage.DecryptError):
            raise Unusable(f"It cannot be opened with the key in {key}: {failed[0]}.")


def _identity(key: Path) -> Any:
    try:
        lines = key.read_text(encoding="utf-8").split()
        return pyrage.x25519.Identity.from_str(
            next(line for line in lines if line.startswith("AGE-SECRET-KEY-"))
        )
    except (OSError, StopIteration, pyrage.IdentityError):
        raise Unusable(f"There is no secret key of the form AGE-SECRET-KEY-… in {key}.") from None
