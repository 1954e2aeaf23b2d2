"""The same words, the same table of weights: both engines give the same answers in the same order."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from elasticsearch import ApiError

from search.engines.base import Engine
from search.engines.elastic.engine import ElasticEngine
from search.engines.tantivy.engine import TantivyEngine
from search.types import Document, Label, Passage, Query, Text
from tests.search.samples import ALL, puts
from tests.search_fixtures import empty

pytestmark = pytest.mark.engines

SUBJECTS = (
    "budget",
    "grant",
    "photo",
    "archive",
    "choir",
    "bridge",
    "garden",
    "harbour",
    "library",
    "market",
    "meeting",
    "museum",
)
VERBS = (
    "writing",
    "planning",
    "teaching",
    "mending",
    "asking",
    "counting",
    "sharing",
    "showing",
    "training",
    "translating",
)
SENTENCES = (
    "How to begin with {verb} a {subject} when nobody has time for {other}.",
    "{verb} together: what three groups learned about the {subject} and the {other}.",
    "A {subject} is not a {other}, but {verb} helps with both of them.",
)
QUERIES = (
    Query("budget"),
    Query("writing grants"),
    Query("garden meeting photo"),
    Query("how to begin with planning a museum when nobody has time"),
    Query('"bridge is not a choir"'),
    Query("librari markt"),
    Query("training", filters={"language": ("es", "fr")}, facets=("language", "kind", "region")),
    Query("", filters={"region": ("north",)}, should={"capacity": {"cap-1": 2.0, "cap-3": 1.0}}),
    Query("", should={"capacity": {"cap-2": 2.0}, "language": {"de": 0.5}}),
    Query("harbour", should={"capacity": {"cap-2": 2.0}}),
    Query("", sort="recent"),
    Query("", sort="soon"),
    Query("archive", sort="soon"),
    Query("", facets=("kind", "capacity", "region", "language"), limit=0),
    Query("formación voluntarios", "es"),
    Query("培训", "zh-hans"),
    Query("تدريب", "ar"),
    Query("Samira Belkacem"),
    Query("meeting", exclude=frozenset({("page", "7"), ("course", "8")})),
)


def documents() -> list[Document]:
    """Some hundred short documents, the same every time."""
    dice = random.Random(7)
    made = list(ALL)
    for number in range(180):
        verb, subject, other = dice.choice(VERBS), dice.choice(SUBJECTS), dice.choice(SUBJECTS)
        body = " ".join(
            sentence.format(verb=verb, subject=subject, other=dice.choice(SUBJECTS)) for sentence in SENTENCES
        )
        capacity = f"cap-{dice.randrange(5)}"
        made.append(
            Document(
                dice.choice(("page", "lesson", "course", "offer")),
                str(number),
                (Text("en", f"{verb} a {subject}".title(), f"About {other}.", body * dice.randint(1, 4)),),
                f"/{number}/",
                capacities=(capacity,),
                labels=(Label("en", "Asking for money"),) if dice.random() < 0.2 else (),
                facets={
                    "language": (dice.choice(("en", "es", "fr", "de")),),
                    "region": (dice.choice(("north", "south")),),
                },
                passages=(Passage("en", 5.0, f"We spoke of the {other}."),) if dice.random() < 0.1 else (),
                updated=datetime(2020 + dice.randrange(6), 1 + dice.randrange(12), 1, tzinfo=UTC),
                starts=date(2090 + number % 9, 1, 1 + number % 28) if dice.random() < 0.1 else None,
            )
        )
    return made


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> TantivyEngine:
    made = TantivyEngine(tmp_path_factory.mktemp("ranking") / "index")
    fill(made)
    return made


@pytest.fixture
def cluster(elastic: Engine) -> Engine:
    fill(elastic)
    return elastic


def fill(engine: Engine) -> None:
    empty(engine)
    with engine.writing() as writing:
        writing.apply(puts(*documents()))


def test_both_engines_find_the_same_with_the_same_scores(embedded: TantivyEngine, cluster: Engine) -> None:
    for query in QUERIES:
        query = query if query.limit == 0 else Query(**{**query.__dict__, "limit": 200})
        one, other = embedded.search(query), cluster.search(query)
        assert one.total == other.total, query
        assert one.facets == other.facets, query
        assert one.loosened == other.loosened, query
        assert one.suggestion == other.suggestion, query
        scores = {(hit.kind, hit.id): hit.score for hit in one.hits}
        for hit in other.hits:
            assert hit.score == pytest.approx(scores[hit.kind, hit.id], rel=1e-3), (query, hit)
        if query.sort == "relevance":
            ours = [scores[hit.kind, hit.id] for hit in other.hits]
            assert ours == pytest.approx(sorted(ours, reverse=True), rel=1e-3), query
        if query.sort == "soon":
            assert [hit.starts for hit in one.hits] == [hit.starts for hit in other.hits], query


def test_both_engines_show_the_same_pieces(embedded: TantivyEngine, cluster: Engine) -> None:
    for text in ("garden meeting", "spoke harbour", "formation bénévoles"):
        shown = []
        for engine in (embedded, cluster):
            hits = engine.search(Query(text, limit=200)).hits
            shown.append({(hit.kind, hit.id): (hit.highlight, hit.passage, hit.title) for hit in hits})
        assert shown[0] == shown[1]


@pytest.mark.parametrize(
    "typed", ["wri gra", "writing", "sam", "samir", "bel sam", "مي", "ميزان", "培", "zzz"]
)
def test_both_engines_suggest_the_same(embedded: TantivyEngine, cluster: Engine, typed: str) -> None:
    lines = [
        [line.title for line in engine.suggest(typed, language="en", kinds=(), limit=8)]
        for engine in (embedded, cluster)
    ]
    assert sorted(lines[0]) == sorted(lines[1])


def test_several_shards_weigh_words_alike(elasticsearch_url: str, embedded: TantivyEngine) -> None:
    from search.engines.elastic.config import address_of
    from search.engines.elastic.engine import ElasticEngine
    from tests.search.conftest import remove

    engine = ElasticEngine(
        address_of(f"{elasticsearch_url}/test-shards-{id(embedded):x}?shards=3&replicas=0")
    )
    try:
        fill(engine)
        query = Query("garden photo archive", facets=("kind",), limit=50)
        one, other = embedded.search(query), engine.search(query)
        assert one.facets == other.facets
        scores = {(hit.kind, hit.id): hit.score for hit in one.hits}
        for hit in other.hits[:20]:
            assert hit.score == pytest.approx(scores[hit.kind, hit.id], rel=1e-3)
    finally:
        remove(engine)


def test_pages_reach_as_deep_as_a_query_may_ask(elastic: Engine) -> None:
    assert elastic.search(Query(offset=1_000_000, limit=1_000_000).bounded()).hits == ()


def test_a_cluster_that_refuses_costly_questions_answers_all_of_ours(
    embedded: TantivyEngine, cluster: Engine
) -> None:
    assert isinstance(cluster, ElasticEngine)
    client, index = cluster.connection.client, cluster.generations.current()
    allowed = "search.allow_expensive_queries"
    client.cluster.put_settings(transient={allowed: False})
    try:
        with pytest.raises(ApiError, match="allow_expensive_queries"):
            client.search(index=index, query={"wildcard": {"title_exact": "bud*t"}})
        for query in QUERIES:
            assert cluster.search(query).total == embedded.search(query).total
        for typed in ("b", "bud", "budge", "writing gar", "كتاب"):
            assert cluster.suggest(typed, language="en", kinds=(), limit=5), typed
    finally:
        client.cluster.put_settings(transient={allowed: None})
