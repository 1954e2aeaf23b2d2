"""A whole site in a folder of its own, with real processes: for tests that kill some of them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class House:
    """A site below `folder`: its database (a copy of `database`, where one is given), its index, its worker."""

    def __init__(self, folder: Path, search_url: str = "tantivy://", *, database: Path | None = None) -> None:
        self.folder = folder
        self.worker: subprocess.Popen[bytes] | None = None
        left_out = ("DATABASE_URL", "TEST_DATA_DIR", "REDIS_URL")
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in left_out},
            "DJANGO_SETTINGS_MODULE": "exchange.settings.dev",
            "DATA_DIR": str(folder),
            "SEARCH_URL": search_url,
            "DEBUG": "false",
            "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
        }
        folder.mkdir(parents=True, exist_ok=True)
        if database is not None:
            shutil.copy(database, folder / "db.sqlite3")

    def prepare(self, *parts: str) -> None:
        """What `make start` prepares: "database", "static" …"""
        command = [sys.executable, "manage.py", "prepare", *parts]
        subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, timeout=600, stdout=subprocess.DEVNULL
        )

    def migrate(self) -> Path:
        """Make the database; answers its file."""
        self.prepare("database")
        with sqlite3.connect(self.folder / "db.sqlite3") as made:
            made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self.folder / "db.sqlite3"

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Start `python -m tests.search.inside` with these words."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.search.inside", *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *words: str) -> Any:
        """Run it to its end and answer what it printed, as JSON."""
        process = self.begin(*words)
        printed, _ = process.communicate(timeout=300)
        assert process.returncode == 0, words
        return json.loads(printed.splitlines()[-1])

    def start_worker(self) -> None:
        """The queue's worker, as every site runs it."""
        with (self.folder / "worker.log").open("ab") as log:
            self.worker = subprocess.Popen(
                [sys.executable, "manage.py", "qcluster"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill_worker(self) -> None:
        """End it with everything it has started, as a power cut would."""
        if self.worker is not None:
            kill(self.worker)
            self.worker = None

    def until(self, happened: Callable[[dict[str, Any]], bool], seconds: float = 120) -> dict[str, Any]:
        """The state of the index once something has happened. Fails after so many seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            state: dict[str, Any] = self.run("state")
            if happened(state):
                return state
        log = (self.folder / "worker.log").read_text(errors="replace")[-3000:]
        raise AssertionError(f"It did not happen within {seconds} s: {state}\n{log}")


def kill(process: subprocess.Popen[Any]) -> None:
    """End a process and its children at once."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
