"""Which test runs which line of the code that is tried, and how long each test takes.

A room's tests run once under coverage, each a context of its own. What is known is kept in a folder; only what has
changed since runs again: all tests of the room if its code has, else the changed files of tests.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.mutation.rooms import PLANTED, ROOMS, ROOT, Room

# Only the engine that lives in the process: a server would know nothing of a mutant.
ENVIRONMENT = {"TEST_ELASTICSEARCH_URL": "skip: mutants are tried in one process"}
CHOSEN = "not browser and not postgresql"


@dataclass
class Traces:
    """What is known of a room's tests. `lines`: file, line, the tests that run it; `seconds`: of each test that
    passed; `code` and `tests`: the hashes of the files for which this is so."""

    code: dict[str, str] = field(default_factory=dict)
    tests: dict[str, str] = field(default_factory=dict)
    lines: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def running(self, file: str, first: int, last: int) -> list[str]:
        """The tests that run any of these lines, quickest first."""
        of_file = self.lines.get(file, {})
        found = {test for line in range(first, last + 1) for test in of_file.get(str(line), ())}
        return sorted(found & self.seconds.keys(), key=lambda test: (self.seconds[test], test))

    def hash_of(self, tests: list[str]) -> str:
        """Changes when one of the tests may have, or others run the line."""
        files = {test.partition("::")[0] for test in tests}
        known = [*sorted(tests), *(self.tests.get(name, "") for name in sorted(files))]
        return hashlib.sha256("\0".join(known).encode()).hexdigest()[:12]


def traces_of(room: Room, folder: Path, *, only_known: bool = False) -> Traces:
    """What is known of the room's tests, after running what has changed, or without doing so."""
    kept = folder / f"traces-{room.name}.json"
    known = Traces(**json.loads(kept.read_text())) if kept.exists() else Traces()
    code = {path.relative_to(ROOT).as_posix(): _hash(path) for path, _functions in room.files()}
    tests = {
        path.relative_to(ROOT).as_posix(): _hash(path)
        for path in sorted((ROOT / room.tests).rglob("test_*.py"))
    }
    if known.code != code:
        known = Traces(code)
    changed = [name for name, digest in tests.items() if known.tests.get(name) != digest]
    gone = {name for name in known.tests if tests.get(name) != known.tests[name]}
    if only_known or (not changed and not gone):
        return known
    known.seconds = {
        test: took for test, took in known.seconds.items() if test.partition("::")[0] not in gone
    }
    if changed:
        print(f"{room.name}: tracing {len(changed)} files of tests", flush=True)
        new = _run(changed, folder)
        known.seconds |= new.seconds
        for file, lines in new.lines.items():
            kept_lines = known.lines.setdefault(file, {})
            for line, names in lines.items():
                kept_lines[line] = sorted({*kept_lines.get(line, ()), *names})
    known.tests = tests
    kept.write_text(json.dumps(vars(known)))
    return known


def _run(files: list[str], folder: Path) -> Traces:
    """Runs these tests under coverage, in a process of their own."""
    written = folder / f"traced-{os.getpid()}.json"
    written.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutation.traces", "-m", CHOSEN, *files]
    subprocess.run(
        command, cwd=ROOT, env={**os.environ, **ENVIRONMENT, "MUTATION_TRACES": str(written)}, check=False
    )
    found = Traces(**json.loads(written.read_text()))
    written.unlink()
    return found


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


class Tracer:
    """The plugin of pytest that notes what each test runs."""

    def __init__(self, written: Path) -> None:
        from coverage import Coverage

        self.files = [str(path) for room in (*ROOMS, PLANTED) for path, _functions in room.files()]
        self.coverage = Coverage(data_file=None, include=self.files, config_file=False)
        self.written, self.seconds, self.failed = written, dict[str, float](), set[str]()
        self.coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.coverage.switch_context(item.nodeid)
        began = time.perf_counter()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = round(time.perf_counter() - began, 4)
            self.coverage.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.outcome != "passed":
            self.failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        data = self.coverage.get_data()
        lines = {
            Path(name).relative_to(ROOT).as_posix(): {
                str(line): sorted({test for test in tests if test})
                for line, tests in data.contexts_by_lineno(name).items()
            }
            for name in sorted(data.measured_files())
        }
        passed = {test: took for test, took in self.seconds.items() if test not in self.failed}
        self.written.write_text(json.dumps(vars(Traces(lines=lines, seconds=passed))))


def pytest_configure(config: pytest.Config) -> None:
    """Where a run of traces has begun this pytest, the plugin is in it."""
    if "MUTATION_TRACES" in os.environ:
        config.pluginmanager.register(Tracer(Path(os.environ["MUTATION_TRACES"])))
