"""Since when a mentor's offer is in its state, which its flow keeps. Of those that are there, their last change is
known."""

import django.utils.timezone
from django.db import migrations, models


def since_the_last_change(apps, schema_editor):
    """No signals, so nothing is indexed anew: no document shows it."""
    apps.get_model("mentoring", "MentorOffer").objects.update(state_since=models.F("updated"))


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0007_signs_of_life")]

    operations = [
        migrations.AddField(
            model_name="mentoroffer",
            name="state_since",
            field=models.DateTimeField(
                auto_now_add=True, default=django.utils.timezone.now, verbose_name="in this state since"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(since_the_last_change, migrations.RunPython.noop),
    ]
