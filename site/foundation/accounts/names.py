"""What to call somebody."""

from django.utils.translation import gettext


def former_member() -> str:
    """What stands where the name of somebody stood who has deleted their account."""
    return gettext("A former member")
