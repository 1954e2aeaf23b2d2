"""What coordinators write on the board, and what mentors answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.flows import MENTOR_DECLINE_REASONS, PROGRAMME_DECLINE_REASONS


class DetailsForm(forms.Form):
    """A question to the person."""

    question = forms.CharField(
        label=_("What would you like to know?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write what you would like to know.")},
    )


class AnswerForm(forms.Form):
    """An answer that makes a pair unnecessary."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=4000,
        help_text=_("A lesson, a page or a few sentences. The request then counts as answered."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Write the answer.")},
    )


class DeclineForm(forms.Form):
    """Why the programme cannot take a request, and what could come next."""

    reason_code = forms.ChoiceField(
        label=_("Reason"),
        choices=PROGRAMME_DECLINE_REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    next_step = forms.CharField(
        label=_("What could the person do next?"),
        max_length=2000,
        help_text=_("They read the reason and these words."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write what the person could do next.")},
    )


class ProposeForm(forms.Form):
    """Which mentor is asked, and what they read."""

    offer = forms.UUIDField(widget=forms.HiddenInput)
    need = forms.CharField(
        label=_("What the mentor reads"),
        max_length=2000,
        help_text=_("The person's own words. Take out everything that shows who it is."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write at least one sentence about the need.")},
    )


class NotNowForm(forms.Form):
    """A mentor's private reason."""

    reason_code = forms.ChoiceField(
        label=_("Why not now?"),
        help_text=_("Only the coordinators see this. The person who asked hears nothing."),
        choices=MENTOR_DECLINE_REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. “I would rather not say” is fine.")},
    )


class ReplyForm(forms.Form):
    """An answer to what one of a pair wrote."""

    note = forms.UUIDField(widget=forms.HiddenInput)
    reply = forms.CharField(
        label=_("Your answer"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write the answer.")},
    )


class SafetyForm(forms.Form):
    """Why a pair is closed by the coordinators. Kept in the log, shown to nobody else."""

    reason = forms.CharField(
        label=_("What happened"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write what happened. Only coordinators can read it.")},
    )
