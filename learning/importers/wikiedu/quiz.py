"""The `assessment` of a slide: a question, its answers, and which one is right."""

from .fields import Fields
from .records import Answer, Quiz
from .reports import Kind, Outcome

QUIZ_KEYS = {"question", "correct_answer_id", "answers"}
ANSWER_KEYS = {"id", "text", "explanation"}


def read_quiz(slide: Fields, base: Quiz | None = None) -> Quiz | None:
    """Return the quiz of a slide, or None where it has none or it cannot be asked.

    `base` is the original's quiz when `slide` is a translation: which answer is right always comes from
    there, as in the source's own player.
    """
    fields = slide.child("assessment")
    if fields is None:
        return None
    fields.check_keys(QUIZ_KEYS)
    question = fields.located("question", needed=True)
    answers = _answers(fields)
    if not question.value.strip() or len(answers) < 2:
        message = "The quiz needs a question and at least two answers; it was left out."
        fields.report(Kind.QUIZ, Outcome.SKIPPED, message)
        return None
    correct = base.correct.id if base else _correct(fields, answers)
    if correct is None or correct not in [answer.id for answer in answers]:
        message = "None of the answers is marked as the right one; the quiz was left out."
        fields.report(Kind.QUIZ, Outcome.SKIPPED, message, "correct_answer_id")
        return None
    return Quiz(
        question=question,
        answers=tuple(
            Answer(answer.id, answer.text, answer.explanation, answer.id == correct) for answer in answers
        ),
    )


def _answers(fields: Fields) -> list[Answer]:
    answers: list[Answer] = []
    for position, item in enumerate(fields.children("answers"), start=1):
        item.check_keys(ANSWER_KEYS)
        text = item.text("text")
        if not text:
            item.report(Kind.QUIZ, Outcome.SKIPPED, "An answer without text was left out.")
            continue
        number = item.number("id")
        if number is None or number in [answer.id for answer in answers]:
            taken = {answer.id for answer in answers}
            number = next(n for n in range(position, position + len(taken) + 1) if n not in taken)
            message = f"The answer's id was missing or used twice; it became {number}."
            item.report(Kind.QUIZ, Outcome.MENDED, message, "id")
        answers.append(Answer(number, text, item.located("explanation"), correct=False))
    return answers


def _correct(fields: Fields, answers: list[Answer]) -> int | None:
    number = fields.number("correct_answer_id")
    if number in [answer.id for answer in answers]:
        return number
    # Every explanation of a right answer in the source opens with the verdict "Correct".
    says_so = [a.id for a in answers if a.explanation.value.strip().lower().startswith("correct")]
    if len(says_so) != 1:
        return None
    message = f"“correct_answer_id” fits no answer; answer {says_so[0]} says that it is correct."
    fields.report(Kind.QUIZ, Outcome.MENDED, message, "correct_answer_id")
    return says_so[0]
