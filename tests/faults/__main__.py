"""Runs the faults: `python -m tests.faults [short]`. Ends with 1 where anything was lost, doubled, oversold, jumped, or
failed without a reason. The long form writes docs/operate/faults.md. FAULTS_SECONDS ends it early, FAULTS_LOG names a file
for all requests."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

from tests.cluster.topology import ROOT, Cluster, running
from tests.elasticsearch_server import Missing
from tests.faults.log import Asked, Ledger, now
from tests.faults.parts import Fault, SlowLines, every, short, small_disk

GRACE = 3.0  # seconds in which the proxy learns that a part is back
AT_ONCE = 0.3  # seconds that a kill takes
BETWEEN = 6  # seconds of peace after each fault
HEALED_WITHIN = 240  # seconds until nothing waits any more
PAGE = ROOT / "docs" / "operate" / "faults.md"


@dataclass
class Window:
    """When a fault lasted, and which pages were in the cache as it began."""

    fault: Fault
    began: float
    ended: float = 0.0
    kept: set[str] = field(default_factory=set)

    def holds(self, asked: Asked) -> bool:
        """Whether a request was under way while it lasted."""
        return asked.ended >= self.began and asked.began <= self.ended + GRACE


class Run:
    """One run on a cluster."""

    def __init__(self, cluster: Cluster, members: int, mentees: int) -> None:
        from tests.faults.people import World, crowd

        told = cluster.manage(
            "shell",
            "--no-imports",
            "-c",
            f"from tests.faults.scenery import tell; tell({members}, {mentees})",
        )
        self.cluster, self.ledger = cluster, Ledger()
        scenery = json.loads(told.partition("SCENERY ")[2])
        self.world = World(cluster, scenery, self.ledger, threading.Event(), threading.Event())
        self.world.writing.set()
        self.people = crowd(self.world, members, mentees)
        self.windows: list[Window] = []
        self.left_out: list[str] = []

    def go(self, faults: list[Fault]) -> None:
        """Everybody at work, one fault after the other."""
        for person in self.people:
            person.start()
        time.sleep(BETWEEN * 2)
        try:
            until = now() + float(os.environ.get("FAULTS_SECONDS") or 1500)
            for fault in faults:
                if now() > until:
                    self.left_out.append(fault.name)
                    continue
                self._suffer(fault)
                time.sleep(BETWEEN)
        finally:
            self.world.stop.set()
            self.world.writing.set()
            for person in self.people:
                person.join(200)

    def _suffer(self, fault: Fault) -> None:
        window = Window(fault, 0.0)
        if fault.from_cache:
            window.kept = self._all_kept()
        window.began = now()
        print(f"  {fault.name} …", end="", flush=True)
        fault.begin(self.cluster)
        self.world.writing.set()
        time.sleep(fault.seconds)
        fault.end(self.cluster)
        window.ended = now()
        self.windows.append(window)
        print(f" {window.ended - window.began:.0f} s", flush=True)

    def _all_kept(self) -> set[str]:
        """Holds writers until the last answer of each page that anonymous readers open came from the cache; those of
        which it did."""
        self.world.writing.clear()
        until = now() + 30
        while now() < until:
            last = {asked.path: asked.kept for asked in self.ledger.asked if asked.who.startswith("reader")}
            if all(last.values()):
                break
            time.sleep(0.3)
        return {path for path, kept in last.items() if kept}

    def heal(self) -> float:
        """Waits until no job, no mail and no change waits; the seconds that took.

        A mail that a killed worker had taken up is taken up again after ten minutes, and is not waited for.
        """
        code = (
            "from django_q.models import OrmQ; from search.models import OutboxEntry; "
            "from foundation.notifications.models import Mail; "
            "print('WAITS', OrmQ.objects.count(), OutboxEntry.objects.pending().count(), "
            "Mail.objects.filter(state='waiting').count())"
        )
        began = now()
        while True:
            told = self.cluster.manage("shell", "--no-imports", "-c", code).partition("WAITS ")[2]
            if told.split() == ["0", "0", "0"]:
                return now() - began
            if now() - began > HEALED_WITHIN:
                self.ledger.surprise(f"still waiting (jobs, changes, mails): {told.strip()}")
                return now() - began
            time.sleep(2)

    def audit(self) -> dict[str, Any]:
        """What the site says against what people were told."""
        file = self.cluster.folder / "ledger.json"
        self.ledger.write(file)
        code = f"from tests.faults.audit import tell; tell({str(file)!r})"
        told: dict[str, Any] = json.loads(
            self.cluster.manage("shell", "--no-imports", "-c", code).partition("AUDIT ")[2]
        )
        mails = [mail.message["Message-ID"] for mail in self.cluster.mail.mails]
        for twice in sorted({one for one in mails if mails.count(one) > 1}):
            told["wrong"]["doubled"].append(f"mail {twice}")
        return told

    def rows(self) -> list[dict[str, Any]]:
        """For each fault: requests, those that failed and why that is wrong."""
        made = []
        for window in self.windows:
            asked = [each for each in self.ledger.asked if window.holds(each)]
            failed = [each for each in asked if each.failed]
            from_cache = [
                each for each in failed if each.path in window.kept and each.who.startswith("reader")
            ]
            fault = window.fault
            fair = [
                each
                for each in failed
                if fault.may_fail
                or (fault.takes_forms and each.method == "POST" and each.began <= window.began + AT_ONCE)
            ]
            wrong = [*from_cache, *(each for each in failed if each not in fair)]
            made.append(
                {
                    "fault": window.fault.name,
                    "seconds": window.ended - window.began,
                    "requests": len(asked),
                    "failed": len(failed),
                    "readers": len([each for each in failed if each.who.startswith("reader")]),
                    "slowest": max((each.ended - each.began for each in asked), default=0),
                    "wrong": [f"{each.method} {each.path}: {each.status}" for each in wrong],
                }
            )
        return made

    def unexplained(self) -> list[str]:
        """Requests that failed while nothing was down, words that a refused form did not give back."""
        return [
            f"{each.who} {each.method} {each.path}: {each.status}"
            for each in self.ledger.asked
            if each.failed and not any(window.holds(each) for window in self.windows)
        ] + [f"words lost: {each.who} {each.path}" for each in self.ledger.asked if each.lost_words]


@contextmanager
def prepared(*, whole: bool) -> Iterator[tuple[Cluster, list[Fault]]]:
    """The cluster and what is to be done to it."""
    if not whole:
        with running() as cluster:
            yield cluster, short()
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="exchange-faults-")))
        folder.chmod(0o755)
        disk = stack.enter_context(small_disk(folder / "disk"))
        lines = SlowLines(folder)
        stack.callback(lambda: lines.process and lines.process.kill())
        cluster = stack.enter_context(running(3, lines=lines.line, disk=disk))
        yield cluster, every(lines, disk)


def main(words: list[str]) -> int:
    """Prints what happened. Raises Missing."""
    whole = words != ["short"]
    sys.path.insert(0, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.test")
    django.setup()
    began = now()
    with prepared(whole=whole) as (cluster, faults):
        print(f"The cluster stands after {now() - began:.0f} s", flush=True)
        run = Run(cluster, *((15, 6) if whole else (9, 3)))
        run.go(faults)
        healed = run.heal()
        told = run.audit()
        if kept := os.environ.get("FAULTS_LOG"):
            run.ledger.write_requests(Path(kept))
    return _report(run, told, healed, now() - began, whole=whole)


def _report(run: Run, told: dict[str, Any], healed: float, seconds: float, *, whole: bool) -> int:
    rows, unexplained = run.rows(), run.unexplained()
    lines = [
        "| what happened | seconds | requests | failed | of readers not signed in | slowest answer |",
        "|---|---|---|---|---|---|",
        *(
            f"| {row['fault']} | {row['seconds']:.0f} | {row['requests']} | {row['failed']} | {row['readers']} "
            f"| {row['slowest']:.1f} s |"
            for row in rows
        ),
    ]
    counts = ", ".join(f"{number} {name}" for name, number in sorted(told["counts"].items()))
    result = [f"{kind} **{len(found)}**" for kind, found in told["wrong"].items()]
    text = "\n".join(
        [
            *lines,
            "",
            f"{len(run.ledger.asked)} requests of {len(run.people)} people in {seconds:.0f} s. Acknowledged: {counts}.",
            f"Nothing waited any more {healed:.0f} s after the last fault.",
            *([f"No time was left for: {', '.join(run.left_out)}."] if run.left_out else []),
            f"The machine: {os.cpu_count()} cores, shared by all parts, the people and whatever else ran there.",
            "",
            f"{', '.join(result)}; failed while nothing was down **{len(unexplained)}**.",
        ]
    )
    print(text)
    wrong = [f"{kind}: {each}" for kind, found in told["wrong"].items() for each in found]
    wrong += [f"failed: {row['fault']}: {each}" for row in rows for each in row["wrong"]]
    wrong += [f"unexplained: {each}" for each in unexplained]
    wrong += [f"surprise: {each}" for each in run.ledger.surprises]
    for each in wrong[:60]:
        print(each)
    if whole and not wrong:
        head, _mark, _rest = PAGE.read_text(encoding="utf-8").partition("<!-- table -->")
        PAGE.write_text(f"{head}<!-- table -->\n\n{text}\n", encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # all that was started ends with it
    try:
        sys.exit(main(sys.argv[1:]))
    except Missing as reason:
        sys.exit(str(reason))
