"""People: the public face of an account, field by field."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.constants import Format, Level, Visibility
from directory.models.capacity import Capacity
from directory.querysets import PersonQuerySet


class Person(models.Model):
    """What somebody chose to say about themselves, and how they want to be asked.

    Every field of CHOOSABLE has its own visibility in `visibility` ({field: Visibility}); one that is not named
    there is public, except those in DEFAULT_VISIBILITY. Name, capacities, ways to meet and what helps them to help are on
    every page that may be seen.
    """

    DEFAULT_VISIBILITY = {"city": Visibility.MEMBERS, "wikimedia_name": Visibility.MEMBERS}
    CHOOSABLE = (
        "bio",
        "pronouns",
        "country",
        "city",
        "timezone",
        "languages",
        "organisations",
        "wikimedia_name",
        "learning",
        "hours",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="person")
    name = models.CharField(_("name"), max_length=150)
    pronouns = models.CharField(_("pronouns"), max_length=60, blank=True)
    bio = models.TextField(_("about you"), max_length=2000, blank=True)
    bio_language = models.CharField(_("language of this text"), max_length=12, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    portrait = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    formats = models.JSONField(_("how you like to help"), default=list, blank=True)
    hours_a_month = models.PositiveSmallIntegerField(
        _("hours a month"), default=2, help_text=_("How much time you can give to others, all together.")
    )
    listed = models.BooleanField(_("show me in the directory"), default=False)
    leave_alone = models.BooleanField(
        _("leave me alone"),
        default=False,
        help_text=_("Nobody can ask you anything; your page and your offers appear in no list."),
    )
    paused_until = models.DateField(_("pause until"), null=True, blank=True)
    asks_of_you = models.CharField(
        _("what helps you to help"),
        max_length=200,
        blank=True,
        help_text=_("For example: one clear question, and what you have tried already."),
    )
    contact_by = models.JSONField(_("how to reach you"), default=list, blank=True)
    contact_note = models.CharField(_("another way to reach you"), max_length=300, blank=True)
    visibility = models.JSONField(_("who sees what"), default=dict, blank=True)
    confirmed_at = models.DateField(_("last confirmed"), null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page of this person."""
        return reverse("directory:person", args=[self.pk])

    def visibility_of(self, field: str) -> str:
        """Who sees a field. One that nobody can choose about is hidden; while developing, a KeyError tells."""
        if field not in self.CHOOSABLE:
            if settings.DEBUG or getattr(settings, "TESTING", False):
                raise KeyError(f"{field!r} is no field whose visibility people choose: {self.CHOOSABLE}")
            return Visibility.HIDDEN
        chosen = self.visibility.get(field) if isinstance(self.visibility, dict) else None
        return chosen or self.DEFAULT_VISIBILITY.get(field, Visibility.PUBLIC)

    def shows(self, field: str, viewer: Any = None) -> bool:
        """Whether a viewer (None or anonymous: everybody, and the index) may see a field."""
        signed_in = bool(viewer is not None and viewer.is_authenticated)
        if signed_in and viewer.pk == self.user_id:
            return True
        seen_by = self.visibility_of(field)
        return seen_by == Visibility.PUBLIC or (seen_by == Visibility.MEMBERS and signed_in)

    @property
    def is_paused(self) -> bool:
        """Whether the person is taking a rest today."""
        return self.paused_until is not None and self.paused_until >= timezone.localdate()

    @property
    def working_languages(self) -> list[str]:
        """Codes of the languages in which the person can help. Uses prefetched rows."""
        return [row.language for row in self.languages.all() if row.level in Level.working()]

    def clean_formats(self) -> list[str]:
        """Only formats that exist, in their order."""
        return [value for value in Format.values if value in (self.formats or [])]


class PersonLanguage(models.Model):
    """A language somebody speaks, and how well."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=12)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices, default=Level.FLUENT)

    class Meta:
        verbose_name = _("language of a person")
        verbose_name_plural = _("languages of people")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "language"], name="directory_person_language_once")
        ]

    def __str__(self) -> str:
        return f"{self.language} ({self.level})"


class PersonCapacity(models.Model):
    """What somebody can help with, or wants to learn. An offer in detail is a Listing; this is the short form."""

    class Side(models.TextChoices):
        OFFERS = "offers", _("Can help with")
        LEARNS = "learns", _("Wants to learn")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="capacities")
    capacity = models.ForeignKey(Capacity, on_delete=models.PROTECT, related_name="people")
    side = models.CharField(_("side"), max_length=8, choices=Side.choices)
    evidence = models.CharField(
        _("what shows it"),
        max_length=300,
        blank=True,
        help_text=_("For example: ran three edit-a-thons in 2025."),
    )
    added = models.DateField(auto_now_add=True)

    class Meta:
        verbose_name = _("capacity of a person")
        verbose_name_plural = _("capacities of people")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "capacity", "side"], name="directory_person_capacity_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.side} {self.capacity_id}"
