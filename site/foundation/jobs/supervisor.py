"""The web server and the queue's worker as children of one process, which starts the worker again when it dies."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from django.conf import settings

ENDING = 10  # seconds that a child has to end what it is doing
STARTING = 60  # seconds until the web server has to answer
# Seconds before a worker that has died is started again: short for the first death, longer while it dies at once.
PAUSES = (1, 5, 15, 60)
STEADY = 120  # a worker that has run for so many seconds had started well


class NotServing(Exception):
    """The web server did not come up; the text says why."""


def answers(port: int) -> bool:
    """Whether something on this machine answers HTTP at a port, whatever it says and whoever it sends us to."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz/live")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


class Supervisor:
    """Both processes of a small site.

    Arguments:
        say: told each thing that happens, in one line.
        port: where the web server will answer; None where it listens on no port of this machine, so that only its
            process is watched.
    """

    def __init__(self, say: Callable[[str], None], port: int | None) -> None:
        self.say, self.port = say, port
        self.children: list[subprocess.Popen[bytes]] = []
        self.log = settings.DATA_DIR / "logs" / "worker.log"

    def serve(self, ready: str = "") -> int:
        """Until the web server ends, or SIGINT or SIGTERM comes; `ready` is said once both run. Answers the exit code.

        Raises:
            NotServing: the web server ended, or did not answer within STARTING seconds.
        """
        with _signals_as_interrupts():
            try:
                web = self.start_web()
                self._wait_for(web)
                self.say("web: ready")
                # After it, so that the two do not compete while somebody waits for the first page.
                worker, began, deaths = self.start_worker(), time.monotonic(), 0
                self.say("worker: started")
                if ready:
                    self.say(ready)
                while web.poll() is None:
                    if worker.poll() is not None:
                        deaths = 0 if time.monotonic() - began > STEADY else deaths
                        pause = PAUSES[min(deaths, len(PAUSES) - 1)]
                        self.say(
                            f"The queue worker stopped; see {self.log}. It is started again in {pause} s."
                        )
                        time.sleep(pause)
                        worker, began, deaths = self.start_worker(), time.monotonic(), deaths + 1
                    time.sleep(0.5)
                self.say("The web server stopped. Its messages are above.")
                return web.returncode or 1
            except KeyboardInterrupt:
                return 0
            finally:
                self.end()

    def start_web(self) -> subprocess.Popen[bytes]:
        """gunicorn; its messages go to the terminal."""
        configuration = str(settings.ROOT / "gunicorn.conf.py")
        return self._start([sys.executable, "-m", "gunicorn", "-c", configuration, "--log-level", "warning"])

    def start_worker(self) -> subprocess.Popen[bytes]:
        """The queue's worker; its messages go to a file."""
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            command = [sys.executable, "-W", "ignore", str(settings.ROOT / "manage.py"), "qcluster"]
            return self._start(command, log.fileno())

    def _start(self, command: list[str], output: int | None = None) -> subprocess.Popen[bytes]:
        # Standard output is kept for what `say` prints: a script may read it line by line.
        where = sys.stderr.fileno() if output is None else output
        child = subprocess.Popen(  # noqa: S603
            command, cwd=Path(settings.ROOT), stdout=where, stderr=where, start_new_session=True
        )
        self.children.append(child)
        return child

    def _wait_for(self, web: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + STARTING
        while time.monotonic() < until:
            if web.poll() is not None:
                raise NotServing("The web server stopped at once. Its messages are above.")
            if self.port is None or answers(self.port):
                return
            time.sleep(0.1)
        raise NotServing(f"The web server did not answer at port {self.port} within {STARTING} s.")

    def end(self) -> None:
        """Asks each child to stop, and insists after ENDING seconds."""
        running = [child for child in self.children if child.poll() is None]
        for child in running:
            child.terminate()
        until = time.monotonic() + ENDING
        for child in running:
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                # Those it has started are of its session.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
                child.wait()


@contextlib.contextmanager
def _signals_as_interrupts() -> Iterator[None]:
    """Inside, the first SIGINT or SIGTERM is a KeyboardInterrupt, and a second one does not interrupt the ending.

    Set for SIGINT too: a shell starts what it runs in the background with that signal ignored.
    """
    numbers = (signal.SIGINT, signal.SIGTERM)

    def interrupt(number: int, frame: FrameType | None) -> None:
        for other in numbers:
            signal.signal(other, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
