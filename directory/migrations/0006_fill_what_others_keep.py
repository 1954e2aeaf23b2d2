"""Exchanges note what they are about; invitations of managers, made by a manager, count as agreed to."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, F, OuterRef, Subquery


def fill(apps: Any, schema_editor: Any) -> None:
    """In three statements, whatever the number of rows."""
    exchange, listing = apps.get_model("directory", "Exchange"), apps.get_model("directory", "Listing")
    its_listing = listing.objects.filter(pk=OuterRef("listing_id"))
    exchange.objects.filter(listing__isnull=False).update(
        title=Subquery(its_listing.values("title")[:1]), direction=Subquery(its_listing.values("direction")[:1])
    )
    invitation, membership = apps.get_model("directory", "Invitation"), apps.get_model("directory", "Membership")
    inviter = membership.objects.filter(
        organisation_id=OuterRef("organisation_id"), person_id=OuterRef("invited_by_id"), role="manager"
    )
    invitation.objects.filter(Exists(inviter), role="manager").update(
        approved_at=F("created"), approved_by=F("invited_by")
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_what_others_keep")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
