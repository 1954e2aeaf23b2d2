"""A request has its writer's zone; where that was the default nobody had chosen, it has none."""

from typing import Any

from django.db import migrations, models


def forget_what_nobody_chose(apps: Any, schema_editor: Any) -> None:
    """Empties the zone of requests that took the accounts' old default."""
    apps.get_model("mentoring", "MentoringRequest").objects.filter(timezone="UTC").update(timezone="")


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0002_roles")]

    operations = [
        migrations.AlterField(
            model_name="mentoringrequest",
            name="timezone",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="time zone"),
        ),
        migrations.RunPython(forget_what_nobody_chose, migrations.RunPython.noop),
    ]
