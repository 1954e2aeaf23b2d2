"""Any text, any filter value, any page number, any address: an answer or a clear 400, never an error.

Two thousand of each through the whole way of a request, on the list for programs, which asks and counts as the
page does and is quicker to make; the page itself, which only shows that, some hundred times.
"""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from foundation.accounts.models import User
from search.api import find, suggest
from search.engines.factory import current_engine
from search.query.params import SearchParams
from search.query.results import ResultsList
from search.saved.models import SavedSearch
from search.types import FACETS, MAX_OFFSET, MAX_TEXT, MAX_VALUES, Query
from tests.factories.accounts import UserFactory
from tests.search.samples import ALL, page, puts
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db
ANY = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="\"'«»()[]{}*?:^~+-!\\/&|<>=% aبд語กू\0\u0301\u200d\u202e\ud800", max_size=40),
    st.lists(
        st.sampled_from(
            ["budget", "培训", "تدريب", '"', "a", "\ud800", "AND", "title:x^2", "[a TO b]", "e\u0301"]
        ),
        max_size=40,
    ).map(" ".join),
    st.text(min_size=1, max_size=3).flatmap(
        lambda text: st.integers(1, 2_000).map(lambda times: text * times)
    ),
)
NAMES = st.one_of(st.sampled_from(["q", "sort", "page", *FACETS]), st.text(max_size=10))
PAGES = st.one_of(
    st.integers().map(str),
    st.integers(-5, 1_000_000).map(str),
    st.text(alphabet="0123456789٠١٢٣४五²½-+.eE_ ", max_size=12),
    ANY,
)
many = settings(
    max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
less = settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
some = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def samples(index: Index) -> Index:
    with current_engine().writing() as writing:
        writing.apply(puts(*ALL))
    return index


def answered(client: Client, path: str, pairs: list[tuple[str, str]]) -> None:
    status = client.get(f"{path}?{urlencode(pairs, errors='surrogatepass')}").status_code
    assert status in (200, 400), (path, pairs)


@many
@given(text=ANY)
@example(text="x" * 100_000)
@example(text='"' * 301)
def test_any_text_is_answered(samples: Index, client: Client, text: str) -> None:
    answered(client, "/en/search/results.json", [("q", text)])


@less
@given(text=ANY, language=st.sampled_from(["en", "ar", "fr", "zh-hans"]))
def test_any_text_that_is_being_typed_is_answered(samples: Index, text: str, language: str) -> None:
    assert len(suggest(text, language=language)) <= 8


@many
@given(
    values=st.lists(st.tuples(st.sampled_from(FACETS), ANY), min_size=1, max_size=5),
    text=st.sampled_from(["", "grant"]),
)
@example(values=[("capacity", str(number)) for number in range(900)], text="")
def test_any_filter_value_is_answered(
    samples: Index, client: Client, values: list[tuple[str, str]], text: str
) -> None:
    answered(client, "/en/search/results.json", [("q", text), *values])


@many
@given(page=PAGES, text=st.sampled_from(["", "fundraising", "nothing at all"]))
def test_any_page_number_is_answered(samples: Index, client: Client, page: str, text: str) -> None:
    answered(client, "/en/search/results.json", [("q", text), ("page", page)])


@many
@given(line=st.binary(max_size=120))
@example(line=b"&" * 1_200)
@example(line=b"q=%ff%fe&language=%00&capacity=%ed%a0%80&page=%20")
def test_any_address_is_answered(samples: Index, client: Client, line: bytes) -> None:
    given_line = line.decode("latin-1")
    assert client.generic("GET", "/en/search/results.json", QUERY_STRING=given_line).status_code in (200, 400)


@some
@given(pairs=st.lists(st.tuples(NAMES, ANY), max_size=6))
@pytest.mark.parametrize(
    "path", ["/en/search/", "/ar/search/", "/en/search/feed.atom", "/en/people/", "/en/exchange/"]
)
def test_every_page_of_a_list_answers_any_address(
    samples: Index, client: Client, path: str, pairs: list[tuple[str, str]]
) -> None:
    answered(client, path, pairs)


@few
@given(pairs=st.lists(st.tuples(NAMES, ANY), max_size=6))
def test_any_search_can_be_saved_or_is_refused(
    samples: Index, client: Client, pairs: list[tuple[str, str]]
) -> None:
    user = User.objects.filter(email="any@test.example").first() or UserFactory(email="any@test.example")
    client.force_login(user)
    address = f"/en/my/searches/new/?{urlencode(pairs, errors='surrogatepass')}"
    assert client.get(address).status_code in (200, 400)
    assert client.post(address, {"name": "Any", "alerts": "none"}).status_code in (200, 302, 400)
    assert client.get("/en/my/searches/").status_code == 200
    for search in SavedSearch.objects.filter(user=user):
        assert client.get(client.get(search.get_absolute_url())["Location"]).status_code == 200
        search.delete()


@less
@given(text=ANY, value=ANY, offset=st.integers(), limit=st.integers())
def test_any_question_of_a_room_is_answered(
    samples: Index, text: str, value: str, offset: int, limit: int
) -> None:
    query = Query(
        text,
        language=value[:5],
        kinds=(value,),
        filters={"language": (value,), "capacity": (text,), value: ("x",)},
        facets=("kind", "language", value),
        should={"capacity": {value: 1.0}, text: {"x": 1.0}},
        exclude=frozenset({(value, text)}),
        offset=offset,
        limit=limit,
    )
    for asked in (query, Query(text, value), Query(text, filters={"region": (value,)}, sort="soon")):
        assert not find(asked).degraded


@less
@given(pairs=st.lists(st.tuples(NAMES, ANY), max_size=8))
@example(pairs=[("q", "ab " * 200)])
def test_what_is_asked_is_bounded_and_reads_back_the_same(pairs: list[tuple[str, str]]) -> None:
    asked = SearchParams.read(QueryDict(urlencode(pairs, errors="surrogatepass")))
    assert len(asked.text) <= MAX_TEXT
    assert all(len(values) <= MAX_VALUES for values in asked.filters.values())
    assert asked.page >= 1
    again = SearchParams.read(QueryDict(asked.parameters(page=asked.page).urlencode()))
    assert again == asked


@pytest.mark.parametrize("page", [10**5, 10**12])
def test_nobody_reads_deeper_than_the_bound(samples: Index, client: Client, page: int) -> None:
    listed = ResultsList(QueryDict(f"q=fundraising&page={page}"), "en")
    assert listed.query.offset <= MAX_OFFSET


def test_the_deepest_page_says_that_the_list_goes_on(
    index: Index, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.query.params.MAX_OFFSET", 40)
    with current_engine().writing() as writing:
        writing.apply(puts(*(page(str(number), f"Common note {number}") for number in range(50))))
    for number, goes_on in ((1, False), (2, True), (3, True), (99, True)):
        html = client.get(f"/en/search/?q=common&page={number}").content.decode()
        assert ("not shown further than here" in html) is goes_on
        assert ('rel="next"' in html) is not goes_on
    assert client.get("/en/search/results.json?q=common").json()["next"] is None


def test_too_many_parameters_are_a_page_that_says_no(samples: Index, client: Client) -> None:
    most = django_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or 0
    response = client.get("/en/search/?" + "&".join(f"x={number}" for number in range(most + 1)))
    assert response.status_code == 400
    assert "<h1" in response.content.decode()
