"""Typed reading of environment variables. A wrong value stops the start with a sentence."""

from __future__ import annotations

import os
import re
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The variable as text, or the default where it is unset or empty."""
    return os.environ.get(name) or default


def flag(name: str, default: bool = False) -> bool:
    """The variable as yes or no. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no (1 or 0), not {value!r}.")


def number(name: str, default: int, *, least: int = 0, most: int = 2**31 - 1) -> int:
    """The variable as a whole number. Raises ImproperlyConfigured for anything else, and beyond the bounds."""
    value = text(name, str(default))
    try:
        found = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if not least <= found <= most:
        raise ImproperlyConfigured(f"{name} must be a number from {least} to {most}, not {found}.")
    return found


def choice(name: str, allowed: tuple[str, ...]) -> str:
    """The variable as one of the allowed words, the first where it is unset. Raises ImproperlyConfigured."""
    value = text(name, allowed[0]).strip().lower()
    if value not in allowed:
        named = ", ".join(repr(word) for word in allowed)
        raise ImproperlyConfigured(f"{name} must be one of {named}, not {value!r}.")
    return value


def items(name: str, default: str = "") -> list[str]:
    """The variable as a list, separated by commas."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def path(name: str, default: Path) -> Path:
    """The variable as an absolute path of a folder, which need not be there. Raises ImproperlyConfigured for a file."""
    found = Path(text(name, str(default))).expanduser().resolve()
    if found.exists() and not found.is_dir():
        raise ImproperlyConfigured(f"{name} must be a folder; {found} is none.")
    return found


def address(name: str, default: str = "") -> str:
    """The variable as an address of the web. Raises ImproperlyConfigured for anything else."""
    value = text(name, default)
    if value and not _is_address(value):
        raise ImproperlyConfigured(f"{name} must begin with https:// or http:// and a host, not {value!r}.")
    return value


def origin(name: str, default: str = "") -> str:
    """An address with nothing behind its host and port, since paths are put behind it. Raises ImproperlyConfigured."""
    value = address(name, default)
    parts = urlsplit(value)
    if parts.path or parts.query or parts.fragment or parts.username:
        begins = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        raise ImproperlyConfigured(
            f"{name} must end with the host: {begins}, not {value!r}. The site cannot lie below a path."
        )
    return value


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def place(name: str, default: str) -> str:
    """A path on the web server before us, with both slashes. Raises ImproperlyConfigured without them."""
    value = text(name, default)
    if not (value.startswith("/") and value.endswith("/") and len(value) > 2):
        raise ImproperlyConfigured(
            f"{name} must begin and end with a slash, such as {default}, not {value!r}."
        )
    return value


def redis(name: str) -> str:
    """The address of a Redis. Raises ImproperlyConfigured for another form, and where its client is not installed."""
    value = text(name)
    if not value:
        return ""
    if urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(f"{name} must begin with redis://, rediss:// or unix://.")
    _installed("redis", name, "redis")
    return value


def secret(name: str, module: str, extra: str) -> str:
    """A token that nobody guesses; empty where there is none. Raises ImproperlyConfigured for a short one, and where
    what it is for is not installed."""
    value = text(name)
    if not value:
        return ""
    if len(value) < 20 or not value.isascii() or any(char.isspace() for char in value):
        raise ImproperlyConfigured(f"{name} must be at least 20 letters and digits that nobody guesses.")
    _installed(module, name, extra)
    return value


def dsn(name: str) -> str:
    """Where reports of errors go: https://KEY@host/NUMBER. Raises ImproperlyConfigured for anything else, and where the
    client is not installed."""
    value = address(name)
    if value:
        parts = urlsplit(value)
        if not (parts.username and parts.path.rpartition("/")[2].isdigit()):
            raise ImproperlyConfigured(f"{name} must be of the form https://KEY@HOST/NUMBER.")
        _installed("sentry_sdk", name, "sentry")
    return value


def together(*names: str) -> None:
    """Raises ImproperlyConfigured where some of these are set and others are not."""
    missing = [name for name in names if not text(name)]
    if missing and len(missing) < len(names):
        given = [name for name in names if name not in missing]
        raise ImproperlyConfigured(
            f"{', '.join(given)} is set, and {', '.join(missing)} is not: both or neither."
        )


def _installed(module: str, name: str, extra: str) -> None:
    if find_spec(module) is None:
        raise ImproperlyConfigured(
            f"{name} needs packages that are not installed: "
            f".venv/bin/uv sync --frozen --inexact --no-install-project --extra {extra}"
        )


# Measured: with stock settings, two workers and a web process writing at once see "database is locked"
# hundreds of times; with these, never.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
}


def database(name: str, default_file: Path) -> dict[str, object]:
    """A Django database from a URL such as postgresql://name:secret@host:5432/base?sslmode=require.

    Without one: SQLite in the given file. Raises ImproperlyConfigured for another scheme.
    """
    url = text(name)
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": default_file, "OPTIONS": SQLITE_OPTIONS}
    return database_from(name, url)


def database_from(name: str, url: str) -> dict[str, object]:
    """A Django database from a URL; `name` is what a sentence calls it. Raises ImproperlyConfigured."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            "OPTIONS": SQLITE_OPTIONS,
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{name} must begin with postgresql:// or sqlite://, not {parts.scheme!r}."
        )
    try:
        port = str(parts.port or "")
    except ValueError:
        raise ImproperlyConfigured(f"{name} must have a number as its port.") from None
    if not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} must name a database: postgresql://name:secret@host/base")
    _installed("psycopg", name, "postgres")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": port,
        "OPTIONS": {"connect_timeout": 5, **dict(parse_qsl(parts.query))},
        "CONN_MAX_AGE": 60,
        # A connection that a restart of the server has cut is noticed before a page is made with it.
        "CONN_HEALTH_CHECKS": True,
    }


STORAGE_OPTIONS = {"region", "tls", "public"}


def storage(name: str, default_folder: Path) -> tuple[Path, dict[str, object]]:
    """Where uploaded files lie: a folder, and Django's storage for it or for an object store.

    A folder is given by its absolute path, a store by s3://key:secret@host:port/bucket/prefix?region=…&tls=off&public=…
    Raises ImproperlyConfigured, with a sentence, for anything else and for half of it.
    """
    url = text(name)
    if not url or url.startswith(("/", "~", "file://")):
        folder = Path(unquote(urlsplit(url).path) if url.startswith("file:") else url or default_folder)
        return folder.expanduser().resolve(), {"BACKEND": "exchange.home.storage.filesystem.FolderStorage"}
    if not url.startswith("s3://"):
        raise ImproperlyConfigured(f"{name} must be the absolute path of a folder, or begin with s3://.")
    return default_folder, {
        "BACKEND": "exchange.home.storage.s3.ObjectStorage",
        "OPTIONS": _bucket(name, url),
    }


def _bucket(name: str, url: str) -> dict[str, object]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        # Without Python's own words: they quote what stands where the port should be, which is part of the secret.
        raise ImproperlyConfigured(
            f"{name} cannot be read. Write @ / : ? # % in key and secret as %40 %2F %3A %3F %23 %25."
        ) from None
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    bucket, _slash, prefix = unquote(parts.path).strip("/").partition("/")
    needed = {
        "the key": parts.username,
        "the secret": parts.password,
        "the host of the store": parts.hostname,
    }
    missing = [word for word, there in {**needed, "the name of the bucket": bucket}.items() if not there]
    if missing:
        raise ImproperlyConfigured(
            f"{name} lacks {', '.join(missing)}. It is written s3://KEY:SECRET@HOST/BUCKET?region=REGION."
        )
    if unknown := sorted(set(asked) - STORAGE_OPTIONS):
        known = ", ".join(sorted(STORAGE_OPTIONS))
        raise ImproperlyConfigured(f"{name} has {', '.join(unknown)} after its ?; known are {known}.")
    if asked.get("tls", "on") not in {"on", "off"}:
        raise ImproperlyConfigured(f"tls in {name} is on or off.")
    public = asked.get("public", "").rstrip("/")
    if public and not re.fullmatch(r"https?://[^/?#@\s]+", public):
        raise ImproperlyConfigured(f"public in {name} is an address such as https://files.example.org.")
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured(f"{name} names an object store, which needs the extra s3 to be installed.")
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else str(parts.hostname)
    scheme = "http" if asked.get("tls") == "off" else "https"
    return {
        "endpoint_url": f"{scheme}://{host}{f':{port}' if port else ''}",
        "bucket_name": bucket,
        "location": f"{prefix}/" if prefix else "",
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "region_name": asked.get("region") or "us-east-1",
        "public_url": public,
    }


def origin_of(storage: dict[str, object]) -> list[str]:
    """The object store's address as browsers reach it; nothing for a folder."""
    options = storage.get("OPTIONS")
    return [str(options["public_url"] or options["endpoint_url"])] if isinstance(options, dict) else []
