"""Mail servers on loopback: one that takes mail or answers as it is told to, and one that accepts the connection and
stays silent."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import NamedTuple, cast


class Taken(NamedTuple):
    """One mail that was taken: from and to whom by the envelope, and its text."""

    sender: str
    receiver: str
    text: str

    @property
    def message(self) -> EmailMessage:
        """The text, read."""
        return cast(EmailMessage, message_from_bytes(self.text.encode(), policy=policy.default))


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, handler: type[socketserver.BaseRequestHandler], port: int) -> None:
        super().__init__(("127.0.0.1", port), handler)
        self.mails: list[Taken] = []
        self.asked: list[str] = []
        # What is said instead of yes, by the beginning of what was asked ("RCPT TO:<a@"); "." stands for the end of
        # the text. An empty answer breaks the connection off.
        self.answers: dict[str, str] = {}
        self.reached = threading.Event()
        self.go_on = threading.Event()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    @property
    def taken(self) -> list[str]:
        """The texts of all mails."""
        return [mail.text for mail in self.mails]

    def answer(self, asked: str) -> str | None:
        """What it was told to say to this."""
        found = [
            said for beginning, said in self.answers.items() if asked.upper().startswith(beginning.upper())
        ]
        return found[0] if found else None


class Taking(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as sending needs. Says yes to a message only when `go_on` is set."""

    server: _Server

    def handle(self) -> None:
        sender = receiver = ""
        self._say(self.server.answer("connect") or "220 ready")
        while line := self.rfile.readline().decode().strip():
            self.server.asked.append(line)
            told = self.server.answer(line)
            if told == "":
                return
            word = line.split()[0].upper()
            sender, receiver = self._envelope(line, sender, receiver)
            if told is not None:
                self._say(told)
            elif word == "DATA":
                if not self._take(sender, receiver):
                    return
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 yes")

    def _envelope(self, line: str, sender: str, receiver: str) -> tuple[str, str]:
        address = line.partition("<")[2].partition(">")[0]
        if line.upper().startswith("MAIL"):
            return address, ""
        return (sender, address) if line.upper().startswith("RCPT") else (sender, receiver)

    def _take(self, sender: str, receiver: str) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.decode().removeprefix(".") if line.startswith(b"..") else line.decode())
        told = self.server.answer(".")
        if told is None or told == "":
            self.server.mails.append(Taken(sender, receiver, "".join(lines)))
        self.server.reached.set()
        if told == "":
            return False
        self.server.go_on.wait(30)
        self._say(told or "250 taken")
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Silent(socketserver.BaseRequestHandler):
    """Accepts, and says nothing until it may go on."""

    server: _Server

    def handle(self) -> None:
        self.server.reached.set()
        self.server.go_on.wait(30)


@contextmanager
def mail_server(handler: type[socketserver.BaseRequestHandler], port: int = 0) -> Iterator[_Server]:
    """Runs one until the block ends, at a free port if none is given."""
    with _Server(handler, port) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield server
        finally:
            server.go_on.set()
            server.shutdown()
