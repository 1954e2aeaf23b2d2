"""What each role may do, declared by the rooms and given after every migrate.

A room's `role_rights.py` holds `GRANTS`: which role may do what with the room's things, and why. They are given when all
migrations have run and every permission exists, on a new site as on an old one. A grant of a permission that does not
exist stops the migrate with its name: a role that is quietly less than its description is found by nobody but the
people who hold it. What an operator gives a role beyond this stays; what is declared here and was taken away comes
back.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule

from foundation.accounts.constants import Role


@dataclass(frozen=True)
class Grant:
    """What a role is given. Permissions are `app.codename`, or `app.*` for all of an app."""

    role: Role
    permissions: tuple[str, ...] = ()
    # One sentence for those who read the table: what the role needs it for.
    why: str = ""
    # By codename: on the whole tree of pages, and on the collection of all files.
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def verbs(
    app: str, *models: str, only: tuple[str, ...] = ("add", "change", "delete", "view")
) -> tuple[str, ...]:
    """The names of Django's own permissions on some models."""
    return tuple(f"{app}.{verb}_{model}" for model in models for verb in only)


def declared() -> list[Grant]:
    """The grants of all rooms."""
    return [grant for grants in declared_by_room().values() for grant in grants]


def declared_by_room() -> dict[str, list[Grant]]:
    """The grants of each room by the label of its app."""
    found: dict[str, list[Grant]] = {}
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "role_rights"):
            grants = getattr(import_module(f"{config.name}.role_rights"), "GRANTS", ())
            if grants:
                found[config.label] = list(grants)
    return found


def give(grants: list[Grant]) -> None:
    """Gives what is not given yet. Raises ImproperlyConfigured, naming it, where a permission does not exist; then
    nothing is given."""
    known = _by_name()
    plan = [(grant, [_known(known, grant.role, name) for name in grant.permissions]) for grant in grants]
    on_pages = {name: _on(known, "page", name) for grant in grants for name in grant.pages}
    on_files = {name: _on(known, name.partition("_")[2], name) for grant in grants for name in grant.files}
    for grant, found in plan:
        group = _group(grant.role)
        group.permissions.add(*(row for rows in found for row in rows))
        _give_on_trees(
            group, [on_pages[name] for name in grant.pages], [on_files[name] for name in grant.files]
        )


def give_after_migrate(sender: Any, **kwargs: Any) -> None:
    """Once a migrate, after the last app has made its permissions; not while migrations are still to come."""
    # `flush` sends this signal too, without a plan: then the pages and permissions of migrations are gone.
    if "plan" not in kwargs or sender is not _last_app() or _unfinished():
        return
    give(declared())


def _last_app() -> Any:
    return [config for config in apps.get_app_configs() if config.models_module is not None][-1]


def _unfinished() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _group(role: Role) -> Any:
    from django.contrib.auth.models import Group

    return Group.objects.get_or_create(name=role.value)[0]


def _by_name() -> dict[str, Any]:
    from django.contrib.auth.models import Permission

    rows = Permission.objects.select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}": row for row in rows}


def _known(known: dict[str, Any], role: Role, name: str) -> list[Any]:
    app, _dot, codename = name.partition(".")
    found = [
        row for key, row in known.items() if key == name or (codename == "*" and key.startswith(f"{app}."))
    ]
    if not found:
        raise ImproperlyConfigured(
            f"The role {role.value} wants the permission {name}, which does not exist. Is its app installed and"
            " migrated, and is it spelled so?"
        )
    return found


def _on(known: dict[str, Any], kind: str, codename: str) -> Any:
    apps_of = {
        "page": "wagtailcore",
        "collection": "wagtailcore",
        "image": "wagtailimages",
        "document": "wagtaildocs",
    }
    found = known.get(f"{apps_of.get(kind, kind)}.{codename}")
    if found is None:
        raise ImproperlyConfigured(f"A role wants {codename} on pages or files, which does not exist.")
    return found


def _give_on_trees(group: Any, pages: list[Any], files: list[Any]) -> None:
    from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

    root, collection = Page.objects.filter(depth=1).first(), Collection.get_first_root_node()
    for permission in pages if root else ():
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    for permission in files if collection else ():
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
