"""How long answers take, from one client and from several at once, and what the process weighs meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """The median, the slow ends and the mean, in milliseconds."""
    ordered = sorted(seconds)
    places = {share: min(len(ordered) * share // 100, len(ordered) - 1) for share in (50, 95, 99)}
    found = {f"p{share}": 1000 * ordered[place] for share, place in places.items()}
    return found | {"mean": 1000 * fmean(ordered)}


def timed(call: Callable[[], Any]) -> float:
    """Seconds a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def measured(calls: Sequence[Callable[[], Any]], *, clients: int, times: int) -> dict[str, float]:
    """Percentiles of at least `times` calls, taken in turn by `clients` threads that never pause."""
    taken: list[list[float]] = [[] for _ in range(clients)]
    each = max(times // clients, 1)

    def client(number: int) -> None:
        for step in range(each):
            taken[number].append(timed(calls[(number + step * clients) % len(calls)]))

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return percentiles([seconds for one in taken for seconds in one])


def memory() -> dict[str, float]:
    """Megabytes of this process: all that is resident, and of it what is its own and no file's."""
    lines = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    values = {line[0].rstrip(":"): float(line[1]) / 1024 for line in lines if line[-1] == "kB"}
    return {"resident": values["VmRSS"], "own": values["RssAnon"]}


def weight(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
