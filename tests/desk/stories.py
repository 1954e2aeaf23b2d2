"""Each form of the editors' admin that makes, changes and deletes something: who should, what is typed, what is wrong.

A form that takes something and has no story here, no test of its own in `test_forms.py` and no line in `elsewhere.py`
fails `test_every_form_has_a_story`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Site, Task, Workflow

from directory.models import Capacity, Organisation
from exchange.home.models import CreditedDocument, CreditedImage
from foundation.accounts.constants import Role
from foundation.accounts.models import User
from learning.models import Cohort, Library
from tests.factories.learning import learning_home, make_course

Typed = Mapping[str, Any]
EVERY_ROLE = tuple(Role)


@dataclass(frozen=True)
class FormStory:
    """What is done with one kind of thing. Values may be functions, which are asked each time."""

    name: str  # of the addresses: `name:index`, `name:add`, `name:edit`, `name:delete`
    model: Any
    role: Role  # the lowest that should make and change it
    whole: Typed
    wrong: tuple[tuple[Typed, str], ...]  # beside the whole: what is typed instead, and what the page says
    change: Typed
    also: tuple[Role, ...] = (Role.ADMINISTRATOR,)  # others who may
    looks: tuple[Role, ...] = ()  # others who may see what is kept, and change nothing
    deletes: Role | None = None  # who deletes, where that is another one
    rows: Mapping[str, Typed] = field(default_factory=dict)  # one row for each inline list
    addresses: Mapping[str, str] = field(default_factory=dict)  # names that are not `name:what`
    add: Mapping[str, Any] = field(default_factory=dict)  # arguments of the address for adding
    more: tuple[str, ...] = ()  # pages of one thing that open: history, usage
    copy: Typed | None = None  # what is changed in a copy, where there is a form for copying

    @property
    def told(self) -> set[str]:
        """The names of the addresses that the story goes through."""
        words = ("add", "edit", "delete", *(["copy"] if self.copy is not None else []))
        return {self.addresses.get(what, f"{self.name}:{what}") for what in words}

    def address(self, what: str, *arguments: Any) -> str:
        """Where something is done."""
        known = self.addresses.get(what, f"{self.name}:{what}")
        return reverse(known, kwargs=self.add) if what == "add" else reverse(known, args=arguments)

    @property
    def door(self) -> str:
        """Where the list leads for adding: where files are added, to the page that takes many."""
        return self.address("door" if "door" in self.addresses else "add")

    @property
    def refused(self) -> list[Role]:
        """Who must not."""
        return [role for role in EVERY_ROLE if role not in (self.role, *self.also, self.deletes)]


def file(name: str, content: bytes) -> Callable[[], SimpleUploadedFile]:
    """A fresh file each time."""
    return lambda: SimpleUploadedFile(name, content)


def picture() -> SimpleUploadedFile:
    """A small real picture."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return SimpleUploadedFile("room.png", out.getvalue(), "image/png")


def home() -> int:
    """The first page of the site."""
    return int(learning_home().get_parent().pk)


ORGANISATION = {"name": "Invented House", "slug": "invented-house", "website": "https://house.example"}
COHORT = {
    "course": lambda: make_course(title="Grants from nothing").pk,
    "name": "Spring",
    "language": "en",
    "opens": "2027-01-01 10:00",
    "closes": "2027-02-01 10:00",
    "starts_on": "2027-02-10",
    "ends_on": "2027-03-10",
    "seats": "20",
}
CALL = {"title": "First call", "starts_at": "2027-02-12 17:00", "minutes": "60"}
PASSWORD = {"password1": "a quiet test phrase", "password2": "a quiet test phrase"}

STORIES = (
    FormStory(
        "directory_organisations",
        Organisation,
        Role.COORDINATOR,
        ORGANISATION,
        (({"slug": "no slug"}, "slug"), ({"website": "nowhere"}, "URL"), ({"name": "   "}, "required")),
        {"name": "Another House"},
        more=("history", "usage"),
    ),
    FormStory(
        "cohorts",
        Cohort,
        Role.EDITOR,
        COHORT,
        (
            ({"course": ""}, "required"),
            ({"opens": "sometime"}, "valid date"),
            ({"ends_on": "2027-02-01"}, "last day"),
            ({"seats": "-3"}, "greater than"),
        ),
        {"name": "Summer"},
        copy={"name": "Autumn"},
        also=(Role.COORDINATOR, Role.ADMINISTRATOR),
        deletes=Role.COORDINATOR,
        rows={"sessions": CALL},
        more=("history", "usage", "inspect"),
    ),
    FormStory(
        "libraries",
        Library,
        Role.EDITOR,
        {"name": "From elsewhere", "slug": "from-elsewhere", "source_url": "https://elsewhere.example"},
        (({"source_url": "here"}, "URL"), ({"slug": ""}, "required")),
        {"name": "From nearby"},
        copy={"slug": "from-nearby"},
        rows={"categories": {"title": "Beginning"}},
        more=("history", "usage"),
    ),
    FormStory(
        "wagtailimages",
        CreditedImage,
        Role.EDITOR,
        {"title": "A room", "file": picture, "credit": "Amina Diallo", "licence": "CC BY-SA 4.0"},
        (
            ({"file": file("room.png", b"no picture at all")}, "image"),
            ({"file": file("room.exe", b"MZ")}, "image"),
            ({"source_url": "nowhere"}, "URL"),
        ),
        {"title": "A hall"},
        also=(Role.MODERATOR, Role.ADMINISTRATOR),
        addresses={"usage": "wagtailimages:image_usage", "door": "wagtailimages:add_multiple"},
        more=("usage",),
    ),
    FormStory(
        "wagtaildocs",
        CreditedDocument,
        Role.EDITOR,
        {"title": "A plan", "file": file("plan.pdf", b"%PDF-1.4 plan"), "licence": "CC BY-SA 4.0"},
        (({"file": file("plan.exe", b"MZ")}, "not allowed"), ({"title": ""}, "required")),
        {"title": "A better plan"},
        also=(Role.MODERATOR, Role.ADMINISTRATOR),
        addresses={"usage": "wagtaildocs:document_usage", "door": "wagtaildocs:add_multiple"},
        more=("usage",),
    ),
    FormStory(
        "wagtailadmin_collections",
        Collection,
        Role.ADMINISTRATOR,
        {"name": "Posters", "parent": "Root"},
        (({"name": "  "}, "required"),),
        {"name": "Large posters"},
    ),
    FormStory(
        "wagtaillocales",
        Locale,
        Role.ADMINISTRATOR,
        {},  # the first language that is offered
        (),
        {},
        more=("history", "usage"),
    ),
    FormStory(
        "wagtailsites",
        Site,
        Role.ADMINISTRATOR,
        {"hostname": "second.example", "port": "443", "site_name": "Second", "root_page": home},
        (({"port": "many"}, "whole number"), ({"root_page": ""}, "required"), ({"hostname": ""}, "required")),
        {"site_name": "Another"},
        copy={"hostname": "third.example"},
        more=("history", "usage"),
    ),
    FormStory(
        "wagtailredirects",
        Redirect,
        Role.ADMINISTRATOR,
        {"old_path": "/old-page", "redirect_link": "https://elsewhere.example/new"},
        (({"redirect_link": "nowhere at all"}, "URL"), ({"old_path": ""}, "required")),
        {"redirect_link": "https://elsewhere.example/newer"},
    ),
    FormStory(
        "wagtailusers_users",
        User,
        Role.ADMINISTRATOR,
        {"email": "new@walk.example", "name": "Wanjiru Maina", "groups": ["Editors"], **PASSWORD},
        (
            ({"email": "nobody"}, "valid email"),
            ({"name": "\u200b"}, "cannot be seen"),
            ({"email": lambda: User.objects.earliest("pk").email.upper()}, "already"),
            ({"password2": "another phrase"}, "match"),
            ({"password1": "short", "password2": "short"}, "short"),
        ),
        {"name": "Wanjiru M."},
        more=("history", "usage"),
    ),
    FormStory(
        "wagtailusers_groups",
        Group,
        Role.ADMINISTRATOR,
        {"name": "Photographers"},
        (({"name": ""}, "required"), ({"name": "Editors"}, "already exists")),
        {"name": "Draughtspeople"},
        more=("history", "usage"),
    ),
    FormStory(
        "wagtailadmin_workflows",
        Workflow,
        Role.ADMINISTRATOR,
        {"name": "Two readers"},
        (({"name": ""}, "required"),),
        {"name": "Three readers"},
        rows={"workflow_tasks": {"task": lambda: Task.objects.earliest("pk").pk}},
        addresses={"delete": "wagtailadmin_workflows:disable"},
        more=("usage",),
    ),
    FormStory(
        "wagtailadmin_workflows",
        Task,
        Role.ADMINISTRATOR,
        {"name": "Read for plain words", "groups": ["Editors"]},
        (({"name": ""}, "required"), ({"groups": []}, "required")),
        {"groups": ["Moderators"]},
        addresses={
            "index": "wagtailadmin_workflows:task_index",
            "door": "wagtailadmin_workflows:select_task_type",
            "add": "wagtailadmin_workflows:add_task",
            "edit": "wagtailadmin_workflows:edit_task",
            "delete": "wagtailadmin_workflows:disable_task",
        },
        add={"app_label": "wagtailcore", "model_name": "groupapprovaltask"},
    ),
    FormStory(
        "directory_capacities",
        Capacity,
        Role.COORDINATOR,
        {"slug": "grant-writing-walk", "texts-0-label": "Grants from nothing"},
        (({"slug": "Two Words"}, "small letters"), ({"wikidata_id": "42"}, "Wikidata id")),
        {"wikidata_id": "Q124490"},
        looks=(Role.EDITOR, Role.MODERATOR),
    ),
)
