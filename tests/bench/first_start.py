"""What the first `make start` costs: processor time of all its processes, by step, and as a multiple of a floor.

    python -m tests.bench.first_start [--starts 1]

Starts the site in an empty folder on a port of its own, as `make start` does where the environment is there, waits
until it greets, and ends it. The floor is measured before and after: this Python compiling a fixed part of its own
library, which other work on the machine slows down as it does the start. Seconds differ between machines and hours by
half; the multiple hardly does. Linux only (/proc). `GOAL` is the most that a test lets it be.

Measured on the same hour of a busy machine with two processors, before and after an empty database was made from a
file, few objects were indexed without further processes and once, and compiled modules were kept:

    step            before   after
    Database          57.4    10.1      with Django's own start, 5 to 8
    Demo content      13.7    17.9      14 to 18, as busy as the machine is
    Search index      15.6     2.8
    Web server        14.6     6.4
    Queue worker       7.0     3.7
    whole            111.6    39.0      119 and 48 times the floor
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from tests.served import free_port

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
FLOOR_MODULES = 150
# 119 were 79 seconds on the machine where the goal of 50 was set.
GOAL = 75
WHOLE = "all, with its end"
STEPS = (
    "Environment",
    "Packages",
    "Database",
    "Styles and scripts",
    "Demo content",
    "Search index",
    "Web server",
    "Queue worker",
)


def floor() -> float:
    """Processor seconds that this Python needs to compile the longest modules of its own library."""
    library = Path(sysconfig.get_path("stdlib"))
    longest = sorted(library.glob("*.py"), key=lambda file: (-file.stat().st_size, file.name))[:FLOOR_MODULES]
    sources = [file.read_text(encoding="utf-8") for file in longest]
    began = time.process_time()
    for source in sources:
        compile(source, "floor", "exec")
    return time.process_time() - began


def spent_below(pid: int) -> float:
    """Processor seconds of a process, of all it has started, and of those of them that have ended."""
    parents: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        process = int(entry.parent.name)
        parents.setdefault(int(fields[1]), []).append(process)
        used[process] = sum(map(int, fields[11:15])) / TICKS
    total, below = 0.0, [pid]
    while below:
        process = below.pop()
        total += used.get(process, 0.0)
        below += parents.get(process, [])
    return total


def start(folder: Path) -> dict[str, float]:
    """Processor seconds by step of one first start."""
    environment = {**os.environ, "DATA_DIR": str(folder), "PORT": str(free_port()), "PYTHONUNBUFFERED": "1"}
    for name in (
        "DJANGO_SETTINGS_MODULE",
        "DATABASE_URL",
        "BASE_URL",
        "DEBUG",
        "TEST_DATA_DIR",
        "SEARCH_URL",
    ):
        environment.pop(name, None)
    spent, before, greeted = dict.fromkeys(STEPS, 0.0), 0.0, False
    before_all = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = subprocess.Popen(
        [sys.executable, "site/start.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        for line in child.stdout or ():
            if found := re.match(r"\[\d/\d\] (" + "|".join(STEPS) + ")", line):
                now = spent_below(child.pid)
                spent[found[1]], before = now - before, now
            if line.startswith("The Capacity Exchange is at"):
                # The worker goes on when it is started: until it is at rest, it belongs to the start.
                spent["Queue worker"] += _at_rest(child.pid) - before
                greeted = True
                break
    finally:
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=60)
    if not greeted:
        raise RuntimeError("The start ended before it greeted; its messages are above.")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent["all, with its end"] = after.ru_utime + after.ru_stime - before_all.ru_utime - before_all.ru_stime
    return spent


def _at_rest(pid: int, seconds: float = 3.0) -> float:
    before = spent_below(pid)
    while True:
        time.sleep(seconds)
        now = spent_below(pid)
        if now - before < 0.1 * seconds:
            return now
        before = now


def measured(folder: Path) -> tuple[dict[str, float], float]:
    """What a first start costs by step, and the floor around it, in processor seconds."""
    before, spent = floor(), start(folder)
    return spent, (before + floor()) / 2


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--starts", type=int, default=1)
    options = parser.parse_args()
    for _ in range(options.starts):
        with tempfile.TemporaryDirectory() as folder:
            spent, least = measured(Path(folder))
        whole = spent.pop(WHOLE)
        for step, seconds in spent.items():
            print(f"{step:14} {seconds:6.1f} s")
        print(
            f"{'whole':14} {whole:6.1f} s   floor {least:.2f} s   {whole / least:.1f} times the floor",
            flush=True,
        )


if __name__ == "__main__":
    main()
