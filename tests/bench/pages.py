"""What each page kind costs: SQL queries, bytes, and time as a multiple of an empty view on the same server.

    python -m tests.bench.pages [--repeat 15] [--data ../shared/data]

Loads the demo and, where the folder is there, Wiki Education's modules and the list of affiliates into a
database of its own; serves them with gunicorn on loopback; asks for each page in turn with the empty view
between, and prints the ratio of the medians. The last column compares the throughput of the cached page.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import io
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PORT = 8391
GOAL_QUERIES, GOAL_BYTES, GOAL_TIMES, GOAL_CACHED = 15, 60_000, 40, 0.5


def prepare(data: Path) -> None:
    """A database with the demo and the real material, and its index."""
    from django.core.management import call_command

    from exchange.demo.loading import load
    from search.services import rebuild

    call_command("migrate", verbosity=0)
    print(f"Demo: {load()}", flush=True)
    if (data / "wikiedu-training").is_dir():
        call_command(
            "import_wikiedu",
            str(data / "wikiedu-training"),
            stdout=io.StringIO(),
            stderr=io.StringIO(),
        )
        call_command(
            "import_organisations", str(data / "affiliates" / "affiliates.csv"), stdout=io.StringIO()
        )
    else:
        print(f"{data} is not there: measured with the demo alone.")
    print(f"Index: {rebuild()} documents", flush=True)


def page_kinds() -> list[tuple[str, str, Any]]:
    """(name, address, user or None) of one page of each kind."""
    from django.urls import reverse
    from django.utils import translation

    from directory.models import Exchange, Listing, Organisation, Person
    from exchange.accounts.models import User
    from exchange.demo.accounts import demo_address
    from learning.models import CoursePage, LearningIndexPage, TrainingModulePage, WebinarPage
    from mentoring.models import MentoringProgrammePage

    def page(model: Any) -> Any:
        return model.objects.live().filter(locale__language_code="en").order_by("pk").first()

    member = User.objects.get(email=demo_address("member"))
    coordinator = User.objects.get(email=demo_address("coordinator"))
    with translation.override("en"):
        module = page(TrainingModulePage)
        person = Person.objects.listed().exclude(user=member).first()
        need = Listing.objects.shown().needs().first()
        offer = Listing.objects.shown().offers().first()
        kinds = [
            ("home, signed out", "/en/", None),
            ("catalogue", page(LearningIndexPage).url, None),
            ("lesson, overview", module.url, None),
            ("lesson, a step", f"{module.url}step/2/", None),
            ("recording", page(WebinarPage).url, None),
            ("course", page(CoursePage).url, None),
            ("search", reverse("search:search") + "?q=partnership", None),
            ("capacities", reverse("home:capacities"), None),
            ("capacity", reverse("home:capacity", args=["building-partnerships"]), None),
            ("people", reverse("directory:people"), None),
            ("person", person.get_absolute_url(), None),
            ("organisations", reverse("directory:organisations"), None),
            ("organisation", Organisation.objects.filter(is_demo=True).first().get_absolute_url(), None),
            ("offers and needs", reverse("directory:listings"), None),
            ("offer", offer.get_absolute_url(), None),
            ("need", need.get_absolute_url(), None),
            ("programme", page(MentoringProgrammePage).url, None),
            ("figures", reverse("home:figures"), None),
            ("home, signed in", "/en/", member),
            ("my exchanges", reverse("directory:my_exchanges"), member),
            ("my profile", reverse("directory:profile_edit"), member),
            ("notifications", reverse("notifications:feed"), member),
            (
                "board",
                reverse("mentoring:board", args=[page(MentoringProgrammePage).translation_key]),
                coordinator,
            ),
        ]
        exchange = Exchange.objects.of(member).first()
        if exchange is not None:
            kinds.append(("exchange", exchange.get_absolute_url(), member))
    return kinds


def weigh(url: str, user: Any) -> tuple[int, int, int, int, str]:
    """SQL queries, bytes of HTML, CSS and JavaScript, and the session's cookie."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    if user is not None:
        client.force_login(user)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    if answer.status_code != 200:
        raise SystemExit(f"{url} answered {answer.status_code}")
    text = answer.content.decode()
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    css = sum(map(file_size, set(re.findall(r'href="/static/([^"]+\.css)"', text))))
    js = sum(map(file_size, set(re.findall(r'src="/static/([^"]+\.js)"', text))))
    return len(queries), len(answer.content), css, js, cookie.value if cookie else ""


def file_size(name: str) -> int:
    """Bytes of a static file."""
    from django.contrib.staticfiles import finders

    return Path(finders.find(name)).stat().st_size


@contextlib.contextmanager
def server(cache_seconds: int) -> Iterator[None]:
    """gunicorn with one worker on loopback, for as long as the block runs."""
    environment = {
        **os.environ,
        "BENCH_PAGE_CACHE": str(cache_seconds),
        "WEB_WORKERS": "1",
        "WEB_THREADS": "1",
        "PORT": str(PORT),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "--log-level", "error"],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 60
        while True:
            try:
                ask("/bench/empty/")
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.3)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def ask(url: str, session: str = "") -> float:
    """Seconds for one request and its whole answer."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    headers = {"Cookie": f"sessionid={session}"} if session else {}
    began = time.perf_counter()
    connection.request("GET", url, headers=headers)
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - began
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{url} answered {answer.status}")
    return took


def times_of_empty(url: str, session: str, repeat: int) -> float:
    """The median time of a page as a multiple of the empty view's, asked in turn."""
    ask(url, session)
    page, floor = [], []
    for _ in range(repeat):
        floor.append(ask("/bench/empty/"))
        page.append(ask(url, session))
    return statistics.median(page) / statistics.median(floor)


def main() -> None:
    """Prepares, measures, prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="exchange-bench-") as folder:
        os.environ.update(
            TEST_DATA_DIR=folder, DATA_DIR=folder, DJANGO_SETTINGS_MODULE="tests.bench.settings"
        )
        sys.path.insert(0, str(ROOT / "site"))
        import django

        django.setup()
        prepare(options.data)
        kinds = page_kinds()
        weights = [weigh(url, user) for _name, url, user in kinds]
        with server(0):
            times = [
                times_of_empty(url, weight[4], options.repeat)
                for (_n, url, _u), weight in zip(kinds, weights, strict=True)
            ]
        with server(300):
            cached = [
                1 / times_of_empty(url, "", options.repeat * 2) if user is None else None
                for _name, url, user in kinds
            ]
    table(kinds, weights, times, cached)


def table(kinds: list[Any], weights: list[Any], times: list[float], cached: list[float | None]) -> None:
    """One line a page kind; a star marks what misses its goal."""
    print(f"\n{'page':20}{'SQL':>6}{'HTML':>9}{'CSS':>9}{'JS':>8}{'all':>9}{'x empty':>9}{'cached':>9}")
    missed = 0
    for (name, _url, _user), (queries, html, css, js, _s), multiple, share in zip(
        kinds, weights, times, cached, strict=True
    ):
        total = html + css + js
        marks = [
            queries > GOAL_QUERIES,
            total > GOAL_BYTES,
            multiple > GOAL_TIMES,
            share is not None and share < GOAL_CACHED,
        ]
        missed += sum(marks)
        star = ["*" if mark else " " for mark in marks]
        print(
            f"{name:20}{queries:>5}{star[0]}{html:>9}{css:>9}{js:>8}{total:>8}{star[1]}{multiple:>8.1f}{star[2]}"
            + (f"{share:>8.2f}{star[3]}" if share is not None else f"{'-':>8} ")
        )
    print(
        f"\nGoals: at most {GOAL_QUERIES} queries, {GOAL_BYTES // 1000} KB, {GOAL_TIMES} times the empty view; "
        f"cached at least {GOAL_CACHED} of its throughput. Missed: {missed} (marked *)."
    )


if __name__ == "__main__":
    main()
