"""Mail that comes back: what a machine says of one of ours (RFC 3464, 3834, 5965), and what follows for the address.

Anybody can write to the return path, so only a mail to the signed one of a mail of ours says anything of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import getaddresses
from enum import Enum
from typing import NamedTuple, cast

from allauth.account.models import EmailAddress

from foundation.accounts.models import User
from foundation.notifications.constants import Reason
from foundation.notifications.models import Mail, Preference
from foundation.notifications.recipients import addresses_of, mail_of, note_trouble
from foundation.notifications.services import notify, stop_all_mails
from foundation.notifications.smtp import STATUS, judge

# Where mail servers write to whom a mail came in the end, the envelope's word before what its writer typed.
RECEIVERS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
# How holiday notices begin that say by nothing else that a machine wrote them.
AUTOMATIC = re.compile(
    r"\s*(\[?auto(matic|mated)?[- ]?(reply|response)|out of (the )?office|away|on holiday|vacation"
    r"|automatische antwort|abwesenheit|autoantwort|r[ée]ponse automatique|absen(ce|t)|absence du bureau"
    r"|respuesta autom[áa]tica|fuera de la oficina|resposta autom[áa]tica|risposta automatica"
    r"|автоответ|автоматический ответ|رد تلقائي|رد آلي|自动回复|自動回覆|自動応答)",
    re.IGNORECASE,
)


class Kind(Enum):
    """What came in."""

    FAILED = "failed"  # a mail of ours did not arrive
    DELAYED = "delayed"  # it is still being tried, or has arrived
    AUTOMATIC = "automatic"  # somebody is on holiday
    COMPLAINT = "complaint"  # somebody reported it as unwanted
    PERSON = "person"  # words of a human being


class Reading(NamedTuple):
    """What a mail that came in says: `status` of a failure, `about` the mail that it brings back, and `named`, whom a
    complaint names."""

    kind: Kind
    status: str = ""
    about: Message | None = None
    named: str = ""


def parsed(raw: bytes) -> EmailMessage:
    """The mail, however badly it is written."""
    return cast(EmailMessage, message_from_bytes(raw, policy=policy.compat32))


def read(message: Message) -> Reading:
    """What it is. Never raises for what a stranger may have written into it."""
    report = str(message.get_param("report-type") or "").lower()
    if message.get_content_type() == "multipart/report" or report:
        about = _brought_back(message)
        for part in message.walk():
            if part.get_content_type() == "message/feedback-report":
                fields = _fields(part)
                kind = fields.get("feedback-type", "").lower()
                found = Kind.COMPLAINT if kind in ("abuse", "fraud", "other") else Kind.AUTOMATIC
                return Reading(found, about=about, named=_bare(fields.get("original-rcpt-to", "")))
            if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
                return _delivery(part, about)
    if is_automatic(message):
        return Reading(Kind.AUTOMATIC)
    return Reading(Kind.PERSON)


def is_automatic(message: Message) -> bool:
    """Whether a machine wrote it (RFC 3834). That some server asks for no automatic answers (X-Auto-Response-Suppress)
    says nothing by itself: people's mails carry it, too."""
    submitted = _header(message, "Auto-Submitted").split(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if _header(message, "X-Autoreply") or _header(message, "X-Autorespond"):
        return True
    if _header(message, "Precedence").strip().lower() in ("auto_reply", "bulk", "junk"):
        return True
    if message.get("List-Id"):
        return True
    nobody = _header(message, "Return-Path").strip() == "<>"
    suppressed = bool(_header(message, "X-Auto-Response-Suppress"))
    begins = bool(AUTOMATIC.match(_subject(message)))
    return nobody or (begins and suppressed)


def take_in(raw: bytes, *, receiver: str = "", trusted: bool = False) -> Kind | None:
    """Reads a mail that came in and does what follows; answers what it was, or None for one that is about no mail of
    ours. Twice is once: what one mail said is kept once.

    Arguments: `receiver` to whom the envelope says it came; `trusted` for an address that only a provider's feedback
    loop knows: there a complaint is believed by the name that it gives.
    """
    message = parsed(raw)
    reading = read(message)
    mail = next(filter(None, map(mail_of, _receivers(message, receiver))), None)
    if reading.kind == Kind.COMPLAINT:
        return Kind.COMPLAINT if _complained(reading, mail, trusted=trusted) else None
    if mail is None:
        return None
    if reading.kind == Kind.FAILED:
        _came_back(mail, reading.status)
    return reading.kind


def _came_back(mail: Mail, status: str) -> None:
    # The answer of one server to one mail, however often it says so.
    if not Mail.objects.filter(pk=mail.pk, returned=False).update(returned=True):
        return
    judgement = judge(550, status)  # a report without a status is a refusal without a reason
    Mail.objects.filter(pk=mail.pk).update(reason=judgement.reason, status=status[:20])
    if note_trouble(mail.address, judgement.reason, status) and mail.user is not None:
        notify(mail.user, "mail_stopped", key=f"mail_stopped:{mail.pk}", url="/account/")


def _complained(reading: Reading, mail: Mail | None, *, trusted: bool) -> bool:
    user = mail.user if mail is not None else None
    if user is None and reading.about is not None:
        user = _known_by(reading.about)
    if user is None and trusted and reading.named:
        address = EmailAddress.objects.filter(email__iexact=reading.named, verified=True).select_related(
            "user"
        )
        user = next((row.user for row in address), None)
    if user is None:
        return False
    stop_all_mails(user)
    address = reading.named or (mail.address if mail is not None else user.email)
    note_trouble(address if address.lower() in addresses_of(user) else user.email, Reason.COMPLAINT, "")
    key = f"mail_complaint:{_header(reading.about, 'Message-ID')[:80]}"
    notify(user, "mail_complaint", key=key, url="/notifications/preferences/")
    return True


def _known_by(about: Message) -> User | None:
    """Whose mail it is by what only its receiver has seen: our name for it, or the address that stops such mails."""
    mark = _header(about, "Message-ID").strip().strip("<>").partition("@")[0]
    mail = Mail.objects.select_related("user").filter(mark=mark).first() if len(mark) == 32 else None
    if mail is not None:
        return mail.user
    token = (
        _header(about, "List-Unsubscribe")
        .strip()
        .strip("<>")
        .partition("?")[0]
        .rstrip("/")
        .rpartition("/")[2]
    )
    preference = Preference.objects.select_related("user").filter(token=token).first() if token else None
    return preference.user if preference is not None else None


def _delivery(part: Message, about: Message | None) -> Reading:
    groups = part.get_payload()
    failed = [
        _header(group, "Status")
        for group in (groups if isinstance(groups, list) else [])
        if isinstance(group, Message) and _header(group, "Action").strip().lower() == "failed"
    ]
    if not failed:
        return Reading(Kind.DELAYED, about=about)
    found = STATUS.search(failed[0])
    return Reading(Kind.FAILED, status=found.group() if found else "", about=about)


def _brought_back(message: Message) -> Message | None:
    """The mail of ours, or its head, at the end of a report."""
    for part in message.walk():
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list) and payload:
            return cast(Message, payload[0])
        if part.get_content_type() == "text/rfc822-headers" and isinstance(payload, str):
            return message_from_bytes(payload.encode("utf-8", "replace"))
    return None


def _fields(part: Message) -> dict[str, str]:
    """The lines of a feedback report, which some write as a part of text and others as a mail without a body."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if isinstance(inner, Message) and inner.keys():
        return {key.lower(): str(value) for key, value in inner.items()}
    text = str(inner.get_payload() if isinstance(inner, Message) else payload)
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    return {key.strip().lower(): value.strip() for key, _colon, value in pairs}


def _receivers(message: Message, receiver: str) -> Iterator[str]:
    yield _bare(receiver)
    for name in RECEIVERS:
        for _name, address in getaddresses([str(value) for value in message.get_all(name, [])][:20]):
            yield address


def _bare(address: str) -> str:
    return address.rpartition(";")[2].strip().strip("<>")


def _header(message: Message | None, name: str) -> str:
    return str(message.get(name) or "") if message is not None else ""


def _subject(message: Message) -> str:
    try:
        return str(make_header(decode_header(_header(message, "Subject"))))
    except (LookupError, UnicodeError, ValueError):
        return _header(message, "Subject")
