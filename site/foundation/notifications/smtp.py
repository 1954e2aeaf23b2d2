"""Talking to the mail server, word by word: what it says decides whether a mail is tried again, given up or not known
to have arrived.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from types import TracebackType
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from foundation.notifications.constants import Reason

# RFC 3463: class, subject, detail.
STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


class ServerAway(Exception):
    """The server does not answer, or not as a mail server: no mail is to blame. Says what in one word."""


class Unsure(Exception):
    """The server has the whole mail, and the connection broke before it said that it keeps it."""


class Refusal(Exception):
    """The server will not take this mail, now or ever."""

    def __init__(self, reason: Reason, status: str, *, final: bool) -> None:
        super().__init__(f"{reason} ({status})")
        self.reason, self.status, self.final = reason, status, final


class Judgement(NamedTuple):
    """What an answer or a report means for the address."""

    reason: Reason
    final: bool


def judge(code: int, status: str) -> Judgement:
    """What a refusal means, by its reply code (RFC 5321) or, where there is one, its status (RFC 3463).

    Only what says that there is no such mailbox is about the address. A full mailbox is emptied again, and a policy
    is about us; those are final for one mail at most.
    """
    found = STATUS.search(status)
    permanent = found.group(1) == "5" if found else code >= 500
    about = (int(found.group(2)), int(found.group(3))) if found else (0, 0)
    if about == (2, 2) or (not found and code in (452, 552)):
        return Judgement(Reason.FULL, final=False)
    if not permanent:
        return Judgement(Reason.UNREACHABLE if about[0] == 4 else Reason.LATER, final=False)
    if about in ((1, 7), (1, 8)):
        return Judgement(Reason.SENDER, final=False)
    if about[0] == 1 or about in ((2, 1), (4, 4)):  # no such mailbox or domain, switched off, no way there
        return Judgement(Reason.ADDRESS, final=True)
    if about[0] in (3, 5, 6, 7):
        return Judgement(Reason.POLICY, final=about[0] != 7)  # of a policy (7) some change their mind
    if about[0] == 4:
        return Judgement(Reason.UNREACHABLE, final=True)
    return Judgement(Reason.UNCLEAR, final=True)


class Connection:
    """One way to the server, opened when the first mail needs it and closed with the block."""

    def __init__(self) -> None:
        self._backend: Any = None

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, message: EmailMessage, *, sender: str, before_text: Callable[[], bool]) -> None:
        """Hands one mail with one receiver over; `sender` is where it comes back to.

        `before_text` is called when the server waits for the text; where it answers False nothing is sent. Raises
        ServerAway, Refusal or Unsure.
        """
        [receiver] = message.recipients()
        try:
            whole: Any = message.message()
            text = whole.as_bytes(linesep="\r\n")
            receiver = sanitize_address(receiver, message.encoding or settings.DEFAULT_CHARSET)
        except Exception as error:  # whatever a header, a part or an address cannot be written as
            raise Refusal(Reason.UNWRITTEN, type(error).__name__, final=True) from error
        self._open()
        if not isinstance(self._backend, EmailBackend):
            self._send_by_other_means(message, before_text)
            return
        server: Any = self._backend.connection
        try:
            self._introduce(server, sender, receiver, len(text))
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise ServerAway(type(error).__name__) from error
        self._hand_over(server, text, before_text)

    def _introduce(self, server: smtplib.SMTP, sender: str, receiver: str, size: int) -> None:
        """Up to the point at which the server waits for the text."""
        options = [f"size={size}"] if server.has_extn("size") else []
        code, said = server.mail(sender, options)
        if code != 250:
            self._refuse(server, code, said, Reason.SENDER)
        code, said = server.rcpt(receiver)
        if code not in (250, 251):
            self._refuse(server, code, said)
        server.putcmd("data")
        code, said = server.getreply()
        if code != 354:
            self._refuse(server, code, said)

    def _hand_over(self, server: smtplib.SMTP, text: bytes, before_text: Callable[[], bool]) -> None:
        if not before_text():
            self._hang_up()  # nothing else ends a text that has begun
            return
        try:
            lines = text if text.endswith(b"\r\n") else text + b"\r\n"
            server.send(re.sub(rb"(?m)^\.", b"..", lines) + b".\r\n")
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()  # before the dot that ends it: the server keeps nothing
            raise ServerAway(type(error).__name__) from error
        try:
            code, said = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise Unsure(type(error).__name__) from error
        if code != 250:
            self._refuse(server, code, said)

    def _refuse(self, server: smtplib.SMTP, code: int, said: bytes, reason: Reason | None = None) -> None:
        # It closes down, whatever it was asked; it did not answer; first it wants to know who we are.
        if code in (421, -1, 530, 535):
            self._hang_up()
            raise ServerAway(str(code))
        try:
            server.rset()
        except (smtplib.SMTPException, OSError):
            self._hang_up()
        found = STATUS.search(said.decode("utf-8", "replace"))
        status = found.group() if found else str(code)
        if reason is not None:
            # About us, not about the receiver: somebody will mend it.
            raise Refusal(reason, status, final=False)
        judgement = judge(code, status)
        raise Refusal(judgement.reason, status, final=judgement.final)

    def _send_by_other_means(self, message: EmailMessage, before_text: Callable[[], bool]) -> None:
        """Files, memory, or the interface of a mail service."""
        if not before_text():
            return
        try:
            self._backend.send_messages([message])
        except OSError as error:
            raise ServerAway(type(error).__name__) from error
        except Exception as error:  # each service has its own; what it says may hold the address
            raise Refusal(Reason.LATER, type(error).__name__, final=False) from None

    def _open(self) -> None:
        if self._backend is not None:
            return
        backend = get_connection(settings.MAIL_BACKEND, fail_silently=False)
        try:
            backend.open()
        except (smtplib.SMTPException, OSError) as error:
            raise ServerAway(type(error).__name__) from error
        self._backend = backend

    def _hang_up(self) -> None:
        """Without a word, of which the server would make another."""
        backend, self._backend = self._backend, None
        if backend is not None and backend.connection is not None:
            backend.connection.close()

    def _close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is None:
            return
        try:
            backend.close()
        except (smtplib.SMTPException, OSError):
            return  # it is gone already
