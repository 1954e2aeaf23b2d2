"""Pairs that are there already have given a sign of life when they last moved or wrote down hours."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest


def fill(apps: Any, schema_editor: Any) -> None:
    """In one statement. Databases differ on the greatest of something and nothing, so nothing becomes something."""
    pairing, hours = apps.get_model("mentoring", "Pairing"), apps.get_model("mentoring", "HoursEntry")
    last = hours.objects.filter(pairing_id=OuterRef("pk")).order_by("-created").values("created")[:1]
    pairing.objects.update(sign_of_life_at=Greatest("state_since", Coalesce(Subquery(last), "state_since")))


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0006_what_others_keep")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
