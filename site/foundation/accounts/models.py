"""The custom user: an e-mail address, a name, a language and a time zone."""

from __future__ import annotations

import zoneinfo
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from foundation.accounts.constants import Role


def validate_timezone(value: str) -> None:
    """Raises ValidationError unless the value is a name of the IANA time zone database, such as Africa/Lagos."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("Choose a time zone from the list, such as Africa/Lagos."))


class UserManager(BaseUserManager["User"]):
    """Makes accounts; e-mail addresses are compared without regard to case."""

    use_in_migrations = True

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """Makes a member. Raises ValueError without an address."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        """Makes an account that may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """One person's account. The address is private everywhere; `name` is what others may see."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(
        _("name"),
        max_length=150,
        blank=True,
        help_text=_("What others call you. It need not be your legal name."),
    )
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("The language of pages and e-mails to you.")
    )
    # Empty until the person chose one: "your time" is said only to who did (foundation.l10n.times).
    timezone = models.CharField(
        _("time zone"), max_length=64, blank=True, default="", validators=[validate_timezone]
    )
    wikimedia_name = models.CharField(
        _("Wikimedia user name"),
        max_length=255,
        blank=True,
        editable=False,
        help_text=_("Set by signing in there."),
    )
    is_staff = models.BooleanField(_("may use the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=now)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_email_any_case")]

    def __str__(self) -> str:
        return self.name or str(_("A member"))

    def clean(self) -> None:
        super().clean()
        self.email = type(self).objects.normalize_email(self.email)

    def get_full_name(self) -> str:
        """The name, or a word that gives nothing away."""
        return str(self)

    def get_short_name(self) -> str:
        """The first word of the name."""
        return str(self).split(" ")[0]

    def has_role(self, role: Role) -> bool:
        """Whether this account is in the role's group (superusers hold every role)."""
        if self.is_superuser:
            return True
        return role.value in self._role_names()

    def is_in(self, role: Role) -> bool:
        """Whether this account is in the role's group itself. A superuser is not by that alone: what people wrote in
        trust is read by those who were named to them."""
        return role.value in self._role_names()

    @property
    def has_desk(self) -> bool:
        """Whether the menu leads to the editors' desk. What one may do there, permissions say."""
        desk = {role.value for role in Role} - {Role.MEMBER.value}
        return self.is_staff or self.is_superuser or bool(desk & self._role_names())

    def _role_names(self) -> set[str]:
        # Read once a request: menus and lists ask often.
        if not hasattr(self, "_role_names_cache"):
            self._role_names_cache: set[str] = set(self.groups.values_list("name", flat=True))
        return self._role_names_cache


class BrowserSession(models.Model):
    """A browser in which somebody is signed in. Of the browser its name is kept, and not where it is."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="browser_sessions")
    session_key = models.CharField(max_length=40, unique=True, editable=False)
    browser = models.CharField(_("browser"), max_length=40, blank=True)
    system = models.CharField(_("system"), max_length=40, blank=True)
    began = models.DateTimeField(_("signed in"), default=now)

    class Meta:
        verbose_name = _("signed-in browser")
        verbose_name_plural = _("signed-in browsers")
        ordering = ("-began", "-pk")

    def __str__(self) -> str:
        return f"{self.browser} {self.system}".strip()


class Counter(models.Model):
    """How often somebody has tried something: a row of Django's cache in the database, which reads and writes it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")

    def __str__(self) -> str:
        return self.cache_key


def display_name(user: User) -> str:
    """What allauth may write in a message about an account. Never the address."""
    return str(user)
