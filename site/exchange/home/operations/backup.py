"""A copy of the whole site in one file, taken while it runs, and a site from such a file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from wagtail.models import Site

from exchange.home.operations import archives, preparation, snapshots
from exchange.home.operations.archives import Unusable
from exchange.home.operations.preparation import Say
from exchange.home.operations.status import BACKUP
from exchange.home.signal_handlers import NOT_SET_UP
from exchange.settings import site_file
from foundation.jobs.services import record_heartbeat
from search import api as search

FORM = 1  # of the archive; rises when an older program could no longer read it
LEFT_OUT = (
    "who is signed in; mails that were waiting, and the list of those that were sent; the search index, the cache, "
    "static files and logs, which are made anew; jobs in Redis; the environment (SECRET_KEY is in keys/)"
)
HEAD = """A copy of The Capacity Exchange at {base_url}, made {moment}.

IT HOLDS KEYS AND PEOPLE'S PRIVATE WORDS. Whoever has this file can read all of the database and can sign in as
anybody. Keep it where only those who run the site can read it.

In it: the database, uploaded files (media/), keys (keys/), and at its end a list with the sum of each file.
Not in it: {left_out}.

To make a site of it: manage.py restore FILE, with an empty DATA_DIR. Files in media/ and keys/ can be taken out by any
program that opens a tar archive.
"""
# What a folder may hold in which a site is restored: nothing that anybody would miss.
MADE_ANEW = {"bytecode", "cache", "index", "logs", "setting-up.lock", "static"}
UNFINISHED = "restoring"


# Taking a copy ---------------------------------------------------------------------------------------------


def back_up(target: Path, *, recipient: str = "", keep: int = 0) -> tuple[Path, list[Path]]:
    """Writes a copy into a file, or into a folder under a name made of the moment. Answers it and what was removed.

    `keep`: in a folder, how many of such copies stay. Raises Unusable.
    """
    if keep and not target.is_dir():
        raise Unusable("--keep counts the copies in a folder: name one that is there, not a file.")
    file = target / _name(timezone.now(), recipient) if target.is_dir() else target
    if file.exists():
        raise Unusable(f"{file} is there already, and stays as it is.")
    if not file.parent.is_dir():
        raise Unusable(f"There is no folder {file.parent}.")
    moment = timezone.now()
    head = HEAD.format(base_url=settings.BASE_URL, moment=f"{moment:%Y-%m-%d %H:%M} UTC", left_out=LEFT_OUT)
    try:
        with archives.written(file, head.encode(), _facts(moment), recipient) as archive:
            _fill(archive, file.parent)
    except OSError as problem:
        raise Unusable(f"{file} cannot be written: {problem.strerror}.") from problem
    record_heartbeat(BACKUP)
    return file, _rotated(target, keep) if keep else []


def _name(moment: datetime, recipient: str) -> str:
    return f"exchange-{moment:%Y%m%dT%H%M%SZ}.tar.gz{'.age' if recipient else ''}"


def _rotated(folder: Path, keep: int) -> list[Path]:
    """Removes all but the newest copies; their names stand in the order of their moments."""
    old = sorted(folder.glob("exchange-????????T??????Z.tar.gz*"))[:-keep]
    for path in old:
        path.unlink()
    return old


def _facts(moment: datetime) -> dict[str, Any]:
    try:
        release = version("capacity-exchange")
    except PackageNotFoundError:
        release = ""  # runs from a checkout
    applied = MigrationLoader(connection).applied_migrations
    return {
        "form": FORM,
        "made": moment.isoformat(),
        "release": release,
        "engine": connection.vendor,
        "base_url": settings.BASE_URL,
        "production": not settings.DEMO_CONTENT,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
    }


def _fill(archive: archives.Writer, folder: Path) -> None:
    """Files, then the database, then files that came meanwhile: whatever a row of the copy names is there.

    A file is written before its row and deleted after it, so those of the first round that went since do no harm.
    """
    _add_media(archive)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".exchange-") as place:
        taken = Path(place) / "database"
        snapshots.take(taken)
        archive.add_file(snapshots.file_name(), taken)
    _add_media(archive)
    keys = settings.DATA_DIR / "keys"
    for path in _files(keys):
        archive.add_file(f"keys/{path.relative_to(keys)}", path)
    if "keys/secret_key" not in archive.files:
        archive.add_bytes("keys/secret_key", settings.SECRET_KEY.encode())
    if (settings.DATA_DIR / site_file.NAME).exists():
        archive.add_file(site_file.NAME, settings.DATA_DIR / site_file.NAME)


def _add_media(archive: archives.Writer) -> None:
    root = Path(settings.MEDIA_ROOT)
    for path in _files(root):
        name = f"media/{path.relative_to(root)}"
        if name not in archive.files:
            archive.add_file(name, path)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


# A site from a copy ----------------------------------------------------------------------------------------


def restore(file: Path, say: Say, *, key: Path | None = None) -> None:
    """Makes DATA_DIR and the database from a copy, and brings both up to this program. Raises Unusable.

    Everything is unpacked and held against the list first; the database comes last. A restore that was interrupted
    begins again.
    """
    data: Path = settings.DATA_DIR
    if not file.is_file():
        raise Unusable(f"There is no file {file}.")
    try:
        data.mkdir(parents=True, exist_ok=True)
        _clear_unfinished(data)
        _refuse_what_is_there(data)
        place = data / UNFINISHED
        place.mkdir(mode=0o700)
        try:
            told = archives.unpack(file, place, key)
            _refuse_what_does_not_fit(told)
            say(f"The copy is whole: {len(told['files'])} files, made {told['made'][:16]}Z")
            _move_in(place, data)
        except BaseException:
            _clear_unfinished(data)
            raise
        shutil.rmtree(place)
    except OSError as problem:
        raise Unusable(f"DATA_DIR {data} cannot be used: {problem}.") from problem
    connections.close_all()
    _follow(told["base_url"])
    preparation.bring_up_to_date(say)
    call_command("update_index", verbosity=0)
    say(f"Search index: built, {search.rebuild()} documents")
    if (data / "keys" / "secret_key").read_text(encoding="utf-8").strip() != settings.SECRET_KEY:
        say(
            f"SECRET_KEY is another one than that of the copy, which is in {data / 'keys' / 'secret_key'}: with the old "
            "one, links in mails that were sent go on working."
        )


def _refuse_what_is_there(data: Path) -> None:
    known = MADE_ANEW | {path.name for path in snapshots.database_files()}
    there = sorted(path.name for path in data.iterdir() if path.name not in known and not _is_empty(path))
    if there:
        raise Unusable(
            f"{data} holds data already ({', '.join(there[:5])}). Name an empty folder as DATA_DIR."
        )
    if snapshots.holds_something():
        raise Unusable("The database of the settings has tables already. Restore into an empty one.")


def _is_empty(path: Path) -> bool:
    return not any(path.iterdir()) if path.is_dir() else path.stat().st_size == 0


def _refuse_what_does_not_fit(told: dict[str, Any]) -> None:
    if told.get("form", 0) > FORM:
        raise Unusable("It was made by a newer version of the program. Install that one, then restore.")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(told["migrations"]) - known):
        raise Unusable(
            f"It was made by a newer version of the program, which had {newer[0]}. Install that one, then restore."
        )
    if told["engine"] != connection.vendor:
        raise Unusable(
            f"It was made from {told['engine']}, and the settings name {connection.vendor}. Restore it on "
            f"{told['engine']}; from SQLite to PostgreSQL leads manage.py move_database."
        )
    if told["production"] and settings.DEMO_CONTENT:
        raise Unusable(
            "It is of a site for the public: set DJANGO_SETTINGS_MODULE=exchange.settings.production."
        )


def _move_in(place: Path, data: Path) -> None:
    """Into their places, the database last: without it nobody takes the folder for a site."""
    for name in ("media", "keys", site_file.NAME):
        if (place / name).exists():
            target = Path(settings.MEDIA_ROOT) if name == "media" else data / name
            if target.is_dir():
                target.rmdir()  # empty, or it would have been refused
            (place / name).replace(target)
    (data / "keys").chmod(0o700)
    snapshots.put(place / snapshots.file_name())


def _clear_unfinished(data: Path) -> None:
    """What an interrupted restore has left: it began in an empty folder, so all of it is its own."""
    if not (data / UNFINISHED).exists():
        return
    for name in ("media", "keys"):
        shutil.rmtree(data / name, ignore_errors=True)
    (data / site_file.NAME).unlink(missing_ok=True)
    snapshots.forget_empty()
    shutil.rmtree(data / UNFINISHED)


def _follow(old_base_url: str) -> None:
    """A copy that is restored elsewhere stands at the new address, unless an administrator gave another one."""
    host = urlsplit(old_base_url).hostname
    Site.objects.filter(is_default_site=True, hostname=host).update(hostname=NOT_SET_UP)
