"""The admin's own search on SQLite: ours beside Wagtail's stock back end and beside plain SQL.

    python -m tests.bench.admin_search [--objects 50000] [--bearable 4000] [--repeat 5]

Fills a database of its own with invented pages and pictures whose words are as unevenly spread as words are.
At a size that the stock back end can bear, both are asked the same; then everything is loaded and ours is
measured beside the plain SQL statement that any back end must run at least, and in the admin's own pages.
Times are the best of the repetitions, in milliseconds; the machine may be busy, so look at the ratios.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

PER_PAGE = 50
LEAF_PAGES = 500  # below one page of the tree
VOCABULARY = [f"w{number}" for number in range(20_000)]
OFTEN = list(itertools.accumulate(1 / (number + 2) for number in range(len(VOCABULARY))))  # Zipf's law
QUESTIONS = {
    "common word": "w0",
    "middling word": "w60",
    "rare word": "w9000",
    "two common words": "w0 w1",
    "no such word": "nowhere",
}
# Times the plain statement; times what the page explorer takes when nothing is asked.
GOAL_FLOOR, GOAL_PAGE = 10.0, 2.0


def title(chance: random.Random, number: int) -> str:
    """Three to nine words: the first of the vocabulary is in a quarter of all titles, others ever more seldom."""
    words = chance.choices(VOCABULARY, cum_weights=OFTEN, k=chance.randint(3, 9))
    return " ".join([*words, f"n{number}"])


def pages(count: int, begin: int) -> Iterator[Any]:
    """Page rows in a tree of two levels, made without a save for each."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Locale, Page

    chance, root = random.Random(begin), Page.objects.get(depth=1)
    kind, locale = ContentType.objects.get_for_model(Page), Locale.get_default()
    leaf = 0
    above = ""
    for number in range(begin, begin + count):
        section = (number - begin) % (LEAF_PAGES + 1) == 0
        if section:
            above = Page._get_path(root.path, 2, 1000 + begin // 10 + (number - begin) // (LEAF_PAGES + 1))
            path, leaf = above, 0
        else:
            leaf += 1
            path = Page._get_path(above, 3, leaf)
        yield Page(
            title=title(chance, number),
            draft_title="",
            slug=f"p{number}",
            path=path,
            depth=2 if section else 3,
            numchild=LEAF_PAGES if section else 0,
            url_path=f"/p{number}/",
            content_type=kind,
            locale=locale,
        )


def pictures(count: int, begin: int) -> Iterator[Any]:
    """Pictures without files."""
    from exchange.home.models import CreditedImage

    chance = random.Random(-begin)
    for number in range(begin, begin + count):
        words = title(chance, number)
        yield CreditedImage(title=words, description=words[::-1], file=f"{number}.png", width=8, height=8)


def load(count: int, begin: int) -> float:
    """Load so many objects more and index them as the site does; answers seconds of indexing."""
    from django.db import connection
    from wagtail.models import Page

    from exchange.home.models import CreditedImage

    spent = 0.0
    for model, rows in ((Page, pages(count * 4 // 5, begin)), (CreditedImage, pictures(count // 5, begin))):
        made = list(rows)
        for start in range(0, len(made), 1000):
            saved = model.objects.bulk_create(made[start : start + 1000])
            clock = time.perf_counter()
            backend("ours").add_bulk(model, saved)
            spent += time.perf_counter() - clock
    if Page.objects.filter(depth=2).exists():
        Page.objects.filter(depth=1).update(numchild=Page.objects.filter(depth=2).count())
    connection.cursor().execute("PRAGMA optimize")
    return spent


def backend(name: str) -> Any:
    """Ours, as the settings say, or Wagtail's."""
    from wagtail.search.backends import get_search_backend

    return get_search_backend() if name == "ours" else get_search_backend("wagtail.search.backends.database")


def asked(name: str, text: str, *, typed: bool = False) -> Callable[[], Any]:
    """What a list of the admin does: the number of all and the first page."""
    from wagtail.models import Page

    def run() -> int:
        engine = backend(name)
        results = (engine.autocomplete if typed else engine.search)(text, Page.objects.all())
        return int(results.count()) + len(list(results[:PER_PAGE]))

    return run


def plain(text: str) -> Callable[[], Any]:
    """The statements that nobody can do without: match, rank, the first rows, and the number of all."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from wagtail.models import Page

    kinds = ContentType.objects.filter(app_label__in=("wagtailcore", "home")).values_list("pk", flat=True)
    match = " AND ".join(f'"{word}"' for word in text.split())
    found = (
        "FROM wagtailsearch_indexentry_fts f CROSS JOIN wagtailsearch_indexentry e ON e.id = f.rowid "
        "CROSS JOIN wagtailcore_page p ON p.id = CAST(e.object_id AS INTEGER) "
        "WHERE wagtailsearch_indexentry_fts MATCH %s AND e.content_type_id = %s"
    )
    kind = ContentType.objects.get_for_model(Page).pk
    assert kind in set(kinds)

    def run() -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) {found}", [f"{{title body}} : ({match})", kind])
            count = cursor.fetchone()[0]
            order = "ORDER BY bm25(wagtailsearch_indexentry_fts) * (e.title_norm + 1) LIMIT 50"
            cursor.execute(f"SELECT p.* {found} {order}", [f"{{title body}} : ({match})", kind])
            return int(count) + len(cursor.fetchall())

    return run


def best(work: Callable[[], Any], repeat: int, patience: float = 60.0) -> tuple[float, Any]:
    """(milliseconds of the quickest run, its answer); one run only of what takes longer than patience."""
    times, answer, began = [], None, time.perf_counter()
    for _ in range(repeat):
        clock = time.perf_counter()
        answer = work()
        times.append((time.perf_counter() - clock) * 1000)
        if time.perf_counter() - began > patience:
            break
    return min(times), answer


def line(*cells: object) -> None:
    """One row of a table."""
    print(
        "| " + " | ".join(f"{cell:,.1f}" if isinstance(cell, float) else str(cell) for cell in cells) + " |"
    )


def beside_stock(repeat: int) -> None:
    """Both back ends with the same questions."""
    line("question", "found", "stock ms", "ours ms", "times faster")
    line(*["---"] * 5)
    for name, text in QUESTIONS.items():
        ours, found = best(asked("ours", text), repeat)
        theirs, same = best(asked("stock", text), repeat, patience=20.0)
        if found != same:
            sys.exit(f"{name}: stock found {same}, ours {found}.")
        line(name, found, theirs, ours, theirs / ours)


def beside_plain(repeat: int) -> bool:
    """Ours and the plain statement, at full size."""
    good = True
    line("question", "found", "plain SQL ms", "ours ms", "times plain", "typed ms")
    line(*["---"] * 6)
    for name, text in QUESTIONS.items():
        floor, _ = best(plain(text), repeat)
        ours, found = best(asked("ours", text), repeat)
        typed, _ = best(asked("ours", text, typed=True), repeat)
        good &= ours / max(floor, 1.0) <= GOAL_FLOOR
        line(name, found, floor, ours, ours / floor, typed)
    return good


def in_the_admin(repeat: int) -> bool:
    """The pages that editors open, each without and with a question."""
    from django.test import Client
    from django.urls import reverse
    from wagtail.models import Page

    from foundation.accounts.models import User

    client, root = Client(), Page.objects.get(depth=1)
    client.force_login(User.objects.create_superuser("bench@test.example", "a long password for nobody"))
    good, usual = True, 0.0
    line("page of the admin", "without a question ms", "common word ms", "rare word ms")
    line(*["---"] * 4)
    for name, url in (
        ("page explorer", reverse("wagtailadmin_explore", args=[root.pk])),
        ("page search", reverse("wagtailadmin_pages:search")),
        ("page chooser", reverse("wagtailadmin_choose_page_search")),
        ("pictures", reverse("wagtailimages:index_results")),
        ("picture chooser", reverse("wagtailimages_chooser:choose_results")),
    ):

        def get(text: str, url: str = url) -> Callable[[], Any]:
            def run() -> None:
                response = client.get(url, {"q": text} if text else {})
                assert response.status_code == 200, response.status_code

            return run

        times = [
            best(get(text), repeat)[0] for text in ("", QUESTIONS["common word"], QUESTIONS["rare word"])
        ]
        usual = usual or times[0]
        good &= max(times[1:]) <= GOAL_PAGE * usual
        line(name, *times)
    return good


def saving(repeat: int) -> None:
    """What the index costs a page that is saved."""
    from wagtail.models import Page

    page = Page.objects.order_by("-pk")[0]
    ours, _ = best(lambda: backend("ours").add(page), repeat)
    theirs, _ = best(lambda: backend("stock").add(page), repeat)
    print(f"\nOne saved page into the index: stock {theirs:.1f} ms, ours {ours:.1f} ms.")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--objects", type=int, default=50_000, help="pages and pictures in all")
    parser.add_argument(
        "--bearable", type=int, default=4_000, help="objects at which the stock back end is asked"
    )
    parser.add_argument("--repeat", type=int, default=5)
    asked_for = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="exchange-bench-") as folder:
        os.environ |= {"TEST_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        os.environ.pop("DATABASE_URL", None)
        sys.path.insert(0, "site")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        load(asked_for.bearable, 0)
        print(f"\n{asked_for.bearable:,} objects, both back ends:\n")
        beside_stock(asked_for.repeat)
        spent = load(asked_for.objects - asked_for.bearable, 1_000_000)
        print(f"\n{asked_for.objects:,} objects ({spent:.0f} s to index the second part):\n")
        good = beside_plain(asked_for.repeat)
        print()
        good &= in_the_admin(asked_for.repeat)
        saving(asked_for.repeat)
    print(
        "\nGoals " + ("reached." if good else "MISSED: ten times plain SQL, twice the page explorer at rest.")
    )
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
