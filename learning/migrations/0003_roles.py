from django.db import migrations

ALL = ("add", "change", "delete", "view")
GRANTS = {
    "Coordinators": {"cohort": ALL, "session": ALL, "enrolment": ("change", "view")},
    "Editors": {"library": ALL, "librarycategory": ALL, "libraryentry": ALL},
}


def grant(apps, schema_editor):
    """Coordinators run courses; editors keep libraries. Permissions are made here if they are not there yet."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    for role, models in GRANTS.items():
        group, _created = Group.objects.get_or_create(name=role)
        for model, actions in models.items():
            kind, _created = ContentType.objects.get_or_create(app_label="learning", model=model)
            for action in actions:
                permission, _created = Permission.objects.get_or_create(
                    content_type=kind, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("learning", "0002_import_records"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
