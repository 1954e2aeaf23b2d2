"""What every engine must do. A second engine joins by one name in conftest.ENGINES."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread

import pytest

from search.engines.base import Engine, Writing
from search.types import Change, Document, Label, Query, Text
from tests.search.samples import ALL, BUDGET, COURSE, SAMIRA, TALK, page, puts

pytestmark = pytest.mark.engines


def found(engine: Engine, text: str, language: str = "en", **more: object) -> list[str]:
    return [hit.id for hit in engine.search(Query(text, language, **more)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("training", "en", "budget"),  # "Trainings"
        ("formations bénévole", "fr", "talk"),
        ("formations benevole", "en", "talk"),  # typed without marks by an English reader
        ("تدريب متطوعين", "ar", "budget"),  # text has the article and another case
        ("التبرعات", "ar", "budget"),  # a label
        ("тренингу", "ru", "course"),
        ("волонтеры", "ru", "course"),  # ё or е, nominative or genitive
        ("Schulung", "de", "jonas"),
        ("ubermuth", "en", "jonas"),
        ("培训", "zh-hans", "volunteers"),
        ("培训课程", "en", "volunteers"),
        ("训", "en", "volunteers"),  # one character
        ("pequeño equipo", "es", "earlier"),
        ("espana", "en", "earlier"),
        ("recaudacion fondos", "es", "budget"),
        ("培训 volunteers", "en", "volunteers"),  # two scripts in one question
    ],
)
def test_words_are_found_in_their_inflections(
    filled: Engine, text: str, language: str, expected: str
) -> None:
    assert expected in found(filled, text, language)


def test_a_letter_of_its_own_is_not_answered_by_the_plain_one(engine: Engine) -> None:
    with engine.writing() as writing:
        writing.apply(
            puts(page("year", "El año nuevo", language="es"), page("ring", "El ano", language="es"))
        )
    assert found(engine, "año", "es") == ["year"]
    assert set(found(engine, "ano", "es")) == {"ring", "year"}


def test_the_exact_word_ranks_above_its_inflection(engine: Engine) -> None:
    documents = [page("one", "Training things"), page("many", "Trainings things")]
    with engine.writing() as writing:
        writing.apply(puts(*documents))
    assert found(engine, "training") == ["one", "many"]
    assert found(engine, "trainings") == ["many", "one"]


def test_title_label_and_keyword_rank_above_the_body_and_several_above_one(engine: Engine) -> None:
    filler = "A long text about many other things that people do together in a year. " * 3
    # A capacity's labels always come in all languages, with those of the broader one.
    labels = (
        *(Label("en", "Mediation"), Label("es", "Mediación"), Label("fr", "Médiation"), Label("ar", "وساطة")),
        *(Label("en", "Community health"), Label("fr", "Santé de la communauté")),
    )
    chosen = Text("en", "Something chosen", "", filler, ("Mediation",))
    with engine.writing() as writing:
        writing.apply(
            puts(
                page("body", "Something", filler + "Then mediation."),
                page("other-body", "Something more", filler + "Mediation here."),
                page("label", "Something else", filler, labels=labels),
                page("title", "Mediation basics", filler),
                page("several", "Mediation for all", filler, labels=labels),
                Document("page", "keyword", (chosen,), "/keyword/"),
            )
        )
    ranked = found(engine, "mediation")
    assert ranked[0] == "several"
    assert set(ranked[1:4]) == {"label", "title", "keyword"}
    assert set(ranked[4:]) == {"body", "other-body"}


def test_a_question_that_is_a_title_finds_that_first(engine: Engine) -> None:
    with engine.writing() as writing:
        writing.apply(
            puts(
                page("more", "Institutional fundraising", "Fundraising, fundraising and fundraising."),
                page(
                    "just",
                    "Fundraising",
                    "A long text about how a group asks many people for a little money.",
                ),
            )
        )
    assert found(engine, "fundraising") == ["just", "more"]


def test_words_together_rank_above_words_apart(engine: Engine) -> None:
    apart = "The grant came late. Nobody had time for writing in that month of work."
    together = "We came late. Somebody had time for grant writing in that month of work."
    with engine.writing() as writing:
        writing.apply(puts(page("apart", "Story", apart), page("together", "Story", together)))
    assert found(engine, "grant writing") == ["together", "apart"]


def test_quotation_marks_ask_for_the_words_in_order(engine: Engine) -> None:
    with engine.writing() as writing:
        writing.apply(
            puts(page("apart", "Notes", "Letters to a first donor."), page("as", "Notes", "A donor letter."))
        )
    assert found(engine, '"donor letter"') == ["as"]


def test_availability_and_confirmation_decide_between_equals(filled: Engine) -> None:
    assert found(filled, "grant writing", kinds=("person",)) == ["samira", "jonas"]


def test_availability_orders_a_list_without_words(engine: Engine) -> None:
    people = [
        Document("person", id, (Text("en", f"Name of {id}"),), available=id != "busy", updated=SAMIRA.updated)
        for id in ("busy", "free")
    ]
    with engine.writing() as writing:
        writing.apply(puts(*people))
    assert found(engine, "", kinds=("person",)) == ["free", "busy"]
    assert found(engine, "") == ["free", "busy"]


def test_most_words_are_wanted_and_some_are_taken_when_nothing_has_most(filled: Engine) -> None:
    strict = filled.search(Query("budget spreadsheet"))
    assert [hit.id for hit in strict.hits] == ["budget"]
    assert not strict.loosened
    loose = filled.search(Query("budget zebra"))
    assert [hit.id for hit in loose.hits] == ["budget"]
    assert loose.loosened


def test_facets_count_what_choosing_them_would_give(filled: Engine) -> None:
    query = Query(filters={"language": ("ar",)}, facets=("language", "kind", "capacity", "region"))
    results = filled.search(query)
    counts = {name: {v.value: v.count for v in values} for name, values in results.facets.items()}
    assert results.total == 3
    assert counts["kind"] == {"lesson": 1, "recording": 1, "person": 1}
    # Its own filter is left out: choosing French as well would show what speaks French.
    assert counts["language"]["fr"] == 2
    assert counts["language"]["ru"] == 1
    assert counts["capacity"] == {"fundraising": 3, "budgeting": 1, "grant-writing": 1}
    assert [v.value for v in results.facets["language"] if v.selected] == ["ar"]


def test_values_of_one_facet_widen_and_facets_narrow(filled: Engine) -> None:
    either = Query(filters={"language": ("ru", "es")})
    assert {hit.id for hit in filled.search(either).hits} == {"course", "earlier"}
    both = Query(filters={"language": ("ar", "ru"), "region": ("north-africa",)})
    assert {hit.id for hit in filled.search(both).hits} == {"budget", "samira"}


def test_a_chosen_value_that_nothing_has_stays_listed(filled: Engine) -> None:
    results = filled.search(Query(filters={"region": ("moon",)}, facets=("region",)))
    assert results.total == 0
    assert ("moon", 0, True) in [(v.value, v.count, v.selected) for v in results.facets["region"]]


def test_a_capacity_finds_what_is_below_it(filled: Engine) -> None:
    hits = filled.search(Query(filters={"capacity": ("fundraising",)})).hits
    assert {hit.id for hit in hits} == {"budget", "talk", "samira", "jonas"}
    assert all(hit.matched == {"fundraising"} for hit in hits)


def test_wishes_order_and_one_of_them_is_needed_without_words(filled: Engine) -> None:
    query = Query(should={"capacity": {"grant-writing": 2.0}, "language": {"ar": 1.0}})
    hits = filled.search(query).hits
    assert hits[0].id == "samira"
    assert {hit.id for hit in hits} == {"samira", "jonas", "budget", "talk"}


def test_wishes_only_lift_beside_words(filled: Engine) -> None:
    plain = Query("fundraising")
    wished = Query("fundraising", should={"language": {"de": 5.0}})
    assert filled.search(plain).total == filled.search(wished).total
    assert filled.search(wished).hits[0].id == "jonas"


def test_excluded_objects_stay_out(filled: Engine) -> None:
    query = Query("fundraising", exclude=frozenset({("person", "samira")}))
    assert "samira" not in [hit.id for hit in filled.search(query).hits]


def test_recent_and_soon_order(filled: Engine) -> None:
    assert found(filled, "", sort="recent", kinds=("course",)) == ["earlier", "course"]
    soon = found(filled, "", sort="soon")
    assert soon[:2] == ["earlier", "course"]
    assert len(soon) == len(ALL)
    assert found(filled, "", sort="soon", offset=1, limit=2) == soon[1:3]


def test_pages_follow_each_other_without_gap_or_repetition(engine: Engine) -> None:
    with engine.writing() as writing:
        writing.apply(puts(*(page(str(n), "Same title") for n in range(25))))
    pages = [found(engine, "same", offset=offset, limit=10) for offset in (0, 10, 20)]
    assert sorted(id for one in pages for id in one) == sorted(str(n) for n in range(25))
    assert engine.search(Query("same", limit=0)).total == 25


def test_a_hit_speaks_the_readers_language_or_english_or_its_own(filled: Engine) -> None:
    arabic = filled.search(Query("budget", "ar")).hits[0]
    assert (arabic.language, arabic.title, arabic.url) == ("ar", "كتابة أول ميزانية", "/ar/budget/")
    spanish = filled.search(Query("budget", "es")).hits[0]
    assert (spanish.language, spanish.url) == ("en", "/en/budget/")
    assert filled.search(Query("тренинг", "en")).hits[0].language == "ru"


def test_what_was_stored_comes_back(filled: Engine) -> None:
    hit = filled.fetch([("person", "samira"), ("lesson", "nothing"), ("lesson", "budget")], language="en")
    assert [one.id for one in hit] == ["samira", "budget"]
    assert hit[0].confirmed == SAMIRA.confirmed
    assert hit[1].minutes == 35
    assert hit[1].card == BUDGET.card
    assert hit[1].facets["language"] == ("en", "ar")
    assert hit[1].updated == BUDGET.updated
    assert filled.search(Query("тренинг")).hits[0].starts == COURSE.starts


def test_highlights_mark_inflections_and_escape_the_rest(filled: Engine) -> None:
    hit = filled.search(Query("training")).hits[0]
    assert "<mark>Trainings</mark> for volunteers" in hit.highlight
    early = filled.search(Query("early")).hits[0]
    assert "&lt;b&gt;<mark>early</mark>&lt;/b&gt; &amp; often" in early.highlight
    chinese = next(h for h in filled.search(Query("课程")).hits if h.id == "volunteers")
    assert "培训<mark>课程</mark>," in chinese.highlight


def test_a_recording_opens_at_the_passage_that_answers(filled: Engine) -> None:
    hit = next(h for h in filled.search(Query("bénévoles formation", "fr")).hits if h.id == TALK.id)
    assert hit.passage is not None
    assert hit.passage[0] == 1120.0
    assert "<mark>formation</mark> des <mark>bénévoles</mark>" in hit.passage[1]


def test_a_speaker_is_found_with_her_recordings(filled: Engine) -> None:
    assert set(found(filled, "Belkacem")) == {"samira", "talk"}


def test_suggestions_begin_as_typed(filled: Engine) -> None:
    def titles(text: str, language: str = "en", kinds: tuple[str, ...] = ()) -> list[str]:
        return [s.title for s in filled.suggest(text, language=language, kinds=kinds, limit=5)]

    assert titles("sam") == ["Samira Belkacem"]
    assert titles("bel sam") == ["Samira Belkacem"]
    assert titles("budg") == ["Writing a first budget"]
    assert titles("كتاب") == ["كتابة أول ميزانية"]  # shown in the language that was typed
    assert titles("budg", "ar") == ["Writing a first budget"]
    assert titles("培") == ["志愿者培训"]
    assert titles("uber") == ["Jonas Übermuth"]
    assert titles("sam", kinds=("lesson",)) == []
    assert titles("") == titles("?!") == []


def test_each_beginning_of_a_word_suggests_it(filled: Engine) -> None:
    for word, language in (
        ("Belkacem", "en"),
        ("Übermuth", "de"),
        ("ميزانية", "ar"),
        ("志愿者培训", "zh-hans"),
    ):
        for size in range(1, len(word) + 1):
            suggested = [
                one.title for one in filled.suggest(word[:size], language=language, kinds=(), limit=10)
            ]
            assert any(word in title for title in suggested), (word[:size], suggested)
    assert not filled.suggest("belkax", language="en", kinds=(), limit=5)
    assert not filled.suggest("be.kacem", language="en", kinds=(), limit=5)  # the dot stands for nothing else


def test_no_phrase_reaches_from_one_value_into_the_next(engine: Engine) -> None:
    text = Text("en", "Title", keywords=("edit days", "grant reports"))
    tagged = Document("page", "tagged", (text,), "/tagged/")
    with engine.writing() as writing:
        writing.apply(puts(tagged, page("days", "Our days grant program")))
    assert found(engine, '"edit days"') == found(engine, '"grant reports"') == ["tagged"]
    assert found(engine, '"days grant"') == ["days"]


def test_a_slip_of_the_finger_is_put_right_when_nothing_is_found(filled: Engine) -> None:
    assert filled.search(Query("fundrasing")).suggestion == "fundraising"
    assert filled.search(Query("bugdet")).suggestion == "budget"
    assert filled.search(Query("zundraising")).suggestion is None  # never the first letter
    assert filled.search(Query("budget")).suggestion is None


def test_a_slip_of_the_finger_still_finds(filled: Engine) -> None:
    assert found(filled, "bugdet") == ["budget"]  # two letters changed places: one slip
    assert set(found(filled, "fundrasing")) == set(found(filled, "fundraising"))
    assert found(filled, "first bugdet zzzz")[0] == "budget"
    assert "<mark>Trainings</mark>" not in filled.search(Query("bugdet")).hits[0].highlight
    # One slip in words of four to seven letters, two in longer ones, none in the first letter.
    assert found(filled, "bugdte") == []
    assert "samira" in found(filled, "belkasem")
    assert found(filled, "fundrazing") == found(filled, "fundrasing")  # two slips
    assert found(filled, "notes on bugdet and letters")[0] == "budget"  # whatever the other words find
    assert found(filled, "gudget") == []


def test_near_spellings_wait_until_the_exact_one_finds_little(engine: Engine) -> None:
    many = [page(f"m{n}", "Mediation") for n in range(3)]
    with engine.writing() as writing:
        writing.apply(puts(*many, page("other", "Meditation")))
    assert "other" not in found(engine, "mediation")
    assert set(found(engine, "mediation zebra")) == {"m0", "m1", "m2"}  # nor for a word that many have
    assert found(engine, "meditation")[0] == "other"  # found once, and near to more


def test_a_name_that_left_the_index_is_no_spelling(filled: Engine) -> None:
    with filled.writing() as writing:
        writing.apply([Change("person", "samira", None), Change("recording", "talk", None)])
    assert filled.search(Query("belkasem")).suggestion is None


def test_a_sentence_is_answered_also_where_few_have_most_of_its_words(engine: Engine) -> None:
    with engine.writing() as writing:
        writing.apply(
            puts(
                page("most", "Asking companies", "How a museum asked a bakery for bread and money."),
                page("one", "Bakery", "Bread for an event."),
            )
        )
    text = "which museum asked companies for money at its opening event"
    assert found(engine, text) == ["most", "one"]
    assert not engine.search(Query(text)).loosened
    assert found(engine, text, match="most") == ["most"]
    # By date, what has some of the words only would come between; and quotation marks mean it.
    assert found(engine, text, sort="recent") == ["most"]
    assert found(engine, '"asked a bakery" for bread and money') == ["most"]


def test_writing_again_replaces_and_removing_removes(filled: Engine) -> None:
    with filled.writing() as writing:
        writing.apply([*puts(page("x", "Alpha")), *puts(page("x", "Beta"))])
        writing.apply([Change("person", "samira", None), Change("person", "nobody", None)])
    assert found(filled, "alpha") == []
    assert found(filled, "beta") == ["x"]
    assert ("person", "samira") not in set(filled.keys())
    assert filled.status().documents == len(ALL)
    assert filled.status().by_kind["person"] == 1


def test_readers_see_the_old_index_until_the_new_one_is_whole(filled: Engine) -> None:
    with filled.rebuilding() as new:
        new.apply(puts(page("new", "Brand new")))
        assert found(filled, "brand") == []
        assert "budget" in found(filled, "budget")

        def replay(writing: Writing) -> None:
            writing.apply(puts(page("late", "Brand late")))

        new.finish(replay)
    assert set(filled.keys()) == {("page", "new"), ("page", "late")}
    with filled.writing() as writing:
        writing.apply(puts(page("after", "Brand after")))
    assert set(found(filled, "brand")) == {"new", "late", "after"}


def test_a_rebuild_that_breaks_leaves_the_old_index(filled: Engine) -> None:
    before = set(filled.keys())

    def breaking() -> None:
        with filled.rebuilding() as new:
            new.apply(puts(page("new", "Brand new")))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaking()
    assert set(filled.keys()) == before


def test_twenty_threads_read_and_write_at_once(engine: Engine) -> None:
    problems: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for step in range(3):
                with engine.writing() as writing:
                    writing.apply(puts(page(f"{number}-{step}", f"Common title {number}")))
                assert f"{number}-{step}" in found(engine, f"{number}", limit=100)
        except BaseException as problem:
            problems.append(problem)

    threads = [Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert engine.search(Query("common", limit=0)).total == 60


def test_only_some_objects_are_asked_about(filled: Engine) -> None:
    everything = filled.search(Query(limit=50)).hits
    some = frozenset((hit.kind, hit.id) for hit in everything[:3])
    assert {(hit.kind, hit.id) for hit in filled.search(Query(only=some)).hits} == some
    text = everything[0].title
    found = filled.search(Query(text, match="any", only=some, sort="recent"))
    assert {(hit.kind, hit.id) for hit in found.hits} <= some
    assert found.total == len(found.hits)
    assert filled.search(Query(text, only=frozenset())).total == 0
    assert filled.search(Query(only=frozenset({("page", "not there")}))).total == 0


GROUPS = (("lesson", "recording"), ("person",), ("course", "offer"))


@pytest.mark.parametrize("limit", [1, 2, 3, 10])
@pytest.mark.parametrize(
    "query",
    [
        Query(filters={"capacity": ("training",)}, should={"capacity": {"training": 3.0}}),
        Query("training"),
        Query("training", should={"language": {"en": 1.0}}, exclude=frozenset({("lesson", "lesson-3")})),
    ],
)
def test_groups_are_answered_as_if_each_were_asked_alone(engine: Engine, query: Query, limit: int) -> None:
    kinds = ("lesson", "person", "course", "recording")
    with engine.writing() as writing:
        writing.apply(
            puts(
                *(
                    replace(
                        page(f"{kind}-{n}", f"Training {'training ' * n}"),
                        kind=kind,
                        capacities=("training",),
                    )
                    # So many people that they would leave no room for others.
                    for kind in kinds
                    for n in range(12 if kind == "person" else 4)
                )
            )
        )
    together = engine.search(replace(query, groups=GROUPS, limit=limit).bounded()).hits
    alone = [
        hit
        for kinds in GROUPS
        for hit in engine.search(replace(query, kinds=kinds, limit=limit).bounded()).hits
    ]
    assert [(hit.kind, hit.id) for hit in together] == [(hit.kind, hit.id) for hit in alone]
    assert [hit.score for hit in together] == pytest.approx([hit.score for hit in alone])
    assert len(together) > limit
