"""Tries mutants, each in a fork of one pytest that has begun already: Django imported, the database made.

A fork gives its functions the code of the mutant and runs the tests that run the changed line, quickest first, up to the
first that fails. The fork leaves without tidying; the parent puts the database back for the next one.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import shutil
import signal
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

from tests.mutation.rooms import ROOT

# A test may take so much longer with a mutant than without, before its mutant is taken to run for ever.
SECONDS, TIMES = 20, 10


@dataclass(frozen=True)
class Job:
    """A mutant to try: the whole changed file, and the tests with the seconds they usually take, in their order."""

    key: str
    file: str
    function: str
    source: str
    tests: list[tuple[str, float]]


def codes_of(module: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    """Every code object within a module's, by its qualified name and a number among those of that name."""
    seen: Counter[str] = Counter()

    def within(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
        for inner in code.co_consts:
            if isinstance(inner, CodeType):
                seen[inner.co_qualname] += 1
                yield (inner.co_qualname, seen[inner.co_qualname]), inner
                yield from within(inner)

    return within(module)


class Functions:
    """The functions of the tried files as they live in this process, whoever has imported or wrapped them."""

    def __init__(self, files: set[str]) -> None:
        for file in files:
            importlib.import_module(file.removeprefix("site/").removesuffix(".py").replace("/", "."))
        gc.collect()
        gc.unfreeze()  # tests/conftest.py has frozen what was loaded, and `get_objects` would leave it out
        self.of_code: dict[CodeType, list[FunctionType]] = {}
        names = {str(ROOT / file) for file in files}
        for each in gc.get_objects():
            if type(each) is FunctionType and each.__code__.co_filename in names:
                self.of_code.setdefault(each.__code__, []).append(each)

    def become(self, file: str, source: str, function: str) -> None:
        """Gives all functions of a file the code that they have in this source.

        Raises:
            LookupError: none of the living functions is the one that is meant.
        """
        name = str(ROOT / file)
        new = dict(codes_of(compile(source, name, "exec", dont_inherit=True)))
        reached = False
        for key, code in codes_of(compile((ROOT / file).read_text(), name, "exec", dont_inherit=True)):
            for living in self.of_code.get(code, ()):
                if key in new:
                    living.__code__ = new[key]
                    outer = key[0].replace(".<locals>", "")
                    reached |= outer == function or function.startswith(f"{outer}.")
        if not reached:
            raise LookupError(f"{function} of {file} does not live in this process")


def _fixtures(item: pytest.Item) -> Collection[str]:
    return getattr(item, "fixturenames", ())


def _in_a_transaction(item: pytest.Item) -> bool:
    """Whether a test has the database, and takes back at its end what it wrote."""
    marker = item.get_closest_marker("django_db")
    if "transactional_db" in _fixtures(item) or (marker is not None and marker.kwargs.get("transaction")):
        return False
    return marker is not None or "db" in _fixtures(item)


class Worker:
    """The plugin of pytest that tries mutants in place of running tests."""

    def __init__(self, jobs: list[Job], written: Path) -> None:
        self.jobs, self.written = jobs, written
        self.failed: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self._warm_up(session.items)
        functions = Functions({job.file for job in self.jobs})
        gc.collect()
        gc.freeze()
        killers: dict[str, list[str]] = {}
        for job in self.jobs:
            result = self._try(job, functions)
            if result["outcome"] == "killed":
                killers.setdefault(result["by"], []).append(job.key)
            self._write({"key": job.key, **result})
        self._doubt(killers)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def _warm_up(self, items: list[pytest.Item]) -> None:
        """One test loads what all tests share, and makes the database if there is one; then that is closed and kept
        as it was before all tests."""
        self.database: Path | None = None

        item = min(items, key=lambda each: (not _in_a_transaction(each), "index" in _fixtures(each)))
        after = items[-1] if item is not items[-1] else items[0]
        item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
        if not _in_a_transaction(item):
            return
        from django.db import connections

        connections.close_all()
        self.database = Path(connections["default"].settings_dict["NAME"])
        shutil.copy(self.database, self._kept())

    def _kept(self) -> Path:
        assert self.database is not None
        return self.database.with_suffix(".kept")

    def _put_back(self) -> None:
        if self.database is not None:
            for name in (f"{self.database}-wal", f"{self.database}-shm", f"{self.database}-journal"):
                Path(name).unlink(missing_ok=True)
            shutil.copy(self._kept(), self.database)

    def _try(self, job: Job, functions: Functions) -> dict[str, Any]:
        """Runs a mutant's tests in a fork."""
        began = time.monotonic()
        told, status = self._in_fork(job.tests, lambda: functions.become(job.file, job.source, job.function))
        result: dict[str, Any] = {"seconds": round(time.monotonic() - began, 2), "tests": len(job.tests)}
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
            return {"outcome": "timeout", "by": told, **result}
        if told.startswith("broken: "):
            return {"outcome": "broken", "by": told, **result}
        # A fork that ends in any other way than by its own word has been ended by what the mutant does.
        survived = os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
        return {"outcome": "survived" if survived else "killed", "by": "" if survived else told, **result}

    def _in_fork(self, tests: list[tuple[str, float]], before: Any) -> tuple[str, int]:
        """Runs tests up to the first that fails. Answers which test was the last, and how the fork ended."""
        self._put_back()
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            self._be_the_fork(tests, before, write)
        os.close(write)
        with closing(os.fdopen(read, "rb")) as pipe:
            lines = pipe.read().decode().splitlines()
        status = os.waitpid(child, 0)[1]
        try:
            os.killpg(child, signal.SIGKILL)  # what its tests may have begun and not ended
        except ProcessLookupError:
            pass
        return (lines[-1] if lines else ""), status

    def _be_the_fork(self, tests: list[tuple[str, float]], before: Any, write: int) -> None:
        os.setsid()
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silent, stream)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        try:
            before()
        except BaseException as error:
            os.write(write, f"broken: {type(error).__name__}: {error}\n".encode())
            os._exit(3)
        self.failed.clear()
        items = list(self.items.values())
        for name, seconds in tests:
            item = self.items[name]
            os.write(write, f"{name}\n".encode())
            signal.setitimer(signal.ITIMER_REAL, SECONDS + TIMES * seconds)
            # With another test still to come, pytest keeps what the whole session shares.
            after = items[0] if item is not items[0] else items[-1]
            try:
                item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
            except BaseException:
                os._exit(1)
            if self.failed:
                os._exit(1)
        os._exit(0)

    def _doubt(self, killers: dict[str, list[str]]) -> None:
        """Every test that killed a mutant has to pass without one, here too."""
        for name, keys in killers.items():
            told, status = self._in_fork([(name, 5.0)], lambda: None)
            if status:
                print(f"\n{told} fails without a mutant: what it says is not counted", flush=True)
                for key in keys:
                    self._write({"key": key, "outcome": "doubtful", "by": name})

    def _write(self, result: dict[str, Any]) -> None:
        with self.written.open("a") as results:
            results.write(json.dumps(result) + "\n")


def pytest_configure(config: pytest.Config) -> None:
    """Where the runner has begun this pytest, the plugin is in it."""
    if "MUTATION_JOBS" in os.environ:
        jobs = [Job(**each) for each in json.loads(Path(os.environ["MUTATION_JOBS"]).read_text())]
        config.pluginmanager.register(Worker(jobs, Path(os.environ["MUTATION_RESULTS"])))
