"""Roles in the editors' admin: who writes, translates, approves, and looks after all of it."""

from __future__ import annotations

from foundation.accounts.constants import Role
from foundation.accounts.role_rights import Grant, verbs

DOOR = "wagtailadmin.access_admin"
TRANSLATE = "wagtail_localize.submit_translation"
EDITED_FILES = (
    *("add_image", "change_image", "choose_image"),
    *("add_document", "change_document", "choose_document"),
)
# Apps of which administrators hold every permission.
RUN_BY_ADMINISTRATORS = (
    *("accounts", "directory", "learning", "mentoring", "home"),
    *("taggit", "wagtail_localize", "wagtailadmin", "wagtailcore"),
    *("wagtailimages", "wagtaildocs", "wagtailredirects"),
)

GRANTS = [
    Grant(
        Role.EDITOR,
        (DOOR, TRANSLATE),
        pages=("add_page", "change_page"),
        files=EDITED_FILES,
        why="They write pages and start their translation; a moderator publishes.",
    ),
    Grant(
        Role.TRANSLATOR,
        (DOOR, TRANSLATE),
        pages=("change_page",),
        files=("choose_image", "choose_document"),
        why="They translate pages; the originals are for editors.",
    ),
    Grant(
        Role.MODERATOR,
        (DOOR, TRANSLATE),
        pages=("add_page", "change_page", "lock_page", "publish_page", "unlock_page"),
        files=EDITED_FILES,
        why="They publish what editors and translators hand in.",
    ),
    Grant(
        Role.COORDINATOR,
        (DOOR,),
        files=("choose_image", "choose_document"),
        why="They find their courses and organisations there, and choose pictures for them.",
    ),
    Grant(
        Role.ADMINISTRATOR,
        (*(f"{app}.*" for app in RUN_BY_ADMINISTRATORS), *verbs("auth", "group")),
        pages=("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
        files=(*EDITED_FILES, "add_collection", "change_collection", "delete_collection"),
        why="They look after all of it: people, roles, files and settings.",
    ),
]
