"""Forms of the admin that are not for making one thing: one's settings, many files, moves of pages, stops of others."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Task, Workflow
from wagtail_localize.models import Translation

from directory.models import Listing, Person
from exchange.home.models import CreditedDocument, CreditedImage
from foundation.accounts.constants import Role
from foundation.accounts.models import User
from learning.models import Enrolment, TrainingModulePage
from tests.desk.forms import Form, read, said
from tests.desk.stories import picture
from tests.desk.test_forms import desk, lost, refused, rows
from tests.factories.accounts import UserFactory, prove
from tests.factories.directory import ListingFactory, PersonFactory
from tests.factories.learning import learning_home, make_cohort, make_course, make_module, translate

pytestmark = pytest.mark.django_db
DESKS = [role for role in Role if role != Role.MEMBER]


def others(*roles: Role) -> list[Client]:
    """Everybody but these."""
    return [desk(role) for role in (*Role, None) if role not in roles]


@pytest.fixture
def lesson() -> Any:
    return make_module(title="A lesson")


# What only its owner makes and deletes --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["directory_people", "directory_listings", "enrolments"])
def test_what_belongs_to_its_owner_is_made_and_deleted_by_nobody_else(name: str) -> None:
    listing = ListingFactory()
    learner = Enrolment.objects.create(cohort=make_cohort(make_course()), user=UserFactory())
    thing = {"directory_people": listing.person, "directory_listings": listing, "enrolments": learner}[name]
    before = rows(type(thing))
    for client in others():
        for what, arguments in (("add", []), ("delete", [thing.pk])):
            address = reverse(f"{name}:{what}", args=arguments)
            assert refused(client.get(address))
            assert refused(client.post(address, {"title": "Mine", "name": "Mine"}))
    assert rows(type(thing)) == before


def test_enrolments_are_looked_at_by_coordinators_and_changed_by_nobody() -> None:
    learner = Enrolment.objects.create(cohort=make_cohort(make_course()), user=UserFactory())
    before = rows(Enrolment)
    coordinator = desk(Role.COORDINATOR)
    assert coordinator.get(reverse("enrolments:index")).status_code == 200
    assert coordinator.get(reverse("enrolments:inspect", args=[learner.pk])).status_code == 200
    for client in others():
        for what in ("edit", "copy"):
            address = reverse(f"enrolments:{what}", args=[learner.pk])
            assert refused(client.get(address))
            assert refused(client.post(address, {"cohort": learner.cohort_id, "user": UserFactory().pk}))
    assert rows(Enrolment) == before


def test_an_administrator_hides_a_person_and_nobody_else_does() -> None:
    person = PersonFactory(name="Wanjiru Maina")
    address = reverse("directory_people:edit", args=[person.pk])
    administrator = desk(Role.ADMINISTRATOR)
    sent = read(administrator, address).fill(listed=False)
    for client in others(Role.ADMINISTRATOR):
        assert refused(client.post(address, sent.values))
    assert Person.objects.get(pk=person.pk).listed
    assert sent.send().status_code == 302
    person.refresh_from_db()
    assert (person.listed, person.name) == (False, "Wanjiru Maina")


def test_a_moderator_takes_a_listing_away_with_a_state_that_there_is() -> None:
    listing = ListingFactory(title="Reading a letter")
    address = reverse("directory_listings:edit", args=[listing.pk])
    moderator = desk(Role.MODERATOR)
    form = read(moderator, address)
    form.values["state"] = ["eaten"]
    assert "not one of the available choices" in said(form.send())
    sent = read(moderator, address).fill(state="withdrawn")
    for client in others(Role.MODERATOR, Role.ADMINISTRATOR):
        assert refused(client.get(address))
        assert refused(client.post(address, sent.values))
    assert Listing.objects.shown().filter(pk=listing.pk).exists()
    assert sent.send().status_code == 302
    listing.refresh_from_db()
    assert (listing.state, listing.title) == ("withdrawn", "Reading a letter")


# One's settings, and accounts --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", DESKS)
def test_everybody_with_a_desk_keeps_their_settings(role: Role) -> None:
    client = desk(role)
    form = read(client, reverse("wagtailadmin_account"))
    answer = form.fill(**{"theme-theme": "dark", "name_email-name": "Wanjiru Maina"}).send()
    assert answer.status_code == 302, said(answer)
    user = User.objects.get(pk=client.session["_auth_user_id"])
    assert (user.wagtail_userprofile.theme, user.name) == ("dark", "Wanjiru Maina")


def test_a_name_that_nobody_sees_is_refused_in_settings_and_the_rest_is_kept() -> None:
    client = desk(Role.EDITOR)
    before = rows(User)
    typed = {"name_email-name": "\u200b", "theme-theme": "dark"}
    form = read(client, reverse("wagtailadmin_account")).fill(**typed)
    answer = form.send()
    assert "cannot be seen" in said(answer)
    assert not lost(answer, form, typed)
    assert rows(User) == before


def test_an_address_is_not_changed_in_the_admin_where_nothing_confirms_it() -> None:
    form = read(desk(Role.EDITOR), reverse("wagtailadmin_account"))
    assert not {name for name in form.names() if "email" in name.split("-")[-1]}


def test_only_who_may_do_everything_gives_that_away() -> None:
    administrator, boss = desk(Role.ADMINISTRATOR), UserFactory(admin=True)
    person = UserFactory()
    form = read(administrator, reverse("wagtailusers_users:edit", args=[person.pk]))
    form.values["is_superuser"] = ["on"]
    assert form.send().status_code == 302
    person.refresh_from_db()
    assert not person.is_superuser
    assert person.has_role(Role.MEMBER)
    above = Client()
    above.force_login(boss)
    prove(above)
    read(above, reverse("wagtailusers_users:edit", args=[person.pk])).fill(is_superuser=True).send()
    person.refresh_from_db()
    assert person.is_superuser


def test_an_administrator_does_not_become_somebody_who_may_do_everything() -> None:
    boss = UserFactory(admin=True)
    address = reverse("wagtailusers_users:edit", args=[boss.pk])
    administrator = desk(Role.ADMINISTRATOR)
    sent = {
        "email": boss.email,
        "name": boss.name,
        "password1": "mine from now on",
        "password2": "mine from now on",
    }
    assert refused(administrator.get(address))
    assert refused(administrator.post(address, sent))
    assert User.objects.get(pk=boss.pk).password == boss.password


# Files ---------------------------------------------------------------------------------------------------------

FILES = [
    ("images", CreditedImage, picture),
    ("docs", CreditedDocument, lambda: SimpleUploadedFile("plan.pdf", b"%PDF-1.4 plan")),
]


@pytest.mark.parametrize(("kind", "model", "file"), FILES)
def test_many_files_are_added_named_and_deleted(kind: str, model: Any, file: Any) -> None:
    client = desk(Role.EDITOR)
    adding = reverse(f"wagtail{kind}:add_multiple")
    assert client.get(adding).status_code == 200
    answer = client.post(adding, {"files[]": file()}).json()
    assert answer["success"]
    made = model.objects.get()
    changing = reverse(f"wagtail{kind}:edit_multiple", args=[made.pk])
    form = Form(client, changing, f"<form method=post>{answer['form']}</form>")
    prefix = {"images": "image", "docs": "doc"}[kind]
    form.form = form.page.find("form", action=changing) or form.form
    wrong = form.fill(**{f"{prefix}-{made.pk}-title": ""}).send().json()
    assert not wrong["success"]
    assert "required" in wrong["form"]
    form.address = changing
    assert form.fill(**{f"{prefix}-{made.pk}-title": "A room"}).send().json()["success"]
    assert model.objects.get().title == "A room"
    deleting = reverse(f"wagtail{kind}:delete_multiple", args=[made.pk])
    for other in others(Role.EDITOR, Role.MODERATOR, Role.ADMINISTRATOR):
        assert refused(other.get(adding))
        assert refused(other.post(adding, {"files[]": file()}))
        assert refused(other.post(changing, form.values))
        assert refused(other.post(deleting))
    assert model.objects.get().title == "A room"
    assert client.post(deleting).json()["success"]
    assert not model.objects.exists()


@pytest.mark.parametrize(("kind", "model", "file"), FILES)
def test_a_file_of_another_kind_is_refused_among_many(kind: str, model: Any, file: Any) -> None:
    answer = desk(Role.EDITOR).post(
        reverse(f"wagtail{kind}:add_multiple"), {"files[]": SimpleUploadedFile("tool.exe", b"MZ")}
    )
    assert not answer.json()["success"]
    assert answer.json()["error_message"]
    assert not model.objects.exists()


@pytest.mark.parametrize(("kind", "model", "file"), FILES)
def test_a_file_is_added_in_the_window_in_which_one_is_chosen(kind: str, model: Any, file: Any) -> None:
    address = reverse(f"wagtail{kind}_chooser:create")
    prefix = {"images": "image", "docs": "document"}[kind]
    chooser = f"{prefix}-chooser-upload"
    sent = lambda: {f"{chooser}-title": "A room", f"{chooser}-file": file(), f"{chooser}-collection": "1"}  # noqa: E731
    client = desk(Role.EDITOR)
    empty = client.post(address, {f"{chooser}-title": "", f"{chooser}-collection": "1"})
    assert "required" in empty.json()["htmlFragment"]
    for other in others(Role.EDITOR, Role.MODERATOR, Role.ADMINISTRATOR):
        assert refused(other.post(address, sent()))
    assert not model.objects.exists()
    client.post(address, sent())
    assert model.objects.get().title == "A room"


def test_a_collection_is_closed_by_administrators_alone() -> None:
    from wagtail.models import Collection

    collection = Collection.get_first_root_node().add_child(name="Board papers")
    address = reverse("wagtailadmin_collections:set_privacy", args=[collection.pk])
    client = desk(Role.ADMINISTRATOR)
    page = client.get(address).json()["html"]
    form = Form(client, address, page).fill(restriction_type="login")
    for other in others(Role.ADMINISTRATOR):
        assert refused(other.post(address, form.values))
    assert not CollectionViewRestriction.objects.exists()
    form.send()
    assert CollectionViewRestriction.objects.get().collection == collection


# Redirects and workflows -------------------------------------------------------------------------------------


def test_redirects_come_from_a_file_and_what_is_wrong_in_it_is_said() -> None:
    client = desk(Role.ADMINISTRATOR)
    address = reverse("wagtailredirects:start_import")
    assert "required" in said(read(client, address).send()) + read(client, address).send().text
    table = SimpleUploadedFile("old.csv", b"from,to\n/old,https://new.example/\n/older,nowhere\n")
    answer = read(client, address).fill(import_file=table).send()
    confirm = Form(client, reverse("wagtailredirects:process_import"), answer.text, "from_index")
    confirm.fill(from_index="from", to_index="to")
    for other in others(Role.ADMINISTRATOR):
        assert refused(other.get(address))
        assert refused(other.post(address, {}))
        assert refused(other.post(confirm.address, confirm.values))
    assert not Redirect.objects.exists()
    told = confirm.send()
    assert "nowhere" in told.text
    assert list(Redirect.objects.values_list("old_path", flat=True)) == ["/old"]


def test_a_workflow_is_stopped_begun_again_and_taken_from_a_page() -> None:
    client = desk(Role.ADMINISTRATOR)
    workflow, task = Workflow.objects.earliest("pk"), Task.objects.earliest("pk")
    page = workflow.workflow_pages.earliest("page_id").page
    address = reverse("wagtailadmin_workflows:remove", args=[page.pk, workflow.pk])
    for other in others(Role.ADMINISTRATOR):
        assert refused(other.post(address))
    assert workflow.workflow_pages.filter(page=page).exists()
    client.post(address)
    assert not workflow.workflow_pages.filter(page=page).exists()
    stops = [
        (reverse("wagtailadmin_workflows:disable", args=[workflow.pk]), workflow, False),
        (reverse("wagtailadmin_workflows:enable", args=[workflow.pk]), workflow, True),
        (reverse("wagtailadmin_workflows:disable_task", args=[task.pk]), task, False),
        (reverse("wagtailadmin_workflows:enable_task", args=[task.pk]), task, True),
    ]
    for address, thing, active in stops:
        for other in others(Role.ADMINISTRATOR):
            assert refused(other.post(address))
        thing.refresh_from_db()
        assert thing.active is not active
        client.post(address)
        thing.refresh_from_db()
        assert thing.active is active


# Pages ------------------------------------------------------------------------------------------------------------


def page_address(what: str, *arguments: Any) -> str:
    return reverse(f"wagtailadmin_pages:{what}", args=arguments)


PUBLISHERS = (Role.MODERATOR, Role.ADMINISTRATOR)


def test_a_page_is_copied_with_an_address_of_its_own(lesson: Any) -> None:
    address = page_address("copy", lesson.pk)
    editor = desk(Role.EDITOR)
    form = read(editor, address)
    answer = form.fill(new_slug=lesson.slug).send()
    assert "already in use" in said(answer)
    for client in others(Role.EDITOR, *PUBLISHERS):
        client.post(address, {**form.values, "new_slug": ["again"]})
    assert TrainingModulePage.objects.count() == 1
    read(editor, address).fill(new_title="Another lesson", new_slug="another-lesson").send()
    copied = TrainingModulePage.objects.get(slug="another-lesson")
    assert (copied.title, copied.live) == ("Another lesson", False)


def test_a_page_is_moved_where_its_kind_may_be(lesson: Any) -> None:
    moderator, home = desk(Role.MODERATOR), learning_home().get_parent()
    assert moderator.get(page_address("move", lesson.pk)).status_code == 200
    elsewhere = page_address("move_confirm", lesson.pk, home.pk)
    moderator.post(elsewhere)
    before = Page.objects.get(pk=lesson.pk).path
    course = make_course()
    place = page_address("set_page_position", lesson.pk) + "?position=1"
    for client in others(*PUBLISHERS, Role.EDITOR):
        assert refused(client.post(page_address("move_confirm", lesson.pk, course.get_parent().pk)))
        assert refused(client.post(place))
        assert refused(client.post(page_address("move", lesson.pk), {}))
    assert Page.objects.get(pk=lesson.pk).path == before
    assert Page.objects.get(pk=lesson.pk).get_parent().pk == learning_home().pk
    moderator.post(place)
    assert Page.objects.get(pk=lesson.pk).path != before


def test_a_page_is_closed_and_locked_by_those_who_publish(lesson: Any) -> None:
    moderator = desk(Role.MODERATOR)
    closing, lock, unlock = (page_address(what, lesson.pk) for what in ("set_privacy", "lock", "unlock"))
    form = Form(moderator, closing, moderator.get(closing).json()["html"]).fill(restriction_type="login")
    wrong = Form(moderator, closing, moderator.get(closing).json()["html"]).fill(restriction_type="password")
    assert "required" in wrong.send().json()["html"]
    for client in others(*PUBLISHERS):
        for address, sent in ((closing, form.values), (lock, {}), (unlock, {})):
            assert refused(client.post(address, sent))
    assert not PageViewRestriction.objects.exists()
    assert not Page.objects.get(pk=lesson.pk).locked
    form.send()
    assert PageViewRestriction.objects.get().page_id == lesson.pk
    moderator.post(lock)
    assert Page.objects.get(pk=lesson.pk).locked
    moderator.post(unlock)
    assert not Page.objects.get(pk=lesson.pk).locked


def test_an_older_version_is_taken_up_again_by_who_may_change_the_page(lesson: Any) -> None:
    first = lesson.latest_revision
    lesson.title = "A newer lesson"
    lesson.save_revision()
    address = page_address("revisions_revert", lesson.pk, first.pk)
    for client in others(Role.EDITOR, Role.TRANSLATOR, *PUBLISHERS):
        assert refused(client.get(address))
    form = read(desk(Role.EDITOR), address, "title")
    assert form.values["title"] == ["A lesson"]


def test_a_moment_of_publishing_is_called_off_by_those_who_publish(lesson: Any) -> None:
    from django.utils import timezone

    lesson.latest_revision.approved_go_live_at = timezone.now() + timezone.timedelta(days=3)
    lesson.latest_revision.save()
    address = page_address("revisions_unschedule", lesson.pk, lesson.latest_revision.pk)
    for client in others(*PUBLISHERS):
        assert refused(client.post(address))
    lesson.latest_revision.refresh_from_db()
    assert lesson.latest_revision.approved_go_live_at
    desk(Role.MODERATOR).post(address)
    lesson.latest_revision.refresh_from_db()
    assert lesson.latest_revision.approved_go_live_at is None


def test_an_alias_becomes_a_page_of_its_own_by_who_may_change_it(lesson: Any) -> None:
    alias = lesson.create_alias(parent=lesson.get_parent(), update_slug="alias-lesson")
    address = page_address("convert_alias", alias.pk)
    for client in others(Role.EDITOR, *PUBLISHERS, Role.TRANSLATOR):
        assert refused(client.post(address))
    assert Page.objects.get(pk=alias.pk).alias_of_id
    desk(Role.MODERATOR).post(address)
    assert Page.objects.get(pk=alias.pk).alias_of_id is None


def test_the_admins_own_door_for_scripts_does_no_more_than_the_pages(lesson: Any) -> None:
    before = rows(Page)
    for client in others(*PUBLISHERS):
        for action in ("delete", "unpublish", "publish", "copy", "convert_alias", "revert_to_page_revision"):
            address = reverse("wagtailadmin_api:pages:action", args=[lesson.pk, action])
            client.post(address, json.dumps({"revision_id": lesson.latest_revision_id}), "application/json")
        after = [row for row in rows(Page) if row["id"] in {kept["id"] for kept in before}]
        assert [(row["live"], row["title"]) for row in after] == [
            (row["live"], row["title"]) for row in before
        ]


@pytest.mark.parametrize("action", ["delete", "unpublish", "publish", "move"])
def test_many_pages_at_once_are_for_those_who_may_with_each(lesson: Any, action: str) -> None:
    draft = make_module(title="A draft", slug="draft", live=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    address += f"?id={lesson.pk}&id={draft.pk}&next=/admin/"
    before = [(row["id"], row["live"], row["path"]) for row in rows(Page)]
    editors = (Role.EDITOR,) if action == "delete" else ()  # who may delete a draft
    for client in others(*PUBLISHERS, *editors):
        client.get(address)
        client.post(address, {"chooser": learning_home().get_parent().pk})
        assert [(row["id"], row["live"], row["path"]) for row in rows(Page)] == before
    desk(Role.MODERATOR).post(address, {"chooser": learning_home().get_parent().pk})
    live = list(TrainingModulePage.objects.order_by("pk").values_list("live", flat=True))
    assert (
        live
        == {"delete": [], "unpublish": [False, False], "publish": [True, True], "move": [True, False]}[action]
    )


# Translations -----------------------------------------------------------------------------------------------------


def test_a_translator_brings_translations_up_to_date_and_publishes_none(lesson: Any) -> None:
    spanish = translate(lesson, "es", publish=False)
    source = Translation.objects.get().source
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    for client in others(Role.EDITOR, Role.TRANSLATOR, *PUBLISHERS):
        assert refused(client.get(address))
        assert refused(client.post(address, {"publish_translations": "on"}))
    for role in (Role.EDITOR, Role.TRANSLATOR):
        client = desk(role)
        assert "publish_translations" not in read(client, address).names()
        assert client.post(address, {"publish_translations": "on"}).status_code == 302
    assert not TrainingModulePage.objects.get(pk=spanish.pk).live
    answer = read(desk(Role.MODERATOR), address).fill(publish_translations=True).send()
    assert answer.status_code == 302


def test_a_translator_deletes_a_translation_that_nobody_reads_and_nothing_else(lesson: Any) -> None:
    draft = make_module(title="A draft", slug="draft", live=False)
    spanish = translate(lesson, "es", publish=False)
    translator = desk(Role.TRANSLATOR)
    for page in (lesson, draft, draft.get_parent()):
        translator.post(page_address("delete", page.pk))
        assert Page.objects.filter(pk=page.pk).exists()
    assert "do not have permission" in translator.post(page_address("delete", draft.pk), follow=True).text
    translator.post(page_address("delete", spanish.pk))
    assert not Page.objects.filter(pk=spanish.pk).exists()


def test_a_translation_is_given_up_for_the_original_by_those_who_publish(lesson: Any) -> None:
    spanish = translate(lesson, "es", {"A lesson": "Una lección"}, publish=False)
    address = reverse("wagtail_localize:convert_to_alias", args=[spanish.pk])
    for client in others(*PUBLISHERS):
        assert refused(client.get(address))
        assert refused(client.post(address))
    kept = TrainingModulePage.objects.get(pk=spanish.pk)
    assert (kept.alias_of_id, kept.title, kept.live) == (None, "Una lección", False)
    client = desk(Role.MODERATOR)
    assert client.get(address).status_code == 200
    client.post(address)
    assert TrainingModulePage.objects.get(pk=spanish.pk).alias_of_id == lesson.pk


def test_a_translation_is_stopped_by_those_who_may_change_it(lesson: Any) -> None:
    translate(lesson, "es", publish=False)
    address = reverse("wagtail_localize:stop_translation", args=[Translation.objects.get().pk])
    for client in others(Role.EDITOR, Role.TRANSLATOR, *PUBLISHERS):
        assert refused(client.post(address))
    assert Translation.objects.get().enabled
    desk(Role.TRANSLATOR).post(address)
    assert not Translation.objects.get().enabled
