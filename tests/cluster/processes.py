"""One process of the cluster, which can be killed, paused and started again."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.cluster import recipe

ROOT = recipe.ROOT
READY_WITHIN = 90  # seconds; a few are enough on an idle machine


class Process:
    """A command with its environment; `ready` says whether it is ready.

    Its messages go to a file, which is kept when it starts again.
    """

    def __init__(
        self,
        name: str,
        command: list[str],
        environment: dict[str, str],
        log: Path,
        ready: Callable[[], bool] = lambda: True,
    ) -> None:
        self.name, self.command, self.environment, self.log = name, command, environment, log
        self.ready = ready
        self.child: subprocess.Popen[bytes] | None = None

    def start(self, *, wait: bool = True) -> None:
        """In a group of its own, so that its children end with it."""
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if wait:
            self.wait()

    def wait(self) -> None:
        """Until it is ready. Raises RuntimeError."""
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            if self.child is None or self.child.poll() is not None:
                raise RuntimeError(f"{self.name} ended:\n{self.told()}")
            if self.ready():
                return
            time.sleep(0.05)
        raise RuntimeError(f"{self.name} was not ready in {READY_WITHIN} s:\n{self.told()}")

    def kill(self) -> None:
        """At once, with all its children, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Lets it end what it is doing, for half a minute."""
        if self.child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.child.wait(30)
        self.kill()

    def _end(self, number: signal.Signals) -> None:
        if self.child is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.child.pid, number)
            self.child.wait()
            self.child = None

    def told(self) -> str:
        """The last lines it printed."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-30:])


def listens(port: int) -> Callable[[], bool]:
    """Whether somebody listens at a port of loopback."""

    def answer() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    return answer


def alive(port: int) -> Callable[[], bool]:
    """The health check of a web server, by the command that its container is given."""
    check = [*recipe.compose()["services"]["web"]["healthcheck"]["test"]][1:]
    address = check[-1].replace("8000", str(port))

    def answer() -> bool:
        if not listens(port)():
            return False
        command = [sys.executable, *check[1:-1], address]
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0

    return answer
