"""What the processes of a House do: `python -m tests.search.inside VERB …`. Prints JSON in its last line."""

from __future__ import annotations

import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

SLOWEST = 30.0  # seconds after which something will not leave the results any more


def change(name: str, threads: str, each: str) -> None:
    """So many threads make so many changes each, all at once; a line for each 25 that are saved."""
    from django.db import connection

    from directory.models import Organisation
    from search.documents import document_type

    assert document_type("organisation")
    saved, guard, failed = [0], threading.Lock(), []

    def work(number: int) -> None:
        chance = random.Random(f"{name} {number}")
        mine: list[Any] = []
        try:
            for turn in range(int(each)):
                what = chance.random()
                if len(mine) < 3 or what < 0.5:
                    slug = f"{name}-{number}-{turn}"
                    mine.append(Organisation.objects.create(name=f"Circle {slug}", slug=slug))
                elif what < 0.75:
                    one = chance.choice(mine)
                    one.name = f"Circle {one.slug} in its {turn}th year"
                    one.save()
                elif what < 0.9:
                    one = chance.choice(mine)
                    one.active = not one.active
                    one.save()
                else:
                    mine.pop(chance.randrange(len(mine))).delete()
                with guard:
                    saved[0] += 1
                    if saved[0] % 25 == 0:
                        print(saved[0], flush=True)
        except Exception as error:
            failed.append(repr(error))
        finally:
            connection.close()

    running = [threading.Thread(target=work, args=(number,)) for number in range(int(threads))]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    print(json.dumps({"saved": saved[0], "failed": failed}))


def state() -> None:
    """What waits, and whether the index is what the database says, in its content too."""
    from search.api import status, verify
    from search.errors import EngineError

    found = status()
    told: dict[str, Any] = {"pending": found.pending, "dead": found.dead, "error": found.error}
    try:
        compared = verify()
    except EngineError as error:
        told |= {"agrees": False, "error": str(error)}
    else:
        told |= {"agrees": compared.agrees, "known": compared.known}
        told |= {"differ": compared.differing[:9]}
    print(json.dumps(told))


def build() -> None:
    """An index, empty as the site is."""
    from search.api import rebuild

    print(json.dumps(rebuild()))


def leaving(turn: str) -> None:
    """How long it takes until something that is hidden has left the results: seconds for each way to hide.

    Each turn makes its own people and pages, with words that no other turn has.
    """
    from django.utils import timezone
    from wagtail.models import PageViewRestriction

    from tests.factories.accounts import UserFactory
    from tests.factories.directory import ListingFactory, OrganisationFactory, PersonFactory
    from tests.factories.learning import make_module

    for factory in (UserFactory, PersonFactory, OrganisationFactory, ListingFactory):
        factory.reset_sequence(1000 * (int(turn) + 1), force=True)
    person, alone = PersonFactory(name=f"Wanda wanderer{turn}"), PersonFactory(name=f"Some alma{turn}")
    offer = ListingFactory(title=f"Walking tours{turn}", person=person)
    group = OrganisationFactory(name=f"The circle{turn}")
    page, secret = make_module(title=f"Lesson on otters{turn}"), make_module(title=f"Lesson on herons{turn}")
    withdrawn = ListingFactory(title=f"Some xylophones{turn}")
    every = ["wanderer", "tours", "alma", "circle", "otters", "herons", "xylophones"]
    for word in every:
        _wait(lambda word=word: _found(f"{word}{turn}"))

    def pause() -> None:
        person.paused_until = timezone.localdate() + timedelta(days=5)
        person.save()

    def leave_alone() -> None:
        alone.leave_alone = True
        alone.save()

    def withdraw() -> None:
        withdrawn.state = "withdrawn"
        withdrawn.save()

    took = {
        "pause": _until_gone(pause, f"wanderer{turn}"),
        "the offers of who pauses": _until_gone(lambda: None, f"tours{turn}"),
        "leave alone": _until_gone(leave_alone, f"alma{turn}"),
        "unpublish": _until_gone(page.unpublish, f"otters{turn}"),
        "private": _until_gone(
            lambda: PageViewRestriction.objects.create(page=secret, restriction_type="login"), f"herons{turn}"
        ),
        "withdraw": _until_gone(withdraw, f"xylophones{turn}"),
        "delete": _until_gone(group.delete, f"circle{turn}"),
    }
    offer.refresh_from_db()
    print(json.dumps(took))


def _found(word: str) -> bool:
    from search.api import find
    from search.types import Query

    results = find(Query(word, match="most"))
    assert not results.degraded
    return any(word in hit.title.lower() for hit in results.hits)


def _until_gone(hide: Callable[[], Any], word: str) -> float:
    hide()
    began = time.monotonic()
    return _wait(lambda: not _found(word), began)


def _wait(happened: Callable[[], bool], began: float | None = None) -> float:
    began = time.monotonic() if began is None else began
    while not happened():
        if time.monotonic() - began > SLOWEST:
            raise AssertionError("It is still not so.")
        time.sleep(0.02)
    return time.monotonic() - began


def pages() -> None:
    """Status, seconds and whether search rests, for some pages of the site."""
    from django.test import Client
    from django.urls import reverse

    client, told = Client(headers={"host": "localhost"}), {}
    names = (
        "search:search",
        "directory:organisations",
        "directory:people",
        "directory:listings",
        "home:figures",
    )
    for url in (*map(reverse, names), f"{reverse('search:search')}?q=circle"):
        began = time.monotonic()
        response = client.get(url)
        resting = "Search is resting" in response.content.decode()
        told[url] = [response.status_code, time.monotonic() - began, resting]
    print(json.dumps(told))


def notes(count: str) -> None:
    """So many notes more, of which the outbox knows."""
    _register_notes()
    from django.contrib.auth.models import Group

    Group.objects.all().delete()
    print(json.dumps([Group.objects.create(name=f"Note {number}").pk for number in range(int(count))]))


def drain_notes(deadly: str) -> None:
    """Write what waits; making the document of one of the notes ends the process."""
    _register_notes(deadly)
    from search.api import drain, status

    drain()
    found = status()
    told = {"pending": found.pending, "dead": found.dead, "documents": found.engine and found.engine.by_kind}
    print(json.dumps(told))


def _register_notes(deadly: str = "") -> None:
    from search import documents
    from tests.search.conftest import NoteDocuments

    class DeadlyNotes(NoteDocuments):
        def build(self, ids: Any) -> Any:
            if deadly in ids:
                os._exit(9)  # as the kernel does with who takes too much memory
            return super().build(ids)

    for kind in documents.document_types():
        documents.unregister(kind)
    documents.register(DeadlyNotes)


def main() -> None:
    """Set Django up for the House's settings and do what is asked."""
    import django

    assert os.environ["DJANGO_SETTINGS_MODULE"] == "exchange.settings.dev"
    django.setup()
    verbs = {"change": change, "state": state, "build": build, "leaving": leaving, "pages": pages}
    verbs |= {"notes": notes, "drain-notes": drain_notes}
    verbs[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
