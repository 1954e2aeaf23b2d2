"""The measurements as Markdown, with the goals beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.bench.search.workload import COMMON, KINDS

SLOWEST = 25.0  # ms: 95 of 100 answers of every kind, from one client
TIMES_FTS5, TIMES_STOCK = 20, 1000
BUILT = 5000  # documents a second
LARGEST = 500.0  # MB of a process that reads

Found = dict[str, Any]  # name of a system -> its measurements


def tables(found: Found) -> str:
    """All tables, ready for docs/search-benchmarks.md."""
    return "\n".join([*_building(found), "", *_asking(found), "", *_goals(found)])


def _building(found: Found) -> Iterator[str]:
    yield "| | documents | built in | a second | on disk | memory of a reader (its own) | update to visible, p50 / p95 |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for name, one in found.items():
        memory = one.get("memory")
        update = one.get("updates")
        cells = [
            f"{one['documents']:,}",
            f"{one['seconds']:.0f} s",
            f"{one['per_second']:,.0f}",
            f"{one['bytes'] / 1e6:,.0f} MB" if one.get("bytes") else "–",
            f"{memory['resident']:.0f} MB ({memory['own']:.0f} MB)" if memory else "–",
            f"{update['p50']:.0f} / {update['p95']:.0f} ms" if update else "–",
        ]
        yield f"| {name} | " + " | ".join(cells) + " |"


def _asking(found: Found) -> Iterator[str]:
    yield "| milliseconds: p50 / p95 / p99 | clients | " + " | ".join(KINDS) + " |"
    yield "|---|--:|" + "--:|" * len(KINDS)
    for name, one in found.items():
        numbers = sorted({int(number) for asked in one["queries"].values() for number in asked})
        for number in numbers:
            cells = [_cell(one["queries"].get(kind, {}).get(str(number))) for kind in KINDS]
            yield f"| {name} | {number} | " + " | ".join(cells) + " |"


def _cell(taken: dict[str, float] | None) -> str:
    if not taken:
        return "–"
    return " / ".join(_number(taken[name]) for name in ("p50", "p95", "p99"))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def goals(found: Found) -> list[tuple[str, float, float, bool]]:
    """(goal, measured, wanted, whether it is met) for what this run has measured."""
    large = next((one for name, one in found.items() if name.startswith("tantivy")), None)
    small = found.get("tantivy, small")
    said: list[tuple[str, float, float, bool]] = []
    if large:
        for kind, asked in large["queries"].items():
            taken = asked["1"]["p95"]
            said.append((f"p95 in ms, {kind}", taken, SLOWEST, taken <= SLOWEST))
        # What is mapped of the index is the system's cache: shared by all processes, given back on demand.
        rate, memory = large["per_second"], large["memory"]["own"]
        said.append(("documents built a second", rate, BUILT, rate >= BUILT))
        said.append(("MB of its own that a process takes to read", memory, LARGEST, memory < LARGEST))
    pairs = (("SQLite FTS5", large, TIMES_FTS5), ("Wagtail's back end", small, TIMES_STOCK))
    for name, ours, wanted in pairs:
        if ours and name in found:
            times = _common(found[name]) / _common(ours)
            said.append((f"times as fast as {name}, {COMMON}", times, wanted, times >= wanted))
    return said


def _common(one: dict[str, Any]) -> float:
    """The time of all questions together: what one machine answers in an hour."""
    return float(one["queries"][COMMON]["1"]["mean"])


def _goals(found: Found) -> Iterator[str]:
    yield "| goal | measured | wanted | |"
    yield "|---|--:|--:|---|"
    for name, measured, wanted, met in goals(found):
        yield f"| {name} | {_number(measured)} | {wanted:,.0f} | {'met' if met else '**missed**'} |"
