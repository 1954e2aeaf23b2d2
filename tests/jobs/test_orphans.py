"""A worker that is killed leaves no process behind, and what it had begun is begun again by the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60


def below(pid: int) -> set[int]:
    """The processes that one has started, and theirs."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                told = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if told[0] != "Z":
                parents[int(entry.name)] = int(told[1])
    found, new = set[int](), {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found


def alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="Looks into /proc")
def test_a_worker_killed_with_9_leaves_nobody_behind(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "exchange.settings.dev",
        "DATA_DIR": str(tmp_path),
    }
    subprocess.run(
        [sys.executable, "manage.py", "prepare", "database"], cwd=ROOT, env=environment, check=True
    )
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "qcluster"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + SECONDS
        while len(started := below(worker.pid)) < 4:  # the guard, a worker, who fetches, who notes down
            assert time.monotonic() < until, "The worker did not start."
        worker.kill()
        worker.wait()
        until = time.monotonic() + SECONDS
        while any(map(alive, started)):
            assert time.monotonic() < until, f"Still there: {[pid for pid in started if alive(pid)]}"
    finally:
        try:
            os.killpg(worker.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
