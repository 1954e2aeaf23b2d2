"""A browser without pictures: cookies, forms as they stand on a page, and a person who presses again when it fails."""

from __future__ import annotations

import time
import warnings
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from bs4 import Tag
from requests.adapters import HTTPAdapter

from tests.desk.forms import Form
from tests.faults.log import Asked, Ledger, now

PATIENCE = 60  # seconds that a browser waits for an answer
AGAIN = 1.0  # seconds after which somebody presses again
GIVES_UP = 150  # seconds after which they stop
MARK = "typed-"  # what everybody types holds a word that begins so

warnings.filterwarnings("ignore", category=urllib3.exceptions.InsecureRequestWarning)


class GaveUp(Exception):
    """It never worked; the text says what."""


class SignedOut(Exception):
    """The site does not know this person any more."""


class _From(HTTPAdapter):
    """Sends from an address of its own: tries are counted by address."""

    def __init__(self, source: str) -> None:
        self.source = source
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, source_address=(self.source, 0))


class Answer:
    """What came back."""

    def __init__(self, status: int, url: str, text: str, headers: Mapping[str, str]) -> None:
        self.status_code, self.url, self.text, self.headers = status, url, text, headers

    @property
    def location(self) -> str:
        """Where it leads on to; nothing where it does not."""
        return urlsplit(self.headers.get("Location", "")).path if 300 <= self.status_code < 400 else ""


class Sheet(Form):
    """The form of a page that is sent to an address with these words, or that holds a field of this name."""

    def __init__(self, browser: Browser, address: str, html: str, name: str = "", to: str = "") -> None:
        self.to = to
        super().__init__(browser, address, html, name)  # type: ignore[arg-type]

    def _found(self, name: str) -> Tag:
        if not self.to:
            return super()._found(name)
        for form in self.page.find_all("form"):
            path = urlsplit(str(form.get("action") or self.address)).path
            if self.to in path and form.get("method", "get").lower() == "post":
                return form
        raise AssertionError(
            f"{self.address} has no form to {self.to}: {self.page.get_text(' ', strip=True)[:300]}"
        )


class Browser:
    """One person's window."""

    def __init__(self, url: str, who: str, source: str, ledger: Ledger) -> None:
        self.url, self.who, self.ledger = url, who, ledger
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = False
        self.session.mount("https://", _From(source))
        self.at = url

    def ask(self, method: str, path: str, fields: Mapping[str, Any] | None = None) -> Answer:
        """One request, without following where it leads."""
        target = urljoin(self.at, path)
        began = now()
        try:
            got = self.session.request(
                method,
                target,
                data=fields,
                headers={"Referer": self.at},
                timeout=PATIENCE,
                allow_redirects=False,
            )
            answer = Answer(got.status_code, target, got.text, got.headers)
        except requests.RequestException as error:
            answer = Answer(0, target, type(error).__name__, {})
        typed = [
            str(word) for values in (fields or {}).values() for word in _many(values) if MARK in str(word)
        ]
        self.ledger.note(
            Asked(
                began,
                now(),
                self.who,
                method,
                urlsplit(target).path,
                answer.status_code,
                answer.headers.get("X-Page-Cache") == "hit",
                lost_words=answer.status_code == 503
                and "Retry-After" in answer.headers
                and any(word not in answer.text for word in typed),
            )
        )
        return answer

    def until(self, method: str, path: str, fields: Mapping[str, Any] | None = None) -> Answer:
        """Presses again until the site answers. Raises GaveUp."""
        until = now() + GIVES_UP
        while True:
            answer = self.ask(method, path, fields)
            if answer.status_code and answer.status_code < 500 and answer.status_code != 429:
                if answer.location.endswith("/account/login/") and "/account/" not in path:
                    raise SignedOut(f"{self.who}: {method} {path}")
                return answer
            if now() > until:
                raise GaveUp(f"{self.who}: {method} {path} {answer.status_code} {answer.text[:200]}")
            time.sleep(AGAIN)

    def get(self, path: str) -> Answer:
        """A page, at the end of where it leads."""
        for _hop in range(6):
            answer = self.until("GET", path)
            if not answer.location:
                self.at = answer.url
                return answer
            path = answer.headers["Location"]
        raise GaveUp(f"{self.who}: {path} leads nowhere")

    def post(self, path: str, fields: Mapping[str, Any]) -> Answer:
        """Sends a form, again and again the same, until it is answered."""
        return self.until("POST", path, fields)

    def form(self, path: str, name: str = "", *, to: str = "") -> Sheet:
        """Opens a page and takes a form of it."""
        answer = self.get(path)
        if answer.status_code != 200:
            raise AssertionError(f"{self.who}: {path} answers {answer.status_code}")
        return Sheet(self, answer.url, answer.text, name, to)

    def sign_in(self, email: str, password: str) -> None:
        """By the form."""
        self.session.cookies.clear()
        form = self.form("/en/account/login/", "login").fill(login=email, password=password)
        answer = form.send()
        if answer.status_code != 302:
            raise AssertionError(f"{email} cannot sign in: {answer.status_code}")


def _many(values: Any) -> list[Any]:
    return list(values) if isinstance(values, (list, tuple)) else [values]
