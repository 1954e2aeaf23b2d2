"""The recipe for one machine: its script is run by a user without rights, and its units' own lines are started."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.operations.processes import ROOT, Visitor, free_port

RECIPE = ROOT / "docs" / "operate" / "one-machine"
UNITS = (
    "exchange-web.service",
    "exchange-worker.service",
    "exchange-backup.service",
    "exchange-backup.timer",
)


class Machine:
    """A folder of a user without rights, who has nothing of our own environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        runuser = shutil.which("runuser", path="/usr/sbin:/sbin:/usr/bin") or ""
        self.as_user = [runuser, "-u", "nobody", "--"] if os.geteuid() == 0 and runuser else []
        folder.mkdir()
        self.python = self._python()
        if self.as_user:
            shutil.chown(folder, "nobody", "nogroup")
        (folder.parent / "units").mkdir()
        self.plain = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "FOLDER": str(folder),
            "PYTHON": str(self.python),
            "UNITS": str(folder.parent / "units"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def _python(self) -> Path:
        """One that this user may run, with the packages of ours."""
        packages = next((ROOT / ".venv" / "lib").glob("python3.*/site-packages"), None)
        found = shutil.which(f"python3.{sys.version_info.minor}", path="/usr/bin:/usr/local/bin")
        if not self.as_user:
            return Path(sys.executable)
        if found is None or packages is None:
            pytest.skip("There is no Python that another user may run.")
        path = self.folder.parent / "python"
        path.write_text(f'#!/bin/sh\nPYTHONPATH={packages} exec {found} -W ignore "$@"\n')
        path.chmod(0o755)
        return path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.as_user, *command],
            cwd="/",
            env=self.plain,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    @contextmanager
    def started(self, unit: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        """The ExecStart line of a unit as it stands, where and with what the unit says."""
        lines = dict(
            line.split("=", 1)
            for line in (self.folder.parent / "units" / unit).read_text().splitlines()
            if "=" in line
        )
        settings = dict(
            line.split("=", 1)
            for line in Path(lines["EnvironmentFile"]).read_text().splitlines()
            if line and not line.startswith("#")
        )
        child = subprocess.Popen(
            [*self.as_user, *shlex.split(lines["ExecStart"])],
            cwd=lines["WorkingDirectory"],
            env={**self.plain, **settings, **environment},
            start_new_session=True,
        )
        try:
            yield child
        finally:
            with contextlib.suppress(ProcessLookupError):  # one that runs once has ended
                os.killpg(child.pid, 15)
            child.wait(30)


@pytest.fixture
def machine() -> Iterator[Machine]:
    call_command("compile_translations", verbosity=0)  # the checkout is only read
    # pytest's own folders let nobody else in.
    place = Path(tempfile.mkdtemp(prefix="exchange-machine-"))
    place.chmod(0o755)
    try:
        yield Machine(place / "exchange")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def test_the_recipe_makes_a_site_that_its_units_serve(machine: Machine):
    script = str(RECIPE / "install.sh")
    told = machine.run(script, "site", "exchange.example", "Wiki Skills", "en,ar", "me@example.org")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "/account/password/reset/key/" in told.stdout
    kept = machine.folder / "environment"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    before = kept.read_text()
    # The second step is root's; UNITS names a folder of the test's own.
    done = subprocess.run([script, "services", "daemon"], env=machine.plain, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    units = machine.folder.parent / "units"
    assert [unit.name for unit in units.iterdir() if "@" in unit.read_text()] == []
    assert "exchange.example {" in (units / "Caddyfile").read_text()
    if shutil.which("systemd-analyze"):
        checked = subprocess.run(
            ["systemd-analyze", "verify", *(str(units / unit) for unit in UNITS)],
            capture_output=True,
            text=True,
        )
        ours = [line for line in checked.stderr.splitlines() if "exchange-" in line]
        assert ours == [], checked.stderr
    port = free_port()
    with (
        machine.started("exchange-web.service", PORT=str(port), WEB_WORKERS="1"),
        machine.started("exchange-worker.service"),
    ):
        answered = _when_ready(port)
    assert answered["ready"] is True
    with machine.started("exchange-backup.service") as copying:
        assert copying.wait(120) == 0
    (copy,) = (machine.folder / "copies").iterdir()
    assert copy.stat().st_uid == machine.folder.stat().st_uid
    # As in a container: styles and scripts come with the code, and nobody may write there.
    built = shutil.copytree(machine.folder / "data" / "static", machine.folder.parent / "static")
    for path in (built, *built.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    machine.plain["STATIC_ROOT"] = str(built)
    again = machine.run(str(machine.folder / "manage"), "upgrade")
    assert "The site is up to date" in again.stdout, again.stderr
    assert "can only be read" in again.stdout
    assert kept.read_text() == before


def _when_ready(port: int) -> dict[str, Any]:
    """What the site says of itself once its worker has given a sign of life."""
    until = time.monotonic() + 120
    while True:
        try:
            status, text = Visitor(port).get("/healthz/ready")
            told = json.loads(text)
            if status == 200 and told["parts"]["worker"]["state"] == "ok":
                return told
        except OSError:
            pass
        assert time.monotonic() < until, "The site or its worker does not come up."
        time.sleep(0.3)
