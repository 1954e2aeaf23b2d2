from django.db import migrations

ROLES = ["Members", "Editors", "Translators", "Coordinators", "Moderators", "Administrators"]


def make_groups(apps, schema_editor):
    """The roles are groups; their permissions follow in the rooms' own migrations."""
    Group = apps.get_model("auth", "Group")
    for name in ROLES:
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
