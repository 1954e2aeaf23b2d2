"""What is asked of somebody who reports, and what administrators write."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User

LONGEST = 5000


NOTHING_SAID = _("Write at least one sentence. It need not be complete.")


def _words(label: Any, *, help_text: Any = "", rows: int = 8, missing: Any = NOTHING_SAID) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": missing},
    )


class ReportForm(forms.Form):
    """The first question is enough."""

    text = _words(_("What happened?"), help_text=_("Your own words. Two sentences are enough to begin."))
    without = forms.TypedMultipleChoiceField(
        label=_("Who should not read it?"),
        help_text=_(
            "The people you tick cannot open it, and cannot see that it exists. You need not say why."
        ),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    by_mail = forms.BooleanField(
        label=_("Tell me by e-mail, too, when there is an answer"),
        help_text=_("The e-mail says only that there is news. Without it you are told here alone."),
        required=False,
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, readers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = readers
        self.initial.setdefault("token", uuid.uuid4())
        # With a single reader there is nobody to leave out.
        if len(readers) > 1:
            self.fields["without"].choices = [(user.pk, str(user)) for user in readers]  # type: ignore[attr-defined]
        else:
            del self.fields["without"]

    def clean_without(self) -> list[int]:
        """Somebody must be left to read it."""
        chosen: list[int] = self.cleaned_data["without"]
        if len(set(chosen)) >= len(self.readers):
            raise forms.ValidationError(_("Then nobody could read it. Leave at least one without a tick."))
        return chosen


class MessageForm(forms.Form):
    """More about one's own report."""

    text = _words(_("Add something"), rows=5)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", uuid.uuid4())


class AnswerForm(MessageForm):
    """What an administrator writes to the person who reported."""

    text = _words(
        _("Your words to the person who reported"),
        help_text=_("To close the report, say what was done, and what was not."),
        rows=6,
        missing=_("Write what the person who reported is to read, then answer or close."),
    )
