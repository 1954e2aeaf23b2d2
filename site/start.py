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
import tempfile
import time
import venv
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CONTENT = (
    ("Database", "database"),
    ("Styles and scripts", "static"),
    ("Demo content", "demo"),
    ("Search index", "index"),
)
SERVERS = (("Web server", "web"), ("Queue worker", "worker"))
ENDING = 25  # seconds for `manage.py serve` to end its processes
TAIL_LINES = 25


class Failed(Exception):
    """A step did not work; the text says what to do."""


class Progress:
    """Prints one line for each step: its number, its name, how long it took."""

    def __init__(self, steps: int, quiet: bool = False) -> None:
        self.steps, self.quiet = steps, quiet
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
            print(f"[{self.progress.number}/{self.progress.steps}] {self.name} …", end=" ", flush=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if not self.progress.quiet:
            took = time.monotonic() - self.began
            ending = "failed" if kind and issubclass(kind, Exception) else "stopped"
            print(ending if kind else f"{self.note} ({took:.1f} s)", flush=True)


def run(command: list[str], *, hint: str = "") -> str:
    """Runs a command and answers what it printed. Raises Failed with its last lines."""
    ours = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(VENV)}
    done = subprocess.run(command, cwd=ROOT, env=ours, text=True, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise _failed(command, done.stdout + done.stderr, hint)
    return done.stdout


def _failed(command: list[str], printed: str, hint: str = "") -> Failed:
    tail = "\n".join(printed.strip().splitlines()[-TAIL_LINES:])
    words = " ".join(Path(word).name for word in command[:4])
    return Failed("\n".join(part for part in (f"This did not work: {words}", tail, hint) if part))


# Setting up ------------------------------------------------------------------------------------------


def environment(progress: Progress) -> None:
    """The virtual environment, with the installer in it."""
    with progress.step("Environment (.venv)") as step:
        if sys.version_info < (3, 11):  # noqa: UP036  (this file alone is run by whatever Python is there)
            have = ".".join(str(part) for part in sys.version_info[:2])
            raise Failed(f"Python 3.11 or later is needed; this is {have}. Try: make PYTHON=python3.11 start")
        moved = not made_for(VENV)
        if PYTHON.exists() and (VENV / "bin" / "uv").exists() and not moved:
            step.note = "there"
            return
        try:
            venv.create(VENV, clear=moved, with_pip=True, symlinks=True)
        except (subprocess.CalledProcessError, OSError) as problem:
            raise Failed(
                f"The environment could not be made in {VENV}: {problem}\n"
                "Debian and Ubuntu keep this part of Python apart: apt-get install python3-venv"
            ) from problem
        install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv>=0.9"]
        run(install, hint="Packages come from PyPI. Is the network there?")


def made_for(folder: Path) -> bool:
    """Whether an environment stands where it was made. One that was moved is there, but its commands name the old place."""
    try:
        told = (folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return True
    commands = [line for line in told if line.partition("=")[0].strip() == "command"]
    return all(line.endswith(f" {folder}") for line in commands)


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
        run(
            [*command, "--all-groups" if dev else "--no-dev"],
            hint="Packages come from PyPI. Is the network there?",
        )
        stamp.write_text(f"{wanted} {'dev' if dev else ''}")


def manage(*arguments: str) -> list[str]:
    """The command line of one management command."""
    return [str(PYTHON), "-W", "ignore", str(ROOT / "manage.py"), *arguments]


def content(progress: Progress) -> str:
    """Database, assets, demo content and index, each only where it is missing or behind. Answers the greeting.

    One process for all of them, which says when each is done: starting Django costs seconds.
    """
    command = manage("prepare", *(part for _name, part in CONTENT), "greeting")
    with tempfile.TemporaryFile("w+") as errors:
        child = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=errors)  # noqa: S603
        try:
            for name, part in CONTENT:
                with progress.step(name) as step:
                    printed = _read_until(child, f"{part}: ")
                    if printed is None:
                        child.wait()
                        errors.seek(0)
                        raise _failed(command[3:], errors.read(), "What was there before is unchanged.")
                    step.note = printed
            greeting = child.communicate()[0]
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
    return greeting


def _read_until(child: subprocess.Popen[str], prefix: str) -> str | None:
    """The rest of the first line with this beginning; None where the child ends without one."""
    for line in child.stdout or ():
        if line.startswith(prefix):
            return line[len(prefix) :].strip()
    return None


def usable_port(text: str) -> int:
    """The port to listen on. Raises Failed where it is none, or something else listens there already."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Failed(
            f"PORT must be a number from 1 to 65535, not {text!r}. For example: make start PORT=8100"
        )
    port = int(text)
    with socket.socket() as probe:
        probe.settimeout(0.5)
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            other = port + 1 if port < 65535 else 8000
            raise Failed(f"Port {port} is in use. Choose another, for example: make start PORT={other}")
    return port


def usable_folder(text: str) -> Path:
    """The folder for everything that the site writes; below the checkout where it is not absolute.

    Raises Failed where it cannot be made or written to.
    """
    folder = ROOT / Path(text).expanduser()
    try:
        (folder / "logs").mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        raise Failed(
            f"DATA_DIR {folder} cannot be used: {problem.strerror}. Choose another folder."
        ) from problem
    return folder


def keep_bytecode(data: Path) -> None:
    """Where Python is told to leave no compiled modules beside their sources, they are kept with the site's files.

    Otherwise each of the four processes of a start compiles the same 2,400 modules, seconds of a processor each.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(data / "bytecode"))


# Serving ---------------------------------------------------------------------------------------------


def serve(progress: Progress, greeting: str) -> int:
    """Runs `manage.py serve` and passes on what it says, until it ends or somebody ends it. Answers the exit code."""
    # In a session of its own: Ctrl-C reaches this process alone, which asks it to end its two processes.
    child = subprocess.Popen(  # noqa: S603
        manage("serve", "--ready", greeting),
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        for name, part in SERVERS:
            with progress.step(name) as step:
                printed = _read_until(child, f"{part}: ")
                if printed is None:
                    raise Failed("The site could not be served. What went wrong is above.")
                step.note = printed
        for line in child.stdout or ():
            progress.say(line.rstrip("\n"))
        return child.wait()
    finally:
        # A second Ctrl-C must not leave it running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _end(child)


def _end(child: subprocess.Popen[str]) -> None:
    """Asks `manage.py serve` to stop, which gives its own processes ten seconds."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(ENDING)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str] | None = None) -> int:
    """The steps in order; a failed one says what to do and ends with 1."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--setup-only", action="store_true")
    parser.add_argument("--dev", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args(arguments)
    progress = Progress(2 if options.setup_only else 2 + len(CONTENT) + len(SERVERS), options.quiet)
    # Set for Ctrl-C too: a shell starts what it runs in the background with that signal ignored.
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    try:
        if options.setup_only:
            environment(progress)
            packages(progress, options.dev)
            return 0
        port = usable_port(os.environ.get("PORT") or "8000")
        data = usable_folder(os.environ.get("DATA_DIR") or "var")
        os.environ.update(DATA_DIR=str(data), PORT=str(port))
        os.environ.setdefault("BASE_URL", f"http://localhost:{port}")
        # Whoever tries the site meets it as on a public server: its own pages for what is not there or goes wrong, hashed
        # and compressed assets; `DEBUG=1` shows details instead, and sources.
        os.environ.setdefault("DEBUG", "0")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exchange.settings.dev")
        keep_bytecode(data)
        environment(progress)
        packages(progress, options.dev)
        return serve(progress, content(progress))
    except Failed as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        progress.say("\nStopped. What is finished is kept, and the next start goes on from there.")
        return 0


if __name__ == "__main__":
    sys.exit(main())
