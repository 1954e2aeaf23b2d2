"""Forms of the editors' admin."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks import StreamBlockValidationError

from foundation.design.admin_forms import EditorsPageForm
from learning.formats import problem_of

FILES = ("video", "audio", "slides")
NO_CAPTIONS = _("Add captions in at least one language. Without them the recording cannot be published.")
TWICE = _("There are captions in this language above. Keep the better ones, or choose another language.")
TOO_EARLY = _(
    "This call is before the first day of the course. Change its day, or the day the course starts on."
)
TOO_LATE = _("This call is after the last day of the course. Change its day, or the day the course ends on.")
NOTHING_TO_PLAY = _("Choose a video or sound file, or give the address of the recording elsewhere.")
NO_SUMMARY = _("Say in one sentence what people get out of it. Lists and search show it.")
NO_STEPS = _("Add at least one step. Without one there is nothing to learn here yet.")
NO_WEEKS = _("Add at least one week. Without one nobody knows what the course is made of.")


class WholePageForm(EditorsPageForm):
    """What a lesson or course lacks is asked for when it is published or handed in; a draft may lack it."""

    parts = ""  # the field that must hold something
    NO_PARTS: Any = ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.is_deferred_validation:
            return cleaned
        if "summary" in self.fields and "summary" not in self.errors and not cleaned.get("summary"):
            self.add_error("summary", NO_SUMMARY)
        if self.parts in self.fields and self.parts not in self.errors and not cleaned.get(self.parts):
            self.add_error(self.parts, StreamBlockValidationError(non_block_errors=[self.NO_PARTS]))
        return cleaned


class ModulePageForm(WholePageForm):
    """A lesson is made of steps."""

    parts = "steps"
    NO_PARTS = NO_STEPS


class CoursePageForm(WholePageForm):
    """A course is made of weeks."""

    parts = "weeks"
    NO_PARTS = NO_WEEKS


class WebinarPageForm(EditorsPageForm):
    """A recording is published only with captions and something to play; a draft may lack both."""

    def defer_required_fields(self) -> None:
        """Captions and speakers of a draft may be half written, as the rest of it."""
        super().defer_required_fields()
        self._may_be_half_written(True)

    def restore_required_fields(self) -> None:
        """As before."""
        super().restore_required_fields()
        self._may_be_half_written(False)

    def _may_be_half_written(self, answer: bool) -> None:
        for name in ("captions", "speakers"):
            for form in self.formsets.get(name, ()):
                form.instance.half_written = answer

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for name in FILES:
            # Also in a draft: to choose none is to leave it open, a wrong one would be forgotten.
            if cleaned.get(name) and name in self.changed_data and (wrong := problem_of(cleaned[name], name)):
                self.add_error(name, wrong)
        if self.is_deferred_validation:
            return cleaned
        captions = self.formsets.get("captions")
        if captions is not None and captions.is_valid():
            kept = [row for row in captions.cleaned_data if row and not row.get("DELETE")]
            if not kept:
                self.add_error(None, NO_CAPTIONS)
            self._one_of_each_language(captions)
        if not any(cleaned.get(name) or name in self.errors for name in ("video", "audio", "external_url")):
            self.add_error("video", NOTHING_TO_PLAY)
        return cleaned

    @staticmethod
    def _one_of_each_language(captions: Any) -> None:
        """A player offers each language once, so the second captions in one would never be seen."""
        seen: set[str] = set()
        for form in captions.forms:
            if (not form.has_changed() and not form.instance.pk) or form.cleaned_data.get("DELETE"):
                continue
            if form.instance.language in seen:
                form.add_error("language", TWICE)
            seen.add(form.instance.language)


class CohortForm(WagtailAdminModelForm):
    """A cohort's calls lie between its first and its last day, by the clock of whoever writes them.

    Looked at is what somebody changes now: a call that was held outside of the days may have its recording.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        moved = not {"starts_on", "ends_on"}.isdisjoint(self.changed_data)
        for form in self.formsets["sessions"].forms if "sessions" in self.formsets else ():
            start = form.cleaned_data.get("starts_at") if form.is_valid() else None
            if (
                start is None
                or form.cleaned_data.get("DELETE")
                or not (moved or "starts_at" in form.changed_data)
            ):
                continue
            day = timezone.localdate(start)
            if first and day < first:
                form.add_error("starts_at", TOO_EARLY)
            elif last and day > last:
                form.add_error("starts_at", TOO_LATE)
        return cleaned
