"""Set up and start the site, with a line of progress for each step. Needs nothing but Python.

    python3 site/start.py                  set up what is missing, then serve the site and run the queue
    python3 site/start.py --setup-only     make the environment and install the packages
    python3 site/start.py --dev            install what tests and checks need too

PORT (8000) and DATA_DIR (var/) are read from the environment. Ctrl-C ends the web server and the worker.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STEPS = 7


class Failed(Exception):
    """A step did not work; the text says what to do."""


class Progress:
    """Prints one line for each step: its number, its name, how long it took."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet
        self.number = 0

    def step(self, name: str) -> _Step:
        self.number += 1
        return _Step(self, name)

    def say(self, text: str = "") -> None:
        if not self.quiet:
            print(text, flush=True)


class _Step:
    def __init__(self, progress: Progress, name: str) -> None:
        self.progress, self.name, self.note = progress, name, "done"

    def __enter__(self) -> _Step:
        self.began = time.monotonic()
        if not self.progress.quiet:
            print(f"[{self.progress.number}/{STEPS}] {self.name} …", end=" ", flush=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if not self.progress.quiet:
            took = time.monotonic() - self.began
            print("failed" if kind else f"{self.note} ({took:.1f} s)", flush=True)


def run(command: list[str], *, hint: str = "") -> str:
    """Runs a command and answers what it printed. Raises Failed with its last lines."""
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-25:])
        raise Failed(f"{' '.join(command[:4])} failed:\n{tail}\n{hint}")
    return done.stdout


def environment(progress: Progress) -> None:
    """The virtual environment, with the installer in it."""
    with progress.step("Environment (.venv)") as step:
        if sys.version_info < (3, 11):
            raise Failed(
                f"Python 3.11 or later is needed; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11 start"
            )
        if PYTHON.exists() and (VENV / "bin" / "uv").exists():
            step.note = "there"
            return
        venv.create(VENV, with_pip=True, symlinks=True)
        run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv>=0.9"])


def packages(progress: Progress, dev: bool) -> None:
    """The locked packages; skipped where the lock has not changed since."""
    with progress.step("Packages") as step:
        wanted = hashlib.sha256(
            (ROOT / "uv.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
        ).hexdigest()
        stamp = VENV / "packages-of-lock"
        have = stamp.read_text().split() if stamp.exists() else []
        if have[:1] == [wanted] and (not dev or "dev" in have):
            step.note = "unchanged"
            return
        dev = dev or "dev" in have
        command = [
            str(VENV / "bin" / "uv"),
            "sync",
            "--frozen",
            "--inexact",
            "--quiet",
            "--no-install-project",
        ]
        # uv itself lives in the environment and must survive the sync (--inexact keeps what it did not list).
        run([*command, "--all-groups" if dev else "--no-dev"], hint="Is the network there?")
        stamp.write_text(f"{wanted} {'dev' if dev else ''}")


def manage(*arguments: str) -> list[str]:
    """The command line of one management command."""
    return [str(PYTHON), str(ROOT / "manage.py"), *arguments]


def content(progress: Progress) -> None:
    """Database, demo content and index, each only where it is missing or behind."""
    for name, part in (("Database", "database"), ("Demo content", "demo"), ("Search index", "index")):
        with progress.step(name) as step:
            printed = run(manage("prepare", part)).strip().splitlines()
            step.note = printed[-1] if printed else "done"


def free_port(port: int) -> None:
    """Raises Failed where something else listens already."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise Failed(f"Port {port} is in use. Choose another: make start PORT={port + 1}")


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: int = 60) -> None:
    """Until the address answers. Raises Failed where the process ends first or nothing comes."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise Failed("The web server stopped at once. Its messages are above.")
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise Failed(f"{url} did not answer within {seconds} s.")


def serve(progress: Progress, port: int, data: Path) -> int:
    """Web server and worker, until one is told to stop."""
    logs = data / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    children: list[subprocess.Popen[bytes]] = []

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        with progress.step("Queue worker"), (logs / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                manage("qcluster"), cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
            children.append(worker)
        with progress.step("Web server"):
            web = subprocess.Popen(
                [
                    str(VENV / "bin" / "gunicorn"),
                    "-c",
                    str(ROOT / "gunicorn.conf.py"),
                    "--log-level",
                    "warning",
                ],
                cwd=ROOT,
                start_new_session=True,
            )
            children.append(web)
            wait_for(f"http://127.0.0.1:{port}/healthz/live", web)
        progress.say(run(manage("prepare", "greeting")))
        while web.poll() is None:
            if worker.poll() is not None:
                progress.say(f"The queue worker stopped; see {logs / 'worker.log'}. Starting it again.")
                with (logs / "worker.log").open("ab") as log:
                    worker = subprocess.Popen(
                        manage("qcluster"), cwd=ROOT, stdout=log, stderr=log, start_new_session=True
                    )
                children.append(worker)
                time.sleep(5)
            time.sleep(0.5)
        return web.returncode
    except KeyboardInterrupt:
        progress.say("\nStopping.")
        return 0
    finally:
        end(children)


def end(children: list[subprocess.Popen[bytes]]) -> None:
    """Asks each child to stop, and insists after ten seconds."""
    running = [child for child in children if child.poll() is None]
    for child in running:
        child.send_signal(signal.SIGTERM)
    until = time.monotonic() + 10
    for child in running:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


def main() -> int:
    """The steps in order; a failed one says what to do and ends with 1."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--setup-only", action="store_true")
    parser.add_argument("--dev", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    progress = Progress(options.quiet)
    data = Path(os.environ.get("DATA_DIR") or "var").expanduser()
    data = data if data.is_absolute() else ROOT / data
    port = os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        print(f"PORT must be a number from 1 to 65535, not {port!r}.")
        return 1
    os.environ.update(
        DATA_DIR=str(data), PORT=port, BASE_URL=os.environ.get("BASE_URL") or f"http://localhost:{port}"
    )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.development")
    try:
        if not options.setup_only:
            free_port(int(port))
        environment(progress)
        packages(progress, options.dev)
        if options.setup_only:
            return 0
        content(progress)
        return serve(progress, int(port), data)
    except Failed as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
