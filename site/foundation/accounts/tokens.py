"""The code that confirms an e-mail address: six digits to type where one has just signed up.

It is in the mail beside the link, for whoever reads mail on another machine. It stands in the session, as a hash, so it
works in that browser alone; five wrong ones end it.
"""

from __future__ import annotations

import secrets
import time
from enum import Enum
from typing import Any

from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

KEY = "confirm_code"  # in the session
SALT = "accounts.confirm-code"
LASTS = 24 * 60 * 60  # seconds
TRIES = 5


class Answer(Enum):
    """What a code was."""

    RIGHT = "right"
    WRONG = "wrong"
    ENDED = "ended"  # too many tries, or too late


def new(request: HttpRequest, address: EmailAddress) -> str:
    """A code for this address, as it stands in the mail: two groups of three digits."""
    code = f"{secrets.randbelow(1_000_000):06}"
    request.session[KEY] = {
        "address": address.pk,
        "hash": _hash(code, address.pk),
        "since": time.time(),
        "tries": 0,
    }
    return f"{code[:3]} {code[3:]}"


def check(request: HttpRequest, typed: str) -> tuple[Answer, EmailAddress | None]:
    """Whether this is the code of this browser, and which address it confirms.

    Where nothing waits for a code the answers are the same, so that they do not tell who has an account.
    """
    kept: dict[str, Any] = request.session.get(KEY) or {
        "address": 0,
        "hash": "",
        "since": time.time(),
        "tries": 0,
    }
    if kept["tries"] >= TRIES or time.time() - kept["since"] > LASTS:
        return Answer.ENDED, None
    # Counted first: two at a time are two tries.
    request.session[KEY] = {**kept, "tries": kept["tries"] + 1}
    request.session.save()
    digits = "".join(str(int(char)) for char in typed if char.isdecimal())
    if not kept["hash"] or not constant_time_compare(_hash(digits, kept["address"]), kept["hash"]):
        return (Answer.ENDED if kept["tries"] + 1 >= TRIES else Answer.WRONG), None
    address = EmailAddress.objects.filter(pk=kept["address"]).first()
    return (Answer.RIGHT, address) if address is not None else (Answer.WRONG, None)


def _hash(code: str, address: int) -> str:
    return salted_hmac(SALT, f"{address}.{code}", algorithm="sha256").hexdigest()
