"""A capacity is known by its address (IRI); those that are here get the one that exports have always named."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Concat

ROLES = [
    ("preferred", "Label"),
    ("alternative", "Alternative label"),
    ("hidden", "Hidden label"),
    ("definition", "Definition"),
]


def fill(apps: Any, schema_editor: Any) -> None:
    """In one statement, whatever the number of rows."""
    capacity = apps.get_model("directory", "Capacity")
    capacity.objects.filter(address="").update(
        address=Concat(Value("urn:capacity-exchange:capacity:"), F("slug"))
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_fill_what_others_keep")]

    operations = [
        migrations.AddField(
            model_name="capacity",
            name="address",
            field=models.CharField(default="", editable=False, max_length=500, verbose_name="address (IRI)"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="capacitytext",
            name="role",
            field=models.CharField(choices=ROLES, default="preferred", max_length=12, verbose_name="role"),
        ),
        migrations.RemoveConstraint(model_name="capacitytext", name="directory_capacity_one_label"),
        migrations.AddConstraint(
            model_name="capacitytext",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role__in", ["preferred", "definition"])),
                fields=("capacity", "language", "role"),
                name="directory_capacity_one_label",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
