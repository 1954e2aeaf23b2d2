"""Pages that fail, and the site."""

from __future__ import annotations

import logging
import smtplib
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from exchange.urls import urlpatterns as of_the_site
from foundation.jobs.services import enqueue
from tests.operations.planted import ADDRESS, KEY, SESSION

logger = logging.getLogger("planted")


def exception(request: HttpRequest) -> HttpResponse:
    """The address in the text of an error, and in one before it."""
    try:
        raise KeyError(ADDRESS)
    except KeyError as error:
        raise ValueError(f"no mailbox for {ADDRESS}, session {SESSION}, password='hunter2hunter2'") from error


def statement(request: HttpRequest) -> HttpResponse:
    """An error of the database, which quotes its statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT no_such_column FROM accounts_user WHERE email = '{ADDRESS}'")  # noqa: S608
    return HttpResponse()


def detail(request: HttpRequest) -> HttpResponse:
    """As PostgreSQL tells it."""
    raise ValueError(f"duplicate key\nDETAIL:  Failing row contains (1, Wanda,\n{ADDRESS}, {KEY}).")


def spoken(request: HttpRequest) -> HttpResponse:
    """In messages and their arguments."""
    logger.warning("Not Found: %s", f"/en/account/password/reset/key/1-c2vbqd-{KEY}/")
    logger.warning("Asked for /en/search/?q=private-question&next=%2Fme from %s", {"to": [ADDRESS]})
    logger.warning("Link to /en/account/confirm/wanda.private%40example.org/ in cookie: sessionid=" + SESSION)
    enqueue("tests.operations.planted.urls.refused", 7)
    return HttpResponse()


def slow(request: HttpRequest) -> HttpResponse:
    """A statement that takes long, asked about somebody."""
    counting = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 400000) "
    with connection.cursor() as cursor:
        cursor.execute(f"{counting} SELECT count(*), %s, '{ADDRESS}' FROM n", [ADDRESS])  # noqa: S608
    return HttpResponse()


def refused(number: int, *args: Any) -> None:
    """A job: what a mail server says of an address."""
    logger.warning("Mail %s for %s", number, ADDRESS)
    raise smtplib.SMTPRecipientsRefused({ADDRESS: (550, f"5.1.1 <{ADDRESS}>: no such user".encode())})


urlpatterns = [
    path("planted/exception", exception),
    path("planted/statement", statement),
    path("planted/detail", detail),
    path("planted/slow", slow),
    path("planted/spoken", spoken),
    *of_the_site,
]
