"""Organisations: chapters, user groups, thematic organisations and partners, with their managers."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory.constants import MembershipRole, OrganisationType
from directory.models.person import Person
from directory.querysets import InvitationQuerySet, OrganisationQuerySet
from foundation.l10n.names import Named


class Organisation(Named, models.Model):
    """An affiliate or partner. Identity is (source, source_id) for imported ones."""

    named = ("name", "acronym")

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("short name in addresses"), max_length=120, unique=True)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    type = models.CharField(
        _("kind"), max_length=12, choices=OrganisationType.choices, default=OrganisationType.USER_GROUP
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=6, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    website = models.URLField(_("web address"), blank=True)
    source = models.CharField(max_length=40, blank=True, editable=False)
    source_id = models.CharField(max_length=80, blank=True, editable=False)
    # The values of the last import, so that the next one sees what was changed here and leaves it.
    imported = models.JSONField(default=dict, blank=True, editable=False)
    active = models.BooleanField(_("shown"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~models.Q(source=""),
                name="directory_organisation_source_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page of this organisation."""
        return reverse("directory:organisation", args=[self.slug])

    def text(self, language: str | None = None) -> OrganisationText | None:
        """Name, summary and description in a language, else in English, else in any. Uses prefetched rows."""
        language = (language or get_language() or "en").split("-")[0]
        rows = {row.language: row for row in self.texts.all()}
        return rows.get(language) or rows.get("en") or next(iter(rows.values()), None)

    def is_managed_by(self, user: Any) -> bool:
        """Whether this user may edit the organisation and act for it."""
        if not user.is_authenticated:
            return False
        return self.memberships.filter(person__user=user, role=MembershipRole.MANAGER).exists()

    def managers(self) -> list[Person]:
        """The people who act for it and answer its questions, with their accounts. One query."""
        managers = Person.objects.filter(
            memberships__organisation=self, memberships__role=MembershipRole.MANAGER, user__is_active=True
        )
        return list(managers.select_related("user"))


class OrganisationText(Named, models.Model):
    """How an organisation presents itself in one language."""

    named = ("name",)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    name = models.CharField(_("name in this language"), max_length=200, blank=True)
    summary = models.CharField(_("in one line"), max_length=250, blank=True)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("text of an organisation")
        verbose_name_plural = _("texts of organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "language"], name="directory_organisation_text_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} ({self.language})"


class Membership(models.Model):
    """Somebody belongs to an organisation."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(
        _("role"), max_length=10, choices=MembershipRole.choices, default=MembershipRole.MEMBER
    )
    since = models.DateField(auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], name="directory_membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organisation_id}"


class Invitation(models.Model):
    """Somebody is asked to be shown with an organisation. Their yes makes it a Membership.

    To be a manager takes two: a yes of somebody who may name managers (`approved_at`), and then their own.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(
        _("role"), max_length=10, choices=MembershipRole.choices, default=MembershipRole.MEMBER
    )
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created = models.DateTimeField(auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["created", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], name="directory_invitation_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.organisation_id}"

    @property
    def waits_for_manager(self) -> bool:
        """Whether it still needs the yes of somebody who may name managers."""
        return self.role == MembershipRole.MANAGER and self.approved_at is None
