"""Words of the mentoring room."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class AnswerVisibility(models.TextChoices):
    """Who may read the answer to a question of a programme's form. From widest to narrowest."""

    PUBLIC = "public", _("Anyone who takes part in the programme")
    PAIR = "matched_pair", _("The mentor who is asked, and the pair")
    COORDINATORS = "coordinators", _("Coordinators only")
    # Not offered any more: see mentoring.safety_answers for what was answered under it.
    SAFETY = "safety", _("The safety team only")

    @classmethod
    def offered(cls) -> list[tuple[str, Any]]:
        """What can be chosen for a question: nobody is promised a team that is not there."""
        return [(value, label) for value, label in cls.choices if value != cls.SAFETY]

    @classmethod
    def stricter(cls, one: str, other: str) -> str:
        """The narrower of two: a later change of the form never widens what was promised to somebody."""
        order = [choice.value for choice in cls]
        known = [value for value in (one, other) if value in order]
        return max(known, key=order.index) if known else cls.SAFETY.value


class Audience(models.TextChoices):
    """Somebody who reads answers."""

    OWNER = "owner", _("The person who wrote them")
    ASKED_MENTOR = "asked_mentor", _("A mentor who has been asked")
    PAIR = "pair", _("The other one of the pair")
    COORDINATOR = "coordinator", _("A coordinator of the programme")
    SAFETY = "safety", _("The safety team")


class QuestionKind(models.TextChoices):
    """What kind of answer a question takes."""

    TEXT = "text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    CHOICE = "choice", _("One of several")
    MULTI_CHOICE = "multi_choice", _("Some of several")
    YES_NO = "yes_no", _("Yes or no")
    DATE = "date", _("Date")


class OfferState(models.TextChoices):
    """Whether somebody mentors in a programme. Resting is `pause_until`, not a state."""

    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")


class Openness(models.TextChoices):
    """Whether a programme takes requests today."""

    UPCOMING = "upcoming", _("Opens soon")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
