"""What the mails about accounts say. One frame for all, one sentence first that says whom it is for and what it is about.

Anybody can type anybody's address, so nothing that a stranger chose stands in a mail that its reader has not asked for:
of a name only one plain word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from foundation.l10n.names import plain_first_name, said, site_name

if TYPE_CHECKING:
    from django.utils.functional import Promise

IF_NOT = _("If it was not you, you need do nothing.")


@dataclass(frozen=True)
class Words:
    """One kind of mail. `purpose` is its first sentence and its subject; `url` the name of the address that allauth
    gives it, or of a page of ours."""

    purpose: Promise
    text: Promise | str = ""
    action: Promise | str = ""
    url: str = ""
    otherwise: Promise | str = IF_NOT


def changed(purpose: Promise) -> Words:
    """Of a mail that tells what was done to an account."""
    return Words(
        purpose,
        _(
            "If it was you, all is well. If not, choose a new password at once, and look through your account."
        ),
        _("Open your account"),
        "accounts:account",
        "",
    )


CONFIRM = Words(
    _("Please confirm your e-mail address."),
    _("Somebody, probably you, wrote this address for an account here."),
    _("Confirm the address"),
    "activate_url",
)
NEW_PASSWORD = _("Your password was changed.")
TRIAL = "accounts/email/trial"
WORDS: Mapping[str, Words] = {
    "account/email/email_confirmation": CONFIRM,
    "account/email/email_confirmation_signup": CONFIRM,
    "account/email/account_already_exists": Words(
        _("You have an account with this address already."),
        _("Somebody, probably you, tried to make another one. You can sign in, or choose a new password."),
        _("Choose a new password"),
        "password_reset_url",
    ),
    "account/email/unknown_account": Words(
        _("There is no account with this address."),
        _(
            "Somebody, probably you, tried to use one. You may have another address there, or make an account."
        ),
        _("Make an account"),
        "signup_url",
    ),
    "account/email/password_reset_key": Words(
        _("Here you can choose a new password."),
        _("Somebody, probably you, asked for it."),
        _("Choose a new password"),
        "password_reset_url",
    ),
    "account/email/login_code": Words(_("Here is your code to sign in.")),
    "account/email/password_reset_code": Words(_("Here is your code for a new password.")),
    "account/email/password_changed": changed(NEW_PASSWORD),
    "account/email/password_reset": changed(NEW_PASSWORD),
    "account/email/password_set": changed(NEW_PASSWORD),
    "account/email/email_changed": changed(_("The e-mail address of your account was changed.")),
    "account/email/email_confirm": changed(_("An e-mail address of your account was confirmed.")),
    "account/email/email_deleted": changed(_("An e-mail address was taken off your account.")),
    "mfa/email/totp_activated": changed(_("An authenticator app was added to your account.")),
    "mfa/email/totp_deactivated": changed(_("The authenticator app was taken off your account.")),
    "mfa/email/recovery_codes_generated": changed(_("New recovery codes were made for your account.")),
    "mfa/email/webauthn_added": changed(_("A passkey was added to your account.")),
    "mfa/email/webauthn_removed": changed(_("A passkey was taken off your account.")),
    TRIAL: Words(
        _("This is the test mail that you asked for."),
        _("It came by the same way as all mails of the site."),
        otherwise="",
    ),
    "socialaccount/email/account_connected": changed(_("Another way to sign in was added to your account.")),
    "socialaccount/email/account_disconnected": changed(_("A way to sign in was taken off your account.")),
}


def first_line(purpose: str, name: str) -> str:
    """What a mail is about, and for whom, where that can be said."""
    if not name:
        return purpose
    # What it is about has its own names set apart already.
    about = pgettext("first line of a mail", "%(name)s: %(purpose)s")
    return said(about.replace("%(purpose)s", purpose.replace("%", "%%")), name=name)


def at_home(url: str) -> str:
    """An address of ours below BASE_URL, whatever host the request that made it named."""
    rest = urlunsplit(("", "", *urlsplit(url)[2:]))
    return settings.BASE_URL.rstrip("/") + "/" + rest.lstrip("/")


def in_language(url: str, code: str) -> str:
    """The same address of ours in another language of the interface."""
    parts = urlsplit(url)
    first, slash, rest = parts.path.lstrip("/").partition("/")
    if first not in dict(settings.LANGUAGES):
        return url
    return urlunsplit((*parts[:2], f"/{code}{slash}{rest}", *parts[3:]))


def written(prefix: str, address: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """The mail of allauth's name `prefix`, in its reader's language, in our frame.

    A kind that has no words here (one that came with a new release) has allauth's own.
    """
    user = context.get("user")
    code = getattr(user, "language", "") or translation.get_language() or "en"
    if code not in dict(settings.INTERFACE_LANGUAGES):
        code = "en"
    with translation.override(code):
        words = WORDS.get(prefix) or _of_the_library(prefix, context)
        url = str(context.get(words.url) or (reverse(words.url) if ":" in words.url else ""))
        name = plain_first_name(user.name) if user is not None else ""
        shown = {
            "first": first_line(str(words.purpose), name),
            "paragraphs": [str(words.text)] if words.text else [],
            "action": words.action,
            "url": in_language(at_home(url), code) if url else "",
            "code": context.get("code", ""),
            "otherwise": words.otherwise,
            "site_name": site_name(),
            "base_url": settings.BASE_URL,
            "language": code,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
        }
        subject = f"{str(words.purpose).rstrip('.')} · {site_name()}"
        message = EmailMultiAlternatives(
            subject, render_to_string("accounts/mail/account.txt", shown), to=[address]
        )
        message.attach_alternative(render_to_string("accounts/mail/account.html", shown), "text/html")
    message.user, message.purpose = user if user is not None and user.pk else None, prefix  # type: ignore[attr-defined]
    return message


def _of_the_library(prefix: str, context: dict[str, Any]) -> Words:
    subject = " ".join(render_to_string(f"{prefix}_subject.txt", context).split())
    text = render_to_string(f"{prefix}_message.txt", context).strip()
    return Words(subject, text, otherwise="")  # type: ignore[arg-type]
