"""The screens of a request: one thing on each, saved at each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.forms.fields import language_field
from directory.forms.widgets import PickingForm
from mentoring.form_schema import Question
from mentoring.forms.answers import add_questions, values_of, who_reads
from mentoring.forms.fields import capacities_field, formats_field, rows_of
from mentoring.forms.people import chosen_people, people_field, words_field
from mentoring.models import MentoringRequest


class ScreenForm(PickingForm):
    """One screen. `relaxed` lets required answers be empty, for "save and go on later"."""

    heading: Any = ""
    lead: Any = ""

    def __init__(self, *args: Any, request: MentoringRequest, relaxed: bool = False, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        self.build()
        if relaxed:
            for field in self.fields.values():
                field.required = False

    def build(self) -> None:
        """Adds fields that depend on the request."""

    def values(self) -> dict[str, Any]:
        """What was typed, by the names of its verb's arguments; see mentoring/views/requests.py."""
        raise NotImplementedError


class NeedForm(ScreenForm):
    """What the person wants to be able to do, and which capacities that touches."""

    heading = _("What do you want to be able to do?")

    goal = forms.CharField(
        label=_("Your goal"),
        max_length=2000,
        help_text=_(
            "One thing that you could show somebody in six months. Two or three sentences are enough. "
            "A mentor who is asked reads this before they know who you are, so leave out names."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Write at least one sentence. It need not be perfect.")},
    )

    def build(self) -> None:
        self.fields["capacities"] = capacities_field(
            self.request.programme.capacities.all(),
            label=_("We would look for mentors who know"),
            help_text=_("Remove what does not fit, or add your own."),
            most=6,
        )
        self.initial.setdefault("goal", self.request.goal)
        self.initial.setdefault("capacities", [row.pk for row in self.request.capacities.all()])

    def values(self) -> dict[str, Any]:
        chosen = rows_of(self.fields["capacities"], self.cleaned_data["capacities"].keys)  # type: ignore[arg-type]
        return {"goal": self.cleaned_data["goal"], "capacities": chosen}


class WayForm(ScreenForm):
    """In which languages, in which way, and how a mentor reaches the person."""

    heading = _("How would you like to work together?")

    contact = forms.CharField(
        label=_("How your mentor reaches you"),
        max_length=300,
        help_text=_(
            "An address, a talk page, a chat name. Only your mentor sees it, once they have said yes."
        ),
        error_messages={"required": _("Say how your mentor can reach you.")},
    )

    field_order = ["languages", "formats", "contact"]

    def build(self) -> None:
        self.fields["languages"] = language_field(
            label=_("Languages you can talk about this in"),
            error_messages={"required": _("Name at least one language.")},
        )
        self.fields["formats"] = formats_field(
            label=_("Ways that suit you"), help_text=_("Writing only is as good as any other way.")
        )
        self.order_fields(self.field_order)
        self.initial.setdefault("languages", self.request.languages)
        self.initial.setdefault("formats", self.request.clean_formats())
        self.initial.setdefault("contact", self.request.contact)

    def values(self) -> dict[str, Any]:
        return {
            "languages": self.cleaned_data["languages"].keys,
            "formats": self.cleaned_data["formats"],
            "contact": self.cleaned_data["contact"],
            "timezone": self.request.person.user.timezone if self.request.person is not None else "",
        }


class ApartForm(ScreenForm):
    """Whom not: people in the lists, and names."""

    heading = _("Is there anybody whom we should not ask?")
    lead = _("You can leave this empty, and change it at any time, also while we look for a mentor.")

    def build(self) -> None:
        mine = self.request
        if mine.person is None:
            raise ValueError("Nobody fills in a request whose account is gone.")
        chosen = list(mine.not_with.all())
        self.fields["not_with"] = people_field(mine.programme, mine.person, chosen)
        self.fields["not_with_words"] = words_field()
        self.initial.setdefault("not_with", [row.pk for row in chosen])
        self.initial.setdefault("not_with_words", mine.not_with_words)

    def values(self) -> dict[str, Any]:
        return {"people": chosen_people(self), "words": self.cleaned_data["not_with_words"]}


class QuestionForm(ScreenForm):
    """One of the programme's own questions."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        self.question = question
        self.heading = question.label
        self.lead = who_reads(question)
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        add_questions(self, [self.question], self.request.answers)

    def values(self) -> dict[str, Any]:
        return {"questions": [self.question], "values": values_of(self, [self.question])}
