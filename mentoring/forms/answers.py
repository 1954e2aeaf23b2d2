"""Fields made from a programme's questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.constants import AnswerVisibility, QuestionKind
from mentoring.form_schema import Question

PREFIX = "q-"
SHORT, LONG = 300, 4000
# Said beside every question, so that people know before they write.
WHO_READS = {
    AnswerVisibility.PUBLIC: _("Read by everybody who takes part in this programme."),
    AnswerVisibility.PAIR: _("Read by the coordinators and by a mentor who is asked."),
    AnswerVisibility.COORDINATORS: _("Read by the coordinators only."),
}
AFTER_A_YES = _("Read by the coordinators, and by your mentor once they have said yes.")
BY_MY_MENTEE = _("Read by the coordinators and by people you say yes to.")


def who_reads(question: Question, *, of_mentor: bool = False) -> str:
    """One sentence on who will read the answer; of a mentor's answer the mentee reads after the yes."""
    if of_mentor and question.visibility == AnswerVisibility.PAIR:
        return str(BY_MY_MENTEE)
    if question.sensitive and question.visibility in (AnswerVisibility.PUBLIC, AnswerVisibility.PAIR):
        return str(AFTER_A_YES)
    return str(WHO_READS[AnswerVisibility(question.visibility)])


def field_for(question: Question) -> forms.Field:
    """A form field for one question."""
    common: dict[str, Any] = {
        "label": question.label,
        "required": question.required,
        "help_text": question.help,
    }
    if question.kind == QuestionKind.LONG_TEXT:
        return forms.CharField(
            max_length=LONG, widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}), **common
        )
    if question.kind == QuestionKind.CHOICE:
        return forms.ChoiceField(choices=question.options, widget=forms.RadioSelect, **common)
    if question.kind == QuestionKind.MULTI_CHOICE:
        return forms.MultipleChoiceField(
            choices=question.options, widget=forms.CheckboxSelectMultiple, **common
        )
    if question.kind == QuestionKind.YES_NO:
        return forms.TypedChoiceField(
            choices=[("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=forms.RadioSelect,
            **common,
        )
    if question.kind == QuestionKind.DATE:
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)
    return forms.CharField(max_length=SHORT, **common)


def initial_for(question: Question, answers: Mapping[str, Any]) -> Any:
    """What the person answered before, as the field takes it."""
    value = (answers.get(question.id) or {}).get("value")
    if question.kind == QuestionKind.YES_NO and value is not None:
        return "yes" if value else "no"
    return value


def add_questions(form: forms.Form, questions: Iterable[Question], answers: Mapping[str, Any]) -> None:
    """Puts the questions' fields into a form."""
    for question in questions:
        name = PREFIX + question.id
        form.fields[name] = field_for(question)
        form.initial.setdefault(name, initial_for(question, answers))


def values_of(form: forms.Form, questions: Iterable[Question]) -> dict[str, Any]:
    """The cleaned answers by question id."""
    return {
        question.id: form.cleaned_data[PREFIX + question.id]
        for question in questions
        if PREFIX + question.id in form.cleaned_data
    }
