"""Questions and answers: ids that hold in every language, and the narrower of two promises."""

from __future__ import annotations

import pytest
from wagtail.models import Locale

from mentoring.constants import AnswerVisibility, Audience
from mentoring.form_schema import Question, pack, read_answers
from tests.factories.mentoring import question
from tests.mentoring.conftest import Stage

CHOICE = Question(
    "q", "choice", "How long?", visibility="matched_pair", options=(("a", "Short"), ("b", "Long"))
)


def test_the_narrower_of_two_visibilities_counts() -> None:
    assert AnswerVisibility.stricter("public", "coordinators") == "coordinators"
    assert AnswerVisibility.stricter("safety", "public") == "safety"
    assert AnswerVisibility.stricter("nonsense", "") == "safety"


def test_an_answer_reads_in_the_language_of_its_reader() -> None:
    answers = {"q": pack(CHOICE, "b")}
    spanish = Question(
        "q", "choice", "¿Cuánto?", visibility="matched_pair", options=(("a", "Poco"), ("b", "Mucho"))
    )
    (answer,) = read_answers([spanish], answers, Audience.OWNER)
    assert (answer.label, answer.text) == ("¿Cuánto?", "Mucho")


def test_an_answer_whose_question_is_gone_keeps_its_words() -> None:
    (answer,) = read_answers([], {"q": pack(CHOICE, "a")}, Audience.COORDINATOR)
    assert (answer.label, answer.text) == ("How long?", "Short")


@pytest.mark.parametrize(
    ("audience", "seen"),
    [
        (Audience.OWNER, {"public", "matched_pair", "coordinators", "safety"}),
        (Audience.ASKED_MENTOR, {"public", "matched_pair"}),
        (Audience.PAIR, {"public", "matched_pair"}),
        (Audience.COORDINATOR, {"public", "matched_pair", "coordinators"}),
        (Audience.SAFETY, {"public", "matched_pair", "coordinators", "safety"}),
    ],
)
def test_each_reader_sees_their_own(audience: str, seen: set[str]) -> None:
    questions = [Question(name, "text", name, visibility=name) for name in AnswerVisibility.values]
    answers = {each.id: pack(each, "words") for each in questions}
    assert {answer.question_id for answer in read_answers(questions, answers, audience)} == seen


def test_a_private_answer_waits_for_a_yes() -> None:
    private = Question("q", "text", "Where?", visibility="matched_pair", sensitive=True)
    answers = {"q": pack(private, "By the sea")}
    assert read_answers([private], answers, Audience.ASKED_MENTOR) == []
    assert len(read_answers([private], answers, Audience.PAIR)) == 1


@pytest.mark.django_db
def test_long_texts_are_private_and_closed_by_default(stage: Stage) -> None:
    by_id = {each.id: each for each in stage.programme.mentee_questions()}
    assert by_id["q-hard"].sensitive
    assert by_id["q-after"].visibility == "coordinators"


@pytest.mark.django_db
def test_the_words_come_from_the_translation_and_the_structure_from_the_first_page(stage: Stage) -> None:
    locale, _created = Locale.objects.get_or_create(language_code="es")
    from mentoring.models import MentoringIndexPage

    index = MentoringIndexPage.objects.get()
    index.copy_for_translation(locale, copy_parents=True)
    page = stage.programme.copy_for_translation(locale, copy_parents=True)
    options = {"o-old": "Más", "o-new": "Menos de un año"}
    blocks = [question("choice", "¿Cuánto llevas?", id="q-years", options=options)]
    page.mentee_form = page._meta.get_field("mentee_form").stream_block.to_python(blocks)
    page.save_revision().publish()
    questions = stage.programme.mentee_questions("es")
    assert [each.id for each in questions] == ["q-years", "q-hard", "q-where", "q-after", "q-fear"]
    assert questions[0].label == "¿Cuánto llevas?"
    assert questions[0].options == (("o-new", "Menos de un año"), ("o-old", "Más"))
    assert questions[0].required
    assert page.canonical == stage.programme
