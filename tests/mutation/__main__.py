"""Puts small faults into the rules of the house, and counts those that a test notices.

    python -m tests.mutation --seed 20261130 --count 400 [--room mentoring] [--workers 2]
    python -m tests.mutation report --seed 20261130 --count 400

The seed draws the mutants; each is tried with the tests of its room that run the changed line. What was found is kept in
var/mutation: stopped and begun again, a run goes on where it was, and tries again what survived if the tests have changed,
and every mutant of a function that has changed. `report` writes tests/mutation/survivors.md with the reasons of
tests/mutation/reasons.toml. Ends with 1 if fewer than 90 in 100 are noticed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.mutation import report
from tests.mutation.mutants import Mutant, drawn, mutants_of
from tests.mutation.rooms import PLANTED, ROOMS, ROOT, Room
from tests.mutation.traces import CHOSEN, ENVIRONMENT, traces_of
from tests.mutation.worker import Job

WANTED = 0.9
NOTICED = ("killed", "timeout")


def results_in(folder: Path) -> dict[str, dict[str, Any]]:
    """What is known of each mutant; the last line about one counts."""
    found: dict[str, dict[str, Any]] = {}
    kept = folder / "results.jsonl"
    for line in kept.read_text().splitlines() if kept.exists() else ():
        result = json.loads(line)
        found[result["key"]] = {**found.get(result["key"], {}), **result}
    return found


def try_room(room: Room, mutants: list[Mutant], folder: Path, workers: int, *, known_tests: bool) -> None:
    """Tries what is not known yet of a room's mutants."""
    if not mutants:
        return
    known, traces = results_in(folder), traces_of(room, folder, only_known=known_tests)
    jobs, plans = [], []
    for mutant in mutants:
        tests = traces.running(mutant.file, *mutant.lines)
        plan = {"function_hash": mutant.function_hash, "tests_hash": traces.hash_of(tests)}
        old = known.get(mutant.key, {})
        same = old.get("function_hash") == mutant.function_hash
        if same and (
            old.get("outcome") in NOTICED
            or (old.get("outcome") == "survived" and old["tests_hash"] == plan["tests_hash"])
        ):
            continue
        if not tests:
            plan |= {"outcome": "survived", "by": "", "tests": 0}
        else:
            timed = [(test, traces.seconds[test]) for test in tests]
            jobs.append(Job(mutant.key, mutant.file, mutant.function, mutant.source, timed))
            plan |= {"outcome": "waits"}
        plans.append({"key": mutant.key, **plan})
    with (folder / "results.jsonl").open("a") as results:
        results.writelines(json.dumps(plan) + "\n" for plan in plans)
    if jobs:
        print(f"{room.name}: {len(jobs)} mutants to try", flush=True)
        run(jobs, folder, workers)


def run(jobs: list[Job], folder: Path, workers: int) -> None:
    """Tries mutants in so many processes, each with a database of its own."""
    running = []
    with tempfile.TemporaryDirectory() as temporary:
        for number in range(min(workers, len(jobs))):
            mine = jobs[number::workers]
            path = Path(temporary) / f"jobs-{number}.json"
            path.write_text(json.dumps([asdict(job) for job in mine]))
            files = sorted({test.partition("::")[0] for job in mine for test, _seconds in job.tests})
            environment = {
                **os.environ,
                **ENVIRONMENT,
                "MUTATION_JOBS": str(path),
                "MUTATION_RESULTS": str(folder / "results.jsonl"),
            }
            environment.pop("TEST_DATA_DIR", None)
            command = [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-s",
                "-p",
                "tests.mutation.worker",
                "-m",
                CHOSEN,
            ]
            running.append(subprocess.Popen([*command, *files], cwd=ROOT, env=environment))
        try:
            for process in running:
                process.wait()
        except BaseException:
            for process in running:
                process.terminate()
            raise


def summary(mutants: Iterable[Mutant], results: dict[str, dict[str, Any]]) -> tuple[str, float]:
    """A table of rooms, and the part of the tried mutants that was noticed."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for mutant in mutants:
        outcome = results.get(mutant.key, {}).get("outcome", "waits")
        counts[mutant.room][outcome] += 1
        counts["all"][outcome] += 1
    lines = [f"{'':14}{'mutants':>8}{'killed':>8}{'timeout':>8}{'survived':>9}{'not tried':>10}  noticed"]
    part = 0.0
    for name, row in sorted(counts.items(), key=lambda each: each[0] == "all"):
        killed, late, survived = row["killed"], row["timeout"], row["survived"]
        tried = killed + late + survived
        part = (killed + late) / tried if tried else 0.0
        total = sum(row.values())
        lines.append(
            f"{name:14}{total:8}{killed:8}{late:8}{survived:9}{total - tried:10}  {100 * part:.1f} %"
        )
    return "\n".join(lines), part


def main() -> int:
    """Draws, tries what is not known yet, prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [room.name for room in (*ROOMS, PLANTED)]
    parser.add_argument("what", nargs="?", choices=("run", "report"), default="run")
    parser.add_argument("--seed", type=int, default=20261130, help="draws the mutants")
    parser.add_argument("--count", type=int, default=400, help="so many are drawn of all rooms together")
    parser.add_argument("--room", choices=names, action="append", help="only those of this room are tried")
    parser.add_argument("--workers", type=int, default=1, help="so many are tried at a time")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / "var" / "mutation", help="what is found is kept here"
    )
    parser.add_argument(
        "--known-tests", action="store_true", help="only with tests that have been traced, as far as they go"
    )
    parser.add_argument("--survivors", action="store_true", help="name those that survived")
    options = parser.parse_args()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [PLANTED] if options.room == [PLANTED.name] else list(ROOMS)
    mutants = drawn((each for room in chosen for each in mutants_of(room)), options.seed, options.count)
    rooms = options.room or names
    if options.what == "run":
        for room in chosen:
            if room.name in rooms:
                mine = [each for each in mutants if each.room == room.name]
                try_room(room, mine, folder, options.workers, known_tests=options.known_tests)
    results = results_in(folder)
    mutants = [each for each in mutants if each.room in rooms]
    table, part = summary(mutants, results)
    print(table)
    survivors = [each for each in mutants if results.get(each.key, {}).get("outcome") == "survived"]
    if options.survivors:
        for each in survivors:
            ran = results[each.key]["tests"]
            print(
                f"{each.key}  {each.file}  {each.function}  ({ran} tests)\n    - {each.before}\n    + {each.after}"
            )
    if options.what == "report":
        report.write(survivors, results, table, seed=options.seed)
    return 0 if part >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
