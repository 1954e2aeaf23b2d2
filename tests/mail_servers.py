"""Mail servers on loopback: one that takes mail, and one that accepts the connection and stays silent."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, handler: type[socketserver.BaseRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.taken: list[str] = []
        self.reached = threading.Event()
        self.go_on = threading.Event()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class Taking(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as sending needs. Says yes to a message only when `go_on` is set."""

    server: _Server

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self._take()
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 yes")

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.decode())
        self.server.taken.append("".join(lines))
        self.server.reached.set()
        self.server.go_on.wait(30)
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Silent(socketserver.BaseRequestHandler):
    """Accepts, and says nothing until it may go on."""

    server: _Server

    def handle(self) -> None:
        self.server.reached.set()
        self.server.go_on.wait(30)


@contextmanager
def mail_server(handler: type[socketserver.BaseRequestHandler]) -> Iterator[_Server]:
    """Runs one until the block ends."""
    with _Server(handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield server
        finally:
            server.go_on.set()
            server.shutdown()
