"""Words of the learning room."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Depth(models.TextChoices):
    """How much somebody should know before they begin."""

    FIRST = "first", _("First steps")
    PRACTICE = "practice", _("For people with some practice")
    ADVANCED = "advanced", _("Advanced")


class ModuleKind(models.TextChoices):
    """What a module mostly asks of the learner."""

    TRAINING = "training", _("Lesson")
    EXERCISE = "exercise", _("Exercise")
    DISCUSSION = "discussion", _("Discussion")


class Evidence(models.TextChoices):
    """What a practice task asks the learner to leave behind."""

    NONE = "none", _("Nothing: the learner ticks it off")
    LINK = "link", _("A link to the edit or page")
    TEXT = "text", _("A few sentences")


class Part(models.TextChoices):
    """What a row of progress is about; also the parts that a completion rule may ask for."""

    READ = "read", _("Step read")
    QUESTION = "question", _("Question")
    CHECKLIST = "checklist", _("Checklist")
    TASK = "task", _("Practice task")


class Length(models.TextChoices):
    """Rough length, as a filter: up to 15 minutes, up to an hour, longer."""

    SHORT = "short", _("Up to 15 minutes")
    MEDIUM = "medium", _("15 minutes to an hour")
    LONG = "long", _("More than an hour")

    @classmethod
    def of(cls, minutes: int | None) -> str:
        """The class of a length in minutes; empty where it is not known."""
        if not minutes:
            return ""
        if minutes <= 15:
            return cls.SHORT
        return cls.MEDIUM if minutes <= 60 else cls.LONG


def language_choices() -> list[tuple[str, str]]:
    """Languages a page may exist in. A function, so that adding one to the settings is no migration."""
    return list(settings.LANGUAGES)


def known_language(tag: str) -> str:
    """The choice of `language_choices` that a tag such as "pt-BR" stands for; empty where there is none."""
    codes = {code.lower() for code, _name in settings.LANGUAGES}
    parts = tag.lower().replace("_", "-").split("-")
    if (
        parts[0] == "zh" and "hant" not in parts
    ):  # what is spoken in China is written in simplified characters
        parts = ["zh", "hans"]
    return next(
        (found for size in range(len(parts), 0, -1) if (found := "-".join(parts[:size])) in codes), ""
    )
