"""Everything that must hold, in order; `python -m tests.run [check|unit|browser|postgresql|security …]` runs parts.

Ends with a line for each part. In CI (CI=true) a part whose engine is missing fails; elsewhere it is
skipped with a line that says how to get the engine.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import elasticsearch_server
from tests import postgres_server as postgres

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
IN_CI = os.environ.get("CI") == "true"
# Where Python is told to leave no compiled modules beside their sources, they are kept here: the tests start the site some
# hundred times, and each start would compile the same 2,400 modules, seconds of a processor each.
BYTECODE = ROOT / ".venv" / "bytecode"
TEMPLATE = "exchange_template"  # a migrated database that each process of the tests on PostgreSQL copies
TEST_SETTINGS = {"DJANGO_SETTINGS_MODULE": "exchange.settings.test"}
TEMPLATES = ["site", "learning", "directory", "mentoring", "search", "frontend/components"]


class Missing(Exception):
    """An engine is not here; the text says how to get it."""


def call(*command: str, **environment: str) -> bool:
    """Runs a command in the checkout and answers whether it ended well."""
    print(f"$ {' '.join(command)}", flush=True)
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode == 0


def tool(name: str, *arguments: str, **environment: str) -> bool:
    """Runs a tool of the environment."""
    return call(str(BIN / name), *arguments, **environment)


def manage(*arguments: str, **environment: str) -> bool:
    """Runs a management command."""
    return tool("python", "manage.py", *arguments, **environment)


def check() -> bool:
    """Lint, format, templates, types, import contracts, migrations, deployment settings, styles and built assets."""
    with tempfile.TemporaryDirectory() as folder:
        deploy = {
            "DJANGO_SETTINGS_MODULE": "exchange.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(60),
            "BASE_URL": "https://exchange.example",
            "ALLOWED_HOSTS": "exchange.example",
            "DATA_DIR": folder,
        }
        test = {"DJANGO_SETTINGS_MODULE": "exchange.settings.test", "DATA_DIR": folder}
        results = [
            tool("ruff", "check", "."),
            tool("ruff", "format", "--check", "--quiet", "."),
            tool("djlint", "--quiet", "--lint", *TEMPLATES),
            tool("djhtml", "--tabwidth", "2", "--check", *TEMPLATES),
            tool("lint-imports", PYTHONPATH="site:."),
            tool("mypy", "site/exchange", "site/foundation", "learning", "directory", "mentoring", "search"),
            manage("compile_translations", **test),
            manage("makemigrations", "--check", "--dry-run", **test),
            manage("check", "--deploy", "--fail-level", "WARNING", **deploy),
            assets(),
        ]
    return all(results)


def assets() -> bool:
    """Styles and scripts are formatted, and the committed assets are what they build (needs Node; skipped without,
    except in CI)."""
    if not shutil.which("npm"):
        if IN_CI:
            return False
        print("Styles, scripts and built assets not checked: install Node 20 to do so.")
        return True
    frontend = str(ROOT / "frontend")
    return (
        call("npm", "ci", "--no-audit", "--no-fund", "--silent", "--prefix", frontend)
        and call("npm", "run", "--silent", "format:check", "--prefix", frontend)
        and call("npm", "run", "--silent", "build", "--prefix", frontend)
        and call("git", "diff", "--exit-code", "--stat", "--", "frontend/static")
    )


def unit() -> bool:
    """All tests but the browser's, on SQLite, tantivy and an Elasticsearch server started once for all."""
    with elasticsearch() as environment:
        return tool(
            "pytest",
            "-q",
            "-n",
            "2",
            "--dist",
            "load",
            "-m",
            "not browser and not postgresql and not security and not cluster and not releases",
            **environment,
        )


@contextmanager
def elasticsearch() -> Iterator[dict[str, str]]:
    """What tells the tests of an Elasticsearch. Without Maven or Java they skip what needs it, except in CI."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(elasticsearch_server.running(quick=True))
        except elasticsearch_server.Missing as reason:
            if IN_CI:
                raise Missing(str(reason)) from reason
            print(f"Tests on Elasticsearch are skipped: {reason}", flush=True)
            yield {"TEST_ELASTICSEARCH_URL": f"skip: {reason}"}
        else:
            yield {"TEST_ELASTICSEARCH_URL": server.url}


def security() -> bool:
    """The whole attack: each address as each role by each method; a short form of it is among the other tests."""
    return tool("pytest", "-q", "-n", "2", "-m", "security or not security", "tests/security")


def cluster() -> bool:
    """The site on many machines, as plain processes, and a story a room against it in a browser."""
    return tool("pytest", "-q", "-m", "cluster", "tests/cluster")


def faults() -> bool:
    """Parts of that are killed, filled and slowed while simulated people are in every flow (half an hour)."""
    return tool("python", "-m", "tests.faults")


def short_faults() -> bool:
    """The same with what goes wrong most often."""
    return tool("python", "-m", "tests.faults", "short")


def releases() -> bool:
    """A site of every earlier release is brought up to this one."""
    return tool("pytest", "-q", "-m", "releases or not releases", "tests/operations/test_upgrading.py")


def browser() -> bool:
    """The tests in a real browser."""
    if not (shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")):
        raise Missing("No Chromium: on Debian, apt-get install chromium")
    # The folders one after the other: two drivers of a browser cannot live in one process.
    with tempfile.TemporaryDirectory() as folder:
        command = ("pytest", "-q", "-m", "browser", "-n", "2", "--dist", "worksteal")
        parts = [
            tool(*command, tests, BROWSER_HOUSE=f"{folder}/house")
            for tests in ("tests/browser", "tests/design")
        ]
    return all(parts)


def postgresql() -> bool:
    """The rooms' tests again, on a PostgreSQL server of our own on loopback."""
    folders = ("workflow", "jobs", "notifications", "directory", "learning", "mentoring", "search", "home")
    with postgres_server() as url, elasticsearch() as environment:
        template = f"{url.rpartition('/')[0]}/{TEMPLATE}"
        if not manage("migrate", "--verbosity=0", DATABASE_URL=template, **TEST_SETTINGS):
            return False
        return tool(
            "pytest",
            "-q",
            "-n",
            "2",
            "--dist",
            "load",
            "-m",
            "(database or postgresql) and not browser and not security and not engines",
            *(f"tests/{folder}" for folder in folders),
            "tests/house/test_initial_database.py::test_both_ways_end_in_the_same",
            "tests/security/test_forms.py::test_a_nul_in_an_address_is_no_error",
            "tests/operations/test_backup.py::test_a_site_moves_to_postgresql_and_comes_back_from_a_copy_there",
            DATABASE_URL=url,
            TEST_DATABASE_TEMPLATE=TEMPLATE,
            **environment,
        )


@contextmanager
def postgres_server(port: str = "54329") -> Iterator[str]:
    """A PostgreSQL in a temporary folder, for as long as the block runs, with an empty database TEMPLATE. Answers the
    address of its database `postgres`."""
    try:
        with postgres.running(port) as server:
            server.create(TEMPLATE)
            yield server.url
    except postgres.Missing as reason:
        raise Missing(str(reason)) from reason


PARTS: dict[str, Callable[[], bool]] = {
    "check": check,
    "unit": unit,
    "browser": browser,
    "postgresql": postgresql,
    "security": security,
    "cluster": cluster,
    "faults": faults,
    "short-faults": short_faults,
    "releases": releases,
}
# Without a name; the whole attack and all faults take half an hour each.
WHOLE = ("check", "unit", "browser", "postgresql")


def main(names: list[str]) -> int:
    """Runs the parts and prints a table of how each ended."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"There is no part called {unknown[0]!r}. There are: {', '.join(PARTS)}.")
        return 2
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(BYTECODE))
    lines: list[tuple[str, str, float]] = []
    for name in names or WHOLE:
        print(f"\n=== {name}", flush=True)
        began = time.monotonic()
        try:
            ended = "passed" if PARTS[name]() else "FAILED"
        except Missing as reason:
            ended = f"FAILED: {reason}" if IN_CI else f"skipped: {reason}"
        lines.append((name, ended, time.monotonic() - began))
    print()
    for name, ended, seconds in lines:
        print(f"{name:12} {ended} ({seconds:.0f} s)")
    return 1 if any(ended.startswith("FAILED") for _, ended, _ in lines) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
