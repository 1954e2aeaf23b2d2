"""What each page kind costs: SQL queries, bytes, processor time, and time as a multiple of an empty view.

    python -m tests.bench.pages [--repeat 15] [--data ../shared/data] [--crowd]

Loads the demo and, where the folder is there, Wiki Education's modules and the list of affiliates into a
database of its own; serves them with gunicorn on loopback; asks for each page in turn with the empty view
between, and prints the ratio of the medians. Beside it stands what the server's processes spent of the processors
for one request, which other work on the machine does not change. The last column compares the throughput of the
cached page. Below the table: the share of stored pages that the cache answered while nobody edits, and while one
editor has a page open (whose browser says so every ten seconds).

`--crowd` adds 20,000 people, 20,000 listings and 50,000 exchanges (`tests.bench.crowd`).
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import http.client
import io
import os
import re
import secrets
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
GOAL_QUERIES, GOAL_BYTES, GOAL_TIMES, GOAL_CACHED = 15, 20_000, 40, 0.5
# (queries, bytes) of pages that may take more, each for a reason: the board is a coordinator's desk with requests,
# mentors, messages of pairs and Wagtail's bar (four of the queries), and costs the same for thirty requests and a
# thousand. The front page of a member looks once what waits for the index.
MORE = {"board": (27, GOAL_BYTES), "home, signed in": (16, GOAL_BYTES)}


def goals_of(name: str) -> tuple[int, int]:
    """How many queries and bytes a page kind may take."""
    return MORE.get(name, (GOAL_QUERIES, GOAL_BYTES))


def prepare(data: Path, with_crowd: bool) -> None:
    """A database with the demo and the real material, and its index."""
    from django.core.management import call_command

    from exchange.demo.loading import load
    from foundation.database.statistics import refresh_statistics
    from search.api import rebuild

    call_command("prepare", "database")
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
    if with_crowd:
        from tests.bench.crowd import crowd

        crowd()
    refresh_statistics()
    print(f"Index: {rebuild()} documents", flush=True)


def page_kinds() -> list[tuple[str, str, Any]]:
    """(name, address, user or None) of one page of each kind."""
    from django.urls import reverse
    from django.utils import translation

    from directory.models import Exchange, Listing, Organisation, Person
    from exchange.demo.users import demo_address
    from foundation.accounts.models import User
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
            ("person, signed in", person.get_absolute_url(), member),
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
    """SQL queries, bytes of HTML, CSS and JavaScript as they travel, and the session's cookie."""
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
    return len(queries), travels(answer.content), css, js, cookie.value if cookie else ""


def file_size(name: str) -> int:
    """Bytes of a static file as it travels."""
    from django.contrib.staticfiles import finders

    return travels(Path(finders.find(name)).read_bytes())


def travels(content: bytes) -> int:
    """Bytes that a browser receives: compressed, as every server here sends text."""
    return len(gzip.compress(content, compresslevel=6))


@contextlib.contextmanager
def server(cache_seconds: int) -> Iterator[int]:
    """gunicorn with one worker on loopback, for as long as the block runs. Answers its process id."""
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
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def processor_seconds(pid: int) -> float:
    """What a process and its children have spent of the processors, in steps of a hundredth (Linux: /proc)."""
    ticks = 0
    for process in (pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())):
        # The name of a program, in brackets, may hold blanks.
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def processor_a_request(pid: int, url: str, session: str, repeat: int) -> float:
    """Milliseconds of the processors that the server spends on one request."""
    began = processor_seconds(pid)
    for _ in range(repeat):
        ask(url, session)
    return (processor_seconds(pid) - began) / repeat * 1000


def hit_rate(urls: list[str], rounds: int, editing: str = "") -> float:
    """The share of requests for these pages that were answered from the cache.

    Args:
        urls: pages for everybody, asked for in turn.
        rounds: how often each is asked for; the first round only fills the cache and is not counted.
        editing: the session of somebody who has a page open in the editor; their browser says so between rounds.
    """
    hits = 0
    for number in range(rounds + 1):
        if editing:
            keep_editing(editing)
        for url in urls:
            hits += bool(number) and answered_from_cache(url)
    return hits / (rounds * len(urls))


def answered_from_cache(url: str) -> bool:
    """Whether the page cache answered."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("GET", url)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.getheader("X-Page-Cache") == "hit"


def keep_editing(session: str) -> None:
    """What an open page editor sends every ten seconds."""
    from django.urls import reverse

    from learning.models import TrainingModulePage

    page = TrainingModulePage.objects.order_by("pk").first()
    path = reverse("wagtailadmin_editing_sessions:ping", args=["learning", "trainingmodulepage", page.pk, 1])
    token = secrets.token_hex(16)
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("POST", path, body="is_editing=1", headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")


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
    parser.add_argument("--crowd", action="store_true", help="with 20,000 people and 50,000 exchanges")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="exchange-bench-") as folder:
        os.environ.update(
            TEST_DATA_DIR=folder, DATA_DIR=folder, DJANGO_SETTINGS_MODULE="tests.bench.settings"
        )
        sys.path.insert(0, str(ROOT / "site"))
        import django

        django.setup()
        prepare(options.data, options.crowd)
        kinds = page_kinds()
        weights = [weigh(url, user) for _name, url, user in kinds]
        asked = [(url, weight[4]) for (_n, url, _u), weight in zip(kinds, weights, strict=True)]
        with server(0) as pid:
            times = [times_of_empty(url, session, options.repeat) for url, session in asked]
            spent = [processor_a_request(pid, url, session, options.repeat) for url, session in asked]
        with server(300):
            cached = [
                1 / times_of_empty(url, "", options.repeat * 2) if user is None else None
                for _name, url, user in kinds
            ]
            public = [url for _name, url, user in kinds if user is None]
            rates = hit_rate(public, 5), hit_rate(public, 5, editing_session())
    table(kinds, weights, times, spent, cached)
    print(f"Answered from the cache: {rates[0]:.0%}; with one page open in the editor: {rates[1]:.0%}.")


def editing_session() -> str:
    """The session of the demo's editor."""
    from django.conf import settings
    from django.test import Client

    from exchange.demo.users import demo_address
    from foundation.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email=demo_address("editor")))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def table(
    kinds: list[Any],
    weights: list[Any],
    times: list[float],
    spent: list[float],
    cached: list[float | None],
) -> None:
    """One line a page kind; a star marks what misses its goal."""
    print(
        f"\n{'page':20}{'SQL':>6}{'HTML':>9}{'CSS':>9}{'JS':>8}{'all':>9}{'x empty':>9}{'CPU ms':>9}{'cached':>9}"
    )
    missed = 0
    for (name, _url, _user), (queries, html, css, js, _s), multiple, cpu, share in zip(
        kinds, weights, times, spent, cached, strict=True
    ):
        total = html + css + js
        most_queries, most_bytes = goals_of(name)
        marks = [
            queries > most_queries,
            total > most_bytes,
            multiple > GOAL_TIMES,
            share is not None and share < GOAL_CACHED,
        ]
        missed += sum(marks)
        star = ["*" if mark else " " for mark in marks]
        print(
            f"{name:20}{queries:>5}{star[0]}{html:>9}{css:>9}{js:>8}{total:>8}{star[1]}{multiple:>8.1f}{star[2]}{cpu:>9.1f}"
            + (f"{share:>8.2f}{star[3]}" if share is not None else f"{'-':>8} ")
        )
    print(
        f"\nGoals: at most {GOAL_QUERIES} queries, {GOAL_BYTES // 1000} KB, {GOAL_TIMES} times the empty view; "
        f"cached at least {GOAL_CACHED} of its throughput. Missed: {missed} (marked *)."
    )


if __name__ == "__main__":
    main()
