"""Words of the accounts room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Groups with permissions. Learner, offerer, seeker, mentor and mentee are things one does, not roles."""

    MEMBER = "Members", _("Member")
    EDITOR = "Editors", _("Editor")
    TRANSLATOR = "Translators", _("Translator")
    COORDINATOR = "Coordinators", _("Coordinator")
    MODERATOR = "Moderators", _("Moderator")
    ADMINISTRATOR = "Administrators", _("Administrator")
