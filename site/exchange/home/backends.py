"""The cache in files, for a site without Redis: a folder for each version, and few looks at how full it is.

Django's own lists its whole folder at every write to see whether there is room. With thousands of pages that costs
more than making one. And what stands before every cache, so that none takes the pages away with it: SteadyCache.
"""

from __future__ import annotations

import contextlib
import functools
import glob
import itertools
import logging
import os
import random
import re
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

LOOK_EVERY = 500  # writes of a process between two looks
# Shared by all threads; from a chance number on, so that processes which live shortly look too.
_writes = itertools.count(random.randrange(LOOK_EVERY))  # noqa: S311


class FileCache(FileBasedCache):
    """Entries of version 17 lie in the folder 17, and are forgotten with it."""

    _dir: str

    def _key_to_file(self, key: str, version: int | None = None) -> str:
        version = self.version if version is None else version
        file = Path(super()._key_to_file(key, version))  # type: ignore[misc]
        return str(file.with_name(str(version)) / file.name)

    def _list_cache_files(self) -> list[str]:
        # The second stars are for what an older release left beside the folders.
        return glob.glob(os.path.join(glob.escape(self._dir), "**", f"*{self.cache_suffix}"), recursive=True)

    def _cull(self) -> None:
        if next(_writes) % LOOK_EVERY == 0:
            super()._cull()  # type: ignore[misc]

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,  # type: ignore[assignment]
        version: int | None = None,
    ) -> None:
        """Stores a value; nothing where its version is forgotten in the same moment."""
        Path(self._key_to_file(key, version)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            super().set(key, value, timeout, version)  # type: ignore[arg-type]
        except FileNotFoundError:
            return

    def versions(self) -> Iterator[str]:
        """The versions of which anything is kept."""
        if os.path.isdir(self._dir):
            yield from (entry.name for entry in os.scandir(self._dir) if entry.is_dir())

    def forget_version(self, version: str) -> None:
        """Removes everything of one version."""
        shutil.rmtree(os.path.join(self._dir, version), ignore_errors=True)


class SiteRedis(RedisCache):
    """Redis, of which several sites may each have a part: all names begin with KEY_PREFIX."""

    def clear(self) -> None:
        """Forgets what is this site's. Django's own would empty all of it, other sites' parts too."""
        client = self._cache.get_client(None, write=True)
        begins = re.sub(r"([\\*?\[\]])", r"\\\1", f"{self.key_prefix}:")
        batch: list[bytes] = []
        for key in client.scan_iter(match=f"{begins}*", count=1000):
            batch.append(key)
            if len(batch) == 1000:
                client.unlink(*batch)
                batch.clear()
        if batch:
            client.unlink(*batch)


# What stores raise when they are away or full; anything else is a mistake of ours, or a damaged entry.
AWAY: tuple[type[Exception], ...] = (OSError,)
with contextlib.suppress(ImportError):  # an extra
    from redis.exceptions import RedisError

    AWAY += (RedisError,)
PAUSE = 2.0  # seconds in which a store that failed is left alone, so that each page does not wait for it
MOST_OWED = 5_000
Entry = tuple[str, int | None]


class _Store:
    """What this process knows of one store: whether it answers, and which entries in it are out of date.

    An entry that could not be written or taken away is owed: nothing is read of it until it has been taken away, so that
    a store which comes back after an hour shows nothing that was forgotten meanwhile.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.guard = threading.Lock()
        self.until = {"read": 0.0, "written": 0.0, "cleaned": 0.0}
        self.error = ""
        self.owed: set[Entry] = set()
        self.owes_all = False

    def rests(self, how: str) -> bool:
        """Whether it failed a moment ago."""
        return time.monotonic() < self.until[how]

    def failed(self, how: str, error: Exception) -> None:
        """It did not do what was asked."""
        with self.guard:
            if not self.error:
                logger.error("The cache cannot be %s, pages are slower: %s", how, error)
            self.error = f"{type(error).__name__}: it cannot be {how}"
            self.until[how] = time.monotonic() + PAUSE

    def worked(self) -> None:
        """It was written again."""
        with self.guard:
            if self.error:
                logger.warning("The cache works again")
            self.error = ""

    def owe(self, entries: Iterable[Entry]) -> None:
        """These are out of date there."""
        with self.guard:
            self.owed.update(entries)
            if len(self.owed) > MOST_OWED:
                self.owed.clear()
                self.owes_all = True

    def is_owed(self, entry: Entry) -> bool:
        """Whether what it says of this is out of date."""
        return self.owes_all or entry in self.owed


@functools.cache
def _store(name: str) -> _Store:
    return _Store(name)


class SteadyCache(BaseCache):
    """Another cache, given as OPTIONS["cache"], that never raises when it is away, full or damaged.

    Reading then finds nothing, and writing is left out; what should have been forgotten is taken away before anything is
    read of it again. A page that could not be kept is made anew.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        given = dict(params["OPTIONS"]["cache"])
        backend, place = given.pop("BACKEND"), given.pop("LOCATION", "")
        self.inner: BaseCache = import_string(backend)(place, given)
        self.store = _store(f"{backend} {place} {given.get('KEY_PREFIX', '')}")

    def _read(self, question: Callable[[], Any], otherwise: Any, entry: Entry) -> Any:
        if self.store.rests("read") or (not self._pay() and self.store.is_owed(entry)):
            return otherwise
        try:
            return question()
        except AWAY as error:
            self.store.failed("read", error)
        except Exception as error:  # a damaged entry
            logger.warning("An entry of the cache cannot be read: %s", type(error).__name__)
            self.delete(entry[0], entry[1])
        return otherwise

    def _write(self, deed: Callable[[], Any], otherwise: Any, *entries: Entry) -> Any:
        if self.store.rests("written"):
            self.store.owe(entries)
            return otherwise
        self._pay()
        try:
            done = deed()
        except AWAY as error:
            self.store.failed("written", error)
            self.store.owe(entries)
            return otherwise
        self.store.worked()
        return done

    def _pay(self) -> bool:
        """Take away what is out of date; whether nothing is any more."""
        if not (self.store.owed or self.store.owes_all):
            return True
        if self.store.rests("cleaned"):
            return False
        with self.store.guard:
            owed, owes_all = set(self.store.owed), self.store.owes_all
        try:
            if owes_all:
                self.inner.clear()
            for key, version in owed:
                self.inner.delete(key, version=version)
            # A folder that is away says of every file that it is not there. What can be written is there.
            paid = not self.trouble()
        except AWAY:
            paid = False
        if not paid:
            self.store.until["cleaned"] = time.monotonic() + PAUSE
            return False
        with self.store.guard:
            self.store.owed -= owed
            self.store.owes_all = False
        return True

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """See BaseCache."""
        return self._read(lambda: self.inner.get(key, default, version), default, (key, version))

    def has_key(self, key: str, version: int | None = None) -> bool:
        """See BaseCache."""
        return bool(self._read(lambda: self.inner.has_key(key, version), False, (key, version)))

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        """See BaseCache."""
        paid = self._pay()
        wanted = [key for key in keys if paid or not self.store.is_owed((key, version))]
        if not wanted:
            return {}
        found = self._read(lambda: self.inner.get_many(wanted, version), {}, (wanted[0], version))
        return dict(found)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """See BaseCache."""
        self._write(lambda: self.inner.set(key, value, timeout, version), None, (key, version))

    def set_many(
        self, data: Mapping[str, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[str]:
        """See BaseCache."""
        entries = [(key, version) for key in data]
        return list(self._write(lambda: self.inner.set_many(dict(data), timeout, version), [*data], *entries))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """See BaseCache. Where nothing can be kept, everybody is the first."""
        return bool(self._write(lambda: self.inner.add(key, value, timeout, version), True))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """See BaseCache."""
        return bool(self._write(lambda: self.inner.touch(key, timeout, version), False))

    def delete(self, key: str, version: int | None = None) -> bool:
        """See BaseCache."""
        return bool(self._write(lambda: self.inner.delete(key, version), False, (key, version)))

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        """See BaseCache."""
        gone = list(keys)
        self._write(lambda: self.inner.delete_many(gone, version), None, *((key, version) for key in gone))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """See BaseCache; where nothing can be counted, this is the first."""
        return int(self._write(lambda: self.inner.incr(key, delta, version), delta, (key, version)))

    def clear(self) -> None:
        """See BaseCache."""
        self._write(self.inner.clear, None)

    def close(self, **kwargs: Any) -> None:
        """See BaseCache."""
        with contextlib.suppress(*AWAY):
            self.inner.close(**kwargs)

    def trouble(self) -> str:
        """Why nothing can be kept in it now, in a few words without places or names; empty where all is well."""
        token = uuid.uuid4().hex
        try:
            self.inner.set("steady.probe", token, 60)
            return "" if self.inner.get("steady.probe") == token else "what is written is not there"
        except AWAY as error:
            return type(error).__name__
