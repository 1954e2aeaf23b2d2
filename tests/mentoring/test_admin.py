"""Programmes in the admin: coordinators shape them, translators translate them, nobody lists requests."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield

from directory.models import Person
from foundation.accounts.constants import Role
from mentoring.models import MentoringProgrammePage
from tests.factories.accounts import UserFactory
from tests.factories.directory import PersonFactory
from tests.factories.mentoring import RequestFactory, mentoring_index
from tests.mentoring.conftest import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(stage: Stage) -> Client:
    """The admin, as somebody in the role of coordinator sees it."""
    client = Client()
    client.force_login(UserFactory(role=Role.COORDINATOR))
    return client


def test_a_coordinator_opens_and_previews_a_programme(stage: Stage, desk: Client) -> None:
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[stage.programme.pk]))
    assert page.status_code == 200
    assert b"Questions to mentees" in page.content
    stage.programme.save_revision()
    preview = stage.programme.get_latest_revision_as_object().make_preview_request()
    assert preview.status_code == 200
    assert b"Moderating a discussion" in preview.content


def test_a_coordinator_makes_a_programme_with_questions(stage: Stage, desk: Client) -> None:
    coordinator = PersonFactory(name="Grace Otieno")
    data = nested_form_data(
        {
            "title": "Writing grants",
            "slug": "writing-grants",
            "summary": "For first applications.",
            "body": streamfield([]),
            "coordinators": {
                "TOTAL_FORMS": 1,
                "INITIAL_FORMS": 0,
                "MIN_NUM_FORMS": 0,
                "MAX_NUM_FORMS": 1000,
                "0": {"person": str(coordinator.pk), "ORDER": 1, "id": "", "DELETE": ""},
            },
            "mentee_form": streamfield(
                [
                    (
                        "long_text",
                        {
                            "label": "What is hard?",
                            "help": "",
                            "visibility": "coordinators",
                            "required": "on",
                        },
                    )
                ]
            ),
            "mentor_form": streamfield([]),
            "answer_days": "5",
            "mentor_hours_to_answer": "72",
            "expires_after_weeks": "8",
            "hours_per_pair": "2",
            "rest_days": "14",
            "asked_at_once": "1",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0},
            "action-publish": "1",
        }
    )
    data |= {"languages": ["en", "fr"], "capacities": [str(stage.capacity.pk)]}
    url = reverse(
        "wagtailadmin_pages:add", args=["mentoring", "mentoringprogrammepage", mentoring_index().pk]
    )
    response = desk.post(url, data)
    assert response.status_code == 302, response.context["form"].errors
    made = MentoringProgrammePage.objects.get(slug="writing-grants")
    assert made.live
    assert made.languages == ["en", "fr"]
    assert list(made.capacities.all()) == [stage.capacity]
    (question,) = made.mentee_questions()
    assert (question.kind, question.required, question.visibility, question.sensitive) == (
        "long_text",
        True,
        "coordinators",
        True,
    )
    assert made.is_coordinated_by(coordinator.user)


def test_an_editor_is_not_a_coordinator(stage: Stage) -> None:
    request = RequestFactory(person=stage.mentee, programme=stage.programme)
    client = Client()
    client.force_login(stage.editor.user)
    board = reverse("mentoring:board", args=[stage.programme.translation_key])
    assert client.get(f"{board}?request={request.pk}").status_code == 404


def test_people_who_are_not_listed_cannot_be_picked_out_by_editors(stage: Stage, desk: Client) -> None:
    PersonFactory(name="Hidden Person", unlisted=True)
    response = desk.get(reverse("mentoring_people:choose"))
    page = response.json()["html"]
    assert "Samira Belkacem" in page
    assert "Hidden Person" not in page
    assert stage.mentor.user.email not in page


def test_a_translation_keeps_the_ids_of_questions_and_answers(stage: Stage) -> None:
    from wagtail_localize.models import Translation, TranslationSource

    spanish, _created = Locale.objects.get_or_create(language_code="es")
    for page in (mentoring_index().get_parent().specific, mentoring_index(), stage.programme):
        source, _made = TranslationSource.get_or_create_from_instance(page)
        source.update_from_db()
        Translation.objects.get_or_create(source=source, target_locale=spanish)[0].save_target(publish=True)
    translated = MentoringProgrammePage.objects.get(
        translation_key=stage.programme.translation_key, locale=spanish
    )
    first = [(each.id, each.options) for each in stage.programme.mentee_questions()]
    assert [(each.id, each.options) for each in stage.programme.mentee_questions("es")] == first
    assert [child.id for child in translated.mentee_form] == [each[0] for each in first]
    assert translated.canonical == stage.programme
    assert Client().get(translated.get_url()).status_code == 200


def test_the_role_of_coordinators_may_enter_the_admin() -> None:
    group = Group.objects.get(name=Role.COORDINATOR.value)
    assert group.permissions.filter(codename="access_admin").exists()


def test_an_account_that_is_deleted_leaves_nobody_behind(stage: Stage) -> None:
    from mentoring.tasks import release_orphaned
    from tests.factories.mentoring import PairingFactory, ProposalFactory

    # All of it in the same moment; the job finds nothing left to do.
    pair = PairingFactory(offer=stage.offer, request__programme=stage.programme, request__person=stage.mentee)
    asked = ProposalFactory(offer=stage.offer, request__programme=stage.programme).request
    stage.mentor.user.delete()
    assert not Person.objects.filter(pk=stage.mentor.pk).exists()
    assert release_orphaned() == 0
    pair.refresh_from_db()
    asked.refresh_from_db()
    pair.request.refresh_from_db()
    assert (pair.state, pair.request.state, asked.state) == ("handover", "queued", "queued")
    client = Client()
    client.force_login(stage.mentee.user)
    assert b"A former member" in client.get(pair.get_absolute_url()).content


def test_a_programme_with_requests_is_not_deleted(stage: Stage) -> None:
    RequestFactory(person=stage.mentee, programme=stage.programme)
    client = Client()
    client.force_login(UserFactory(admin=True))
    for page in (stage.programme, mentoring_index()):
        response = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
        assert "Unpublish it instead" in response.content.decode()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{url}?id={stage.programme.pk}&next=/admin/", follow=True)
    assert MentoringProgrammePage.objects.filter(pk=stage.programme.pk).exists()


def test_a_draft_of_a_programme_is_for_those_who_make_it(stage: Stage) -> None:
    stage.programme.live = False
    stage.programme.save()
    client = Client()
    client.force_login(stage.member.user)
    for name in ("mentoring:request_start", "mentoring:offer"):
        assert client.get(reverse(name, args=[stage.programme.translation_key])).status_code == 404
    client.force_login(stage.coordinator.user)
    start = reverse("mentoring:request_start", args=[stage.programme.translation_key])
    assert client.get(start).status_code == 200
