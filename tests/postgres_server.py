"""A real PostgreSQL for tests, started on loopback in a temporary folder; it can be stopped, killed and started again."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Missing(Exception):
    """There is no PostgreSQL on this machine; the text says how to get it."""


class Server:
    """A running server."""

    def __init__(self, folder: Path, programs: Path, as_user: list[str], port: str) -> None:
        self.folder, self.port = folder, port
        self.options = f"-p {port} -c listen_addresses=127.0.0.1 -c max_connections=100 -k {folder}"
        self.programs = programs
        self.control = [*as_user, str(programs / "pg_ctl"), "-D", str(folder / "data")]

    @property
    def url(self) -> str:
        """The address of its first database."""
        return f"postgresql://exchange@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """With the data it had before; answers questions when this ends."""
        self._run("-w", "-o", self.options, "-l", str(self.folder / "log"), "start")

    def stop(self, mode: str = "immediate") -> None:
        """`fast` ends all sessions in order, `immediate` as a power cut does."""
        self._run("-w", "-m", mode, "stop")

    def create(self, name: str) -> None:
        """Another database, empty."""
        self.client("psql", "-qc", f'CREATE DATABASE "{name}"')

    def client(self, program: str, *arguments: str) -> str:
        """What one of its client programs prints."""
        command = [str(self.programs / program), *arguments, self.url]
        return subprocess.run(command, check=True, capture_output=True, text=True, cwd=self.folder).stdout

    def _run(self, *arguments: str) -> None:
        command = [*self.control, *arguments]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, cwd=self.folder)


@contextmanager
def running(port: str, disk: Path | None = None) -> Iterator[Server]:
    """One for as long as the block runs. With a folder for its data, what it acknowledges is written there.
    Raises Missing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").is_dir() else []
    if not found:
        raise Missing("No PostgreSQL server: on Debian, apt-get install postgresql")
    programs = found[-1]
    # PostgreSQL refuses to run as root.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="exchange-pg-", dir=disk))
    if as_user:
        shutil.chown(folder, "postgres")
    try:
        command = [*as_user, str(programs / "initdb"), "-D", str(folder / "data")]
        subprocess.run(
            [*command, "-A", "trust", "-U", "exchange", "-E", "UTF8"],
            stdout=subprocess.DEVNULL,
            check=True,
            cwd=folder,
        )
        server = Server(folder, programs, as_user, port)
        if disk is None:
            server.options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        server.start()
        try:
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
