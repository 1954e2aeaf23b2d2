"""Words of the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TextRole(models.TextChoices):
    """What a text says of a capacity (the SKOS model)."""

    PREFERRED = "preferred", _("Label")
    ALTERNATIVE = "alternative", _("Alternative label")
    # Found by, and shown nowhere: spellings that people type and nobody should read.
    HIDDEN = "hidden", _("Hidden label")
    DEFINITION = "definition", _("Definition")


class Direction(models.TextChoices):
    """Which way a listing points."""

    OFFER = "offer", _("Offer")
    NEED = "need", _("Need")


class Asset(models.TextChoices):
    """What kind of thing is offered or needed."""

    SKILL = "skill", _("Skill")
    SERVICE = "service", _("Service")
    RESOURCE = "resource", _("Resource")
    TOOL = "tool", _("Tool")
    FINANCE = "finance", _("Finance")


class Format(models.TextChoices):
    """How help reaches somebody."""

    LIVE = "live", _("Live, by call")
    TEXT = "text", _("In writing, in your own time")
    VISIT = "visit", _("In person")


class Method(models.TextChoices):
    """What the help consists of."""

    COACHING = "coaching", _("Coaching")
    MENTORING = "mentoring", _("Mentoring")
    TRAINING = "training", _("Training")
    CONSULTATION = "consultation", _("Consultation")
    REVIEW = "review", _("Review")
    FUNDING = "funding", _("Funding")
    LENDING = "lending", _("Lending")
    DOCUMENTATION = "documentation", _("Documentation")


class ListingState(models.TextChoices):
    """Whether a listing is shown. Only ACTIVE ones reach the index; a DRAFT is seen by its owner alone, what is HELD by
    its owner and by moderators."""

    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("Shown")
    PAUSED = "paused", _("Paused")
    MET = "met", _("Met")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")
    HELD = "held", _("Waiting for a moderator")


class HoldReason(models.TextChoices):
    """Why a listing waits for a moderator, as its owner reads it."""

    LINKS = "links", _("It has a link to a site outside of Wikimedia, and your account is new.")
    FAST = "fast", _("It was sent faster than most people can write, and your account is new.")
    ALIKE = "alike", _("Much like it was posted today, and your account is new.")


class Level(models.TextChoices):
    """How well somebody knows a language. `working()` is enough to help in it."""

    NATIVE = "native", _("Native")
    FLUENT = "fluent", _("Fluent")
    INTERMEDIATE = "intermediate", _("Good enough to work in")
    BASIC = "basic", _("A little")

    @classmethod
    def working(cls) -> tuple[str, ...]:
        """Levels at which people can help each other."""
        return (cls.NATIVE, cls.FLUENT, cls.INTERMEDIATE)


class Visibility(models.TextChoices):
    """Who sees a field of a profile."""

    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("People who are signed in")
    HIDDEN = "hidden", _("Only me")


class ContactWay(models.TextChoices):
    """How somebody may be reached once both have said yes. Nothing is shown that was not chosen."""

    EMAIL = "email", _("By e-mail, at the address of my account")
    WIKIMEDIA = "wikimedia", _("On my talk page, under my Wikimedia user name")
    NOTE = "note", _("In the way I describe below")


class OrganisationType(models.TextChoices):
    """What kind of organisation it is."""

    CHAPTER = "chapter", _("Chapter")
    USER_GROUP = "user_group", _("User group")
    THEMATIC = "thematic", _("Thematic organisation")
    PARTNER = "partner", _("Partner organisation")
    OTHER = "other", pgettext_lazy("kind of organisation", "Other")


class MembershipRole(models.TextChoices):
    """What somebody is in an organisation."""

    MANAGER = "manager", _("Manager")
    MEMBER = "member", _("Member")
