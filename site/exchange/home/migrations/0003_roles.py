from django.contrib.auth.management import create_permissions
from django.db import migrations

# What a role may do in the admin. Editors and Moderators have Wagtail's own permissions on all pages.
ADMIN_DOOR = [("wagtailadmin", "access_admin")]
DIRECTORY = [
    ("directory", f"{verb}_{model}")
    for model in ("organisation", "organisationtext", "membership", "capacity", "capacitytext")
    for verb in ("add", "change", "delete", "view")
]
PERMISSIONS = {
    "Editors": [("directory", "view_capacity")],
    "Translators": [*ADMIN_DOOR, ("wagtail_localize", "submit_translation")],
    "Coordinators": [*ADMIN_DOOR, *DIRECTORY],
    "Moderators": [
        ("directory", "view_capacity"),
        ("directory", "view_listing"),
        ("directory", "change_listing"),
        ("directory", "view_person"),
        ("directory", "view_organisation"),
    ],
}
OURS = ["accounts", "directory", "learning", "mentoring", "home", "taggit", "wagtail_localize", "wagtailadmin", "wagtailcore"]


def give_permissions(apps, schema_editor):
    """Permissions are made after all migrations as a rule; these roles need them now."""
    for config in apps.get_app_configs():
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, wanted in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for app, codename in wanted:
            group.permissions.add(
                *Permission.objects.filter(content_type__app_label=app, codename=codename)
            )
    administrators, _ = Group.objects.get_or_create(name="Administrators")
    administrators.permissions.add(*Permission.objects.filter(content_type__app_label__in=OURS))
    pages_for(apps, "Translators", ["change_page"])
    pages_for(apps, "Administrators", ["add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"])


def pages_for(apps, name, codenames):
    """Permissions on the whole tree of pages."""
    Page = apps.get_model("wagtailcore", "Page")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    Permission = apps.get_model("auth", "Permission")
    root = Page.objects.filter(depth=1).first()
    group = apps.get_model("auth", "Group").objects.get(name=name)
    if root is None:
        return
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_story_note"),
        ("accounts", "0002_roles"),
        ("directory", "0002_initial"),
        ("learning", "0001_initial"),
        ("mentoring", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtail_localize", "0001_initial"),
        ("wagtailusers", "0001_initial"),
    ]
    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]
