"""Becoming a mentor in a programme, and taking a rest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.forms.fields import language_field
from directory.forms.widgets import PickingForm
from directory.models import Person, PersonCapacity
from foundation.design.forms import OptimisticForm
from mentoring.form_schema import Question
from mentoring.forms.answers import add_questions, values_of, who_reads
from mentoring.forms.fields import capacities_field, formats_field, rows_of
from mentoring.forms.people import chosen_people, people_field, words_field
from mentoring.models import MentoringProgrammePage, MentorOffer


class OfferForm(PickingForm, OptimisticForm):
    """What somebody gives as a mentor. The programme's own questions follow."""

    hours_a_month = forms.IntegerField(
        label=_("Hours a month"),
        min_value=1,
        max_value=80,
        help_text=_(
            "For this programme. Nobody is asked beyond it. If your profile says less, it is raised to this."
        ),
    )
    max_pairs = forms.IntegerField(
        label=_("People at the same time"), min_value=1, max_value=20, help_text=_("One is a good number.")
    )
    contact = forms.CharField(
        label=_("How the other one reaches you"),
        max_length=300,
        help_text=_("An address, a talk page, a chat name. Only people you say yes to see it."),
        error_messages={"required": _("Say how the other one can reach you.")},
    )
    field_order = ["capacities", "languages", "formats", "hours_a_month", "max_pairs", "contact"]

    def __init__(
        self,
        *args: Any,
        person: Person,
        programme: MentoringProgrammePage,
        questions: list[Question],
        offer: MentorOffer | None = None,
        **kwargs: Any,
    ) -> None:
        self.person, self.programme, self.offer = person, programme, offer
        self.questions = questions = [question for question in questions if question.is_asked]
        super().__init__(*args, **kwargs)
        self.fields["capacities"] = capacities_field(
            programme.capacities.all(), label=_("What you can help with"), most=20
        )
        self.fields["languages"] = language_field(
            label=_("Languages you can mentor in"),
            error_messages={"required": _("Name at least one language.")},
        )
        self.fields["formats"] = formats_field(
            label=_("Ways that suit you"), help_text=_("Writing only is as good as any other way.")
        )
        self.order_fields(self.field_order)
        self.kept_apart = list(offer.not_with.all()) if offer else []
        self.fields["not_with"] = people_field(programme, person, self.kept_apart)
        self.fields["not_with_words"] = words_field()
        add_questions(self, questions, offer.answers if offer else {})
        for question in questions:
            field = self.fields[f"q-{question.id}"]
            field.help_text = " ".join(
                part for part in (question.help, who_reads(question, of_mentor=True)) if part
            )
        self._fill()

    def _fill(self) -> None:
        """What they offered before; else what their profile says."""
        if self.offer is not None:
            known = {
                "capacities": [row.pk for row in self.offer.capacities.all()],
                "languages": self.offer.languages,
                "formats": self.offer.clean_formats(),
                "hours_a_month": self.offer.hours_a_month,
                "max_pairs": self.offer.max_pairs,
                "contact": self.offer.contact,
                "not_with": [row.pk for row in self.kept_apart],
                "not_with_words": self.offer.not_with_words,
            }
        else:
            offers = [
                row.capacity_id
                for row in self.person.capacities.all()
                if row.side == PersonCapacity.Side.OFFERS
            ]
            within = self.fields["capacities"].catalogue.options  # type: ignore[attr-defined]
            known = {
                "capacities": [pk for pk in offers if str(pk) in within],
                "languages": self.person.working_languages,
                "formats": self.person.clean_formats(),
                "hours_a_month": max(self.person.hours_a_month, self.programme.hours_per_pair),
                "max_pairs": 1,
            }
        for name, value in known.items():
            self.initial.setdefault(name, value)

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the verb's arguments; see mentoring/services/offers.py."""
        picked = self.cleaned_data
        return {
            "capacities": rows_of(self.fields["capacities"], picked["capacities"].keys),  # type: ignore[arg-type]
            "languages": picked["languages"].keys,
            "formats": picked["formats"],
            "hours_a_month": picked["hours_a_month"],
            "max_pairs": picked["max_pairs"],
            "contact": picked["contact"],
            "questions": self.questions,
            "values": values_of(self, self.questions),
            "not_with": chosen_people(self),
            "not_with_words": picked["not_with_words"],
        }


class UntilForm(forms.Form):
    """Until which day to rest."""

    until = forms.DateField(
        label=_("Rest until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
