"""What people are told of mail itself. In the site alone: their mails do not arrive, or are not wanted."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.registry import Kind, register

register(
    Kind(
        "mail_stopped",
        group="",
        subject=_("Our e-mails to you come back"),
        body=_("From now on we send to this address only what you ask for. Your account says why."),
        action=_("Open your account"),
        never_mail=True,
    ),
    Kind(
        "mail_complaint",
        group="",
        subject=_("An e-mail to you was reported as unwanted"),
        body=_(
            "So we send you no more news by e-mail, only what you ask for and what keeps your account safe. "
            "You can choose anew at any time."
        ),
        action=_("Choose what you are told and how"),
        never_mail=True,
    ),
)
