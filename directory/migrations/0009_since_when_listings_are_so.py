"""Since when a listing is in its state, which its flow keeps. Of those that are there, their last change is known."""

import django.utils.timezone
from django.db import migrations, models


def since_the_last_change(apps, schema_editor):
    """No signals, so nothing is indexed anew: no document shows it."""
    apps.get_model("directory", "Listing").objects.update(state_since=models.F("updated"))


class Migration(migrations.Migration):
    dependencies = [("directory", "0008_one_capacity_an_address")]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="state_since",
            field=models.DateTimeField(
                auto_now_add=True, default=django.utils.timezone.now, verbose_name="in this state since"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(since_the_last_change, migrations.RunPython.noop),
    ]
