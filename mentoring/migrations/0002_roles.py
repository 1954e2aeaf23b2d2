from django.db import migrations


def let_coordinators_in(apps, schema_editor):
    """Coordinators may open the admin; which pages they may change follows from the mentoring start page."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    group, _created = Group.objects.get_or_create(name="Coordinators")
    kind, _created = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    permission, _created = Permission.objects.get_or_create(
        content_type=kind, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("mentoring", "0001_initial"),
        ("accounts", "0002_roles"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [migrations.RunPython(let_coordinators_in, migrations.RunPython.noop)]
