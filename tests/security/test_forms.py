"""Every form with anything in it: an answer in words, never an error of the site; and every class of a form has met it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings

from tests.desk.forms import Form
from tests.security.addresses import Address, addresses
from tests.security.attack import RIGHTFUL, Attack, undone
from tests.security.forms import encoded, form_classes, forms_that_were_read, sent
from tests.security.test_every_address import ERRORS_ON_PURPOSE
from tests.test_matrix import World

pytestmark = [pytest.mark.django_db, pytest.mark.asks_in_transaction]
ENCODED = "application/x-www-form-urlencoded"
HERE = {"sec-fetch-site": "same-origin"}
# Classes that nobody sends from the pages of this world, with the test that sends them.
ELSEWHERE: dict[str, str] = {}
# Errors of packages for what only a hand-made form of somebody with the admin's rights sends; nothing is stored.
OF_PACKAGES: dict[str, str] = {}


def forms_of(attack: Attack, only: tuple[str, ...]) -> Iterator[tuple[Address, str, str, list[str]]]:
    """Each address with a form: who opens it, where it goes, and the names of its fields."""
    for address in addresses():
        if only and address.name.partition(":")[0] not in only:
            continue
        url = address.url(attack.world)
        for who in RIGHTFUL:
            with undone():
                answer = attack.client(who).get(url, headers=HERE)
                html = "" if answer.streaming else answer.content.decode(errors="replace")
            names = field_names(url, html) if answer.status_code == 200 else []
            if names:
                yield address, who, url, names
                break


def field_names(url: str, html: str) -> list[str]:
    try:
        form = Form(None, url, html)  # type: ignore[arg-type]  # it is only read
    except AssertionError:
        return []
    return sorted(form.names() - {"csrfmiddlewaretoken"})


def post(attack: Attack, who: str, url: str, body: bytes) -> int:
    cache.clear()
    with undone():
        answer = attack.client(who).generic("POST", url, body, content_type=ENCODED, headers=HERE)
        if answer.streaming:
            b"".join(answer.streaming_content)
    return int(answer.status_code)


def fuzz(attack: Attack, examples: int, only: tuple[str, ...] = ()) -> tuple[list[str], int]:
    """What broke, one line for a form, and how many forms there were."""
    broken, count = [], 0
    for address, who, url, names in forms_of(attack, only):
        count += 1
        try:
            _attacked(attack, who, url, names, examples)
        except AssertionError as error:
            broken.append(f"{address.label} as {who}: {str(error).splitlines()[0]}")
    return [line for line in broken if line.partition(" ")[0] not in OF_PACKAGES], count


def _attacked(attack: Attack, who: str, url: str, names: list[str], examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(sent(names))
    def anything(typed: dict[str, list[str]]) -> None:
        status = post(attack, who, url, encoded(typed))
        assert status < 500, (
            f"{status} for { {name: [word[:40] for word in several] for name, several in typed.items()} }"
        )

    anything()


def test_a_few_odd_values_break_no_form_of_ours(attacked: World) -> None:
    rooms = ("accounts", "directory", "learning", "mentoring", "notifications", "reports", "searches")
    with forms_that_were_read() as met:
        broken, count = fuzz(Attack(attacked, read_forms=False), 3, rooms)
    assert broken == []
    assert count > 20
    assert len({made for made in met if made.__module__.startswith(("directory", "mentoring"))}) > 15


@pytest.mark.security
def test_nothing_that_is_sent_breaks_a_form(attacked: World) -> None:
    with forms_that_were_read() as met:
        broken, count = fuzz(Attack(attacked, read_forms=False), 25)
    missed = {f"{made.__module__}.{made.__qualname__}" for made in form_classes() - met}
    assert broken == []
    assert count > 80
    assert missed - ELSEWHERE.keys() == set()


ODD_PARTS = ("%00", "%ff", "%ed%a0%80", "%0d%0a", "a" * 3000, "..%2f..%2fetc%2fpasswd")


def errors_of(attack: Attack, people: tuple[str, ...], parts: tuple[str, ...], *, admin: bool) -> list[str]:
    """The addresses that are an error of the site with something odd in their last part, or in what is asked of them."""
    broken = []
    for who in people:
        for address in addresses():
            url = address.url(attack.world)
            if not admin and url.startswith("/admin/"):
                continue
            for odd in parts:
                tries = [f"{url}?q={odd}&page={odd}&p={odd}&order={odd}&language={odd}&next={odd}"]
                for each in [*tries, *([with_odd(url, odd)] if address.places else [])]:
                    cache.clear()
                    with undone():
                        status = attack.client(who).get(each, headers=HERE).status_code
                    if status >= 500 and address.name not in ERRORS_ON_PURPOSE:
                        broken.append(f"{status} {each[:150]} as {who}")
    return broken


def test_a_nul_in_an_address_is_no_error(attacked: World) -> None:
    """Also on PostgreSQL, which keeps none: a question with one in it is an error there."""
    attack = Attack(attacked, read_forms=False)
    assert errors_of(attack, ("owner",), ("%00",), admin=False) == []


@pytest.mark.security
def test_nothing_odd_in_an_address_is_an_error(attacked: World) -> None:
    attack = Attack(attacked, read_forms=False)
    assert errors_of(attack, ("anonymous", "superuser"), ODD_PARTS, admin=True) == []


def with_odd(url: str, odd: str) -> str:
    """An address with something odd in its last part."""
    head, _slash, last = url.rstrip("/").rpartition("/")
    return f"{head}/{last[:4]}{odd}/"
