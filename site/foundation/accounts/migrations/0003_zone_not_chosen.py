"""UTC was what every account got because nobody asked: from now on, no zone says that none was chosen.

Who did choose UTC reads the same times as before, with "(UTC)", and may choose it again.
"""

from typing import Any

from django.db import migrations, models

import foundation.accounts.models


def forget_what_nobody_chose(apps: Any, schema_editor: Any) -> None:
    """Empties the zone of accounts that have the old default."""
    apps.get_model("accounts", "User").objects.filter(timezone="UTC").update(timezone="")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="timezone",
            field=models.CharField(
                blank=True,
                default="",
                max_length=64,
                validators=[foundation.accounts.models.validate_timezone],
                verbose_name="time zone",
            ),
        ),
        migrations.RunPython(forget_what_nobody_chose, migrations.RunPython.noop),
    ]
