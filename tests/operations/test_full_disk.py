"""A site on one machine whose disk is full: pages are answered, nothing typed is lost, and it goes on when there is room."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.processes import PublicSite, Visitor

ROOM = 20  # megabytes beyond what the site has


@pytest.fixture
def disk(site: PublicSite, tmp_path: Path) -> Iterator[Path]:
    """A small disk in memory, with a copy of the site on it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    used = sum(file.stat().st_size for file in site.data.rglob("*") if file.is_file()) // 1_000_000
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={used * 2 + ROOM}m", "none", str(folder)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("This user may mount no disk.")
    try:
        shutil.copytree(site.data, folder / "data")
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def fill(disk: Path) -> None:
    """Until not a byte is left."""
    with (disk / "ballast").open("wb", buffering=0) as ballast:
        for size in (1_000_000, 4_096, 1):
            with contextlib.suppress(OSError):
                while ballast.write(b"0" * size) == size:
                    pass


def test_pages_are_answered_and_what_was_typed_is_given_back(site: PublicSite, disk: Path) -> None:
    there = PublicSite(disk / "data", SECRET_KEY=site.environment["SECRET_KEY"])
    password = secrets.token_urlsafe(12)
    typed = {"name": "Hanae of the full disk", "email": "hanae@mails.example"}
    typed |= {"password1": password, "password2": password}
    with there.served() as port:
        assert Visitor(port).get("/en/")[0] == 200
        fill(disk)
        for path in ("/en/", "/en/learn/", "/en/exchange/", "/en/people/", "/en/account/login/"):
            assert Visitor(port).get(path)[0] == 200, path
        assert Visitor(port).get("/healthz/ready")[0] == 503
        status, page = Visitor(port).post("/en/account/signup/", **typed)
        assert (status, "Hanae of the full disk" in page, password in page) == (503, True, False)
        (disk / "ballast").unlink()
        status, page = Visitor(port).post("/en/account/signup/", **typed)
        assert (status, "on its way" in page) == (200, True)
