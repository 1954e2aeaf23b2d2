"""The language of the interface and that of what is read are two things: a reader stays in the one they chose."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from wagtail.rich_text import RichText

from exchange.home.models import HomePage, StandardPage
from foundation.notifications.models import Notification
from learning.models import Progress
from mentoring.models import MentoringIndexPage, MentoringProgrammePage
from search.cards import address
from tests.factories.accounts import UserFactory
from tests.factories.learning import (
    learning_home,
    locale,
    make_course,
    make_module,
    make_webinar,
    step,
    text,
    translate,
)
from tests.learning.sheets import Sheet

pytestmark = pytest.mark.django_db
ARABIC = '<html lang="ar" dir="rtl">'


@pytest.fixture
def arabic() -> None:
    learning_home("en")
    learning_home("ar")


@pytest.mark.parametrize("make", [make_module, make_webinar, make_course])
def test_what_exists_in_english_only_keeps_the_reader_in_arabic(client, arabic, make):
    page = make()
    response = client.get(f"/ar/learn/{page.slug}/")
    assert response.status_code == 200
    assert ARABIC in response.text
    assert f'lang="en" dir="ltr">{page.title}' in response.text
    assert 'class="quiet-bar" lang="ar" dir="rtl"' in response.text


def test_the_steps_of_such_a_lesson_are_there_and_lead_on_in_arabic(client, arabic):
    page = make_module(step("Room", text("<p>Ask first.</p>")), step("Power"))
    first = client.get(f"/ar/learn/{page.slug}/step/1/").text
    assert ARABIC in first
    assert f'href="/ar/learn/{page.slug}/step/2/"' in first
    assert '<h1 lang="en" dir="ltr">Room' in first
    assert '<p lang="en" dir="ltr">Ask first.' in first
    assert client.get(f"/ar/learn/{page.slug}/done/").status_code == 200
    assert client.get(f"/ar/learn/{page.slug}/nowhere/").status_code == 404


def test_progress_is_kept_there_and_goes_on_in_arabic(client, arabic):
    page = make_module(step("Room"), step("Power"))
    learner = UserFactory()
    client.force_login(learner)
    below = f"/ar/learn/{page.slug}/"
    sheet = Sheet(client, below, 1)
    assert sheet.press("next").url == f"{below}step/2/"
    assert Progress.objects.filter(user=learner, module=page.translation_key).exists()
    assert Sheet(client, below, 2).press("next").url == f"{below}done/"
    page.steps = []
    page.save_revision().publish()
    assert sheet.press("next").url == below
    assert f'href="{below}"' in client.get("/ar/my/learning/").text


def test_a_lesson_that_closes_meanwhile_leads_to_the_reader_s_own_learning_home(client, arabic):
    page = make_module(step("Room"), step("Power"))
    learner = UserFactory()
    client.force_login(learner)
    sheet = Sheet(client, f"/ar/learn/{page.slug}/", 1)
    client.logout()
    page.unpublish()
    assert sheet.press("next").url == "/ar/learn/"


def test_what_a_course_or_a_recording_says_carries_its_language_in_arabic(client, arabic):
    course = make_course(audience="Everybody", weeks=[("week", {"title": "Begin", "summary": "Say hello"})])
    shown = client.get(f"/ar/learn/{course.slug}/").text
    for words in ("Everybody", "Begin", "Say hello"):
        assert f'lang="en" dir="ltr">{words}' in shown
    recording = make_webinar(chapters=[("chapter", {"start": "0:00", "title": "Welcome"})])
    assert 'lang="en" dir="ltr">Welcome' in client.get(f"/ar/learn/{recording.slug}/").text


def test_a_link_in_a_text_keeps_the_reader_in_arabic(client, arabic):
    goal = make_module(step("Room"))
    page = make_module(step("Go on", text(f'<p><a linktype="page" id="{goal.pk}">There</a></p>')))
    assert f'href="/ar/learn/{goal.slug}/"' in client.get(f"/ar/learn/{page.slug}/step/1/").text


def test_what_is_a_draft_is_no_guest(client, arabic):
    page = make_module(live=False)
    assert client.get(f"/ar/learn/{page.slug}/").status_code == 404
    assert client.get("/ar/learn/never-was/step/1/").status_code == 404


def test_words_that_are_not_translated_carry_their_language(client):
    page = make_module(step("Room", text("<p>Ask first.</p><p>Then come.</p>")))
    arabic = translate(page, "ar", {"Ask first.": "اسأل"})
    shown = client.get(f"{arabic.url}step/1/").text
    assert "<p>اسأل" in shown
    assert '<p lang="en" dir="ltr">Then come.' in shown
    assert '<h1 lang="en" dir="ltr">Room' in shown
    assert 'lang="en" dir="ltr">Room' not in client.get(f"{page.url}step/1/").text


def test_what_of_a_translated_page_is_still_english_says_so(client):
    page = make_module(
        summary="In short", introduction="<p>Come in.</p><p>Sit down.</p>", outcomes=[("outcome", "Listen")]
    )
    arabic = translate(page, "ar", {"Come in.": "ادخل", page.title: "درس"})
    shown = client.get(arabic.url).text
    assert '<h1 class="first">درس' in shown
    assert 'lang="en" dir="ltr">In short' in shown
    assert 'lang="en" dir="ltr">Listen' in shown
    assert "<p>ادخل" in shown
    assert '<p lang="en" dir="ltr">Sit down.' in shown


def test_what_of_a_translated_page_of_text_is_still_english_says_so(client, arabic):
    home = HomePage.objects.get(locale__language_code="en")
    page = StandardPage(title="Help", slug="help", locale=home.locale, introduction="In short")
    page.body = [("text", RichText("<p>Come in.</p><p>Sit down.</p>"))]
    home.add_child(instance=page)
    page.save_revision().publish()
    translate(page, "ar", {"Come in.": "ادخل", "Help": "مساعدة"})
    shown = client.get("/ar/help/").text
    assert "<h1>مساعدة" in shown
    assert 'lang="en" dir="ltr">In short' in shown
    assert "<p>ادخل" in shown
    assert '<p lang="en" dir="ltr">Sit down.' in shown


@pytest.mark.parametrize("slug", ["code-of-conduct", "privacy", "about"])
def test_the_pages_of_the_footer_are_there_in_every_language(client, arabic, slug):
    home = HomePage.objects.get(locale__language_code="en")
    home.add_child(
        instance=StandardPage(title="Be kind", slug=slug, locale=home.locale)
    ).save_revision().publish()
    response = client.get(f"/ar/{slug}/")
    assert response.status_code == 200
    assert ARABIC in response.text
    assert '<article class="measure" lang="en" dir="ltr">' in response.text
    assert f'href="/ar/{slug}/"' in client.get("/ar/learn/").text


def test_what_is_below_such_a_page_is_there_too(client, arabic):
    home = HomePage.objects.get(locale__language_code="en")
    above = home
    for slug in ("help", "writing", "sources"):
        above = above.add_child(instance=StandardPage(title=slug, slug=slug, locale=home.locale))
    shown = client.get("/ar/help/writing/sources/")
    assert ARABIC in shown.text
    assert '<article class="measure" lang="en" dir="ltr">' in shown.text
    arabic_home = HomePage.objects.get(locale__language_code="ar")
    first = StandardPage.objects.get(slug="help").copy_for_translation(arabic_home.locale)
    first.save_revision().publish()
    assert '<article class="measure">' in client.get("/ar/help/").text
    assert '<article class="measure" lang="en" dir="ltr">' in client.get("/ar/help/writing/").text
    assert client.get("/ar/help/writing/nowhere/").status_code == 404


def test_a_page_that_nobody_has_written_is_not_in_the_footer(
    client, arabic, django_capture_on_commit_callbacks
):
    assert "/code-of-conduct/" not in client.get("/ar/learn/").text
    home = HomePage.objects.get(locale__language_code="en")
    page = StandardPage(title="Be kind", slug="code-of-conduct", locale=home.locale)
    with django_capture_on_commit_callbacks(execute=True):
        home.add_child(instance=page)
    assert 'href="/ar/code-of-conduct/"' in client.get("/ar/learn/").text
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert "/code-of-conduct/" not in client.get("/ar/learn/").text


def test_a_changed_address_leads_on_with_everything_below_it(
    client, arabic, django_capture_on_commit_callbacks
):
    page = make_module(step("Room"), step("Power"), slug="old-name")
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "new-name"
        page.save_revision().publish()
    assert (
        client.get("/en/learn/old-name/step/2/", follow=True).redirect_chain[-1][0]
        == "/en/learn/new-name/step/2/"
    )
    assert (
        client.get("/ar/learn/old-name/step/2/", follow=True).redirect_chain[-1][0]
        == "/ar/learn/new-name/step/2/"
    )


def test_an_alias_is_in_the_language_of_what_it_repeats(client):
    page = make_module(step("Room"))
    home = learning_home("en").get_parent().copy_for_translation(locale("de"), alias=True)
    german = learning_home("en").copy_for_translation(locale("de"), alias=True)
    alias = page.copy_for_translation(locale("de"), alias=True)
    assert home.pk
    assert german.pk
    shown = client.get(alias.url)
    assert shown.status_code == 200
    assert '<html lang="en" dir="ltr">' in shown.text
    assert f'<h1 class="first">{page.title}' in shown.text
    assert "<h1>Room" in client.get(f"{alias.url}step/1/").text
    assert 'class="quiet-bar" lang="en" dir="ltr"' in shown.text


def test_an_alias_in_arabic_says_that_its_words_are_english(client, arabic):
    page = make_module(step("Room"))
    alias = page.copy_for_translation(locale("ar"), alias=True)
    shown = client.get(alias.url).text
    assert ARABIC in shown
    assert f'lang="en" dir="ltr">{page.title}' in shown
    assert 'class="quiet-bar" lang="ar" dir="rtl"' in shown
    assert '<h1 lang="en" dir="ltr">Room' in client.get(f"{alias.url}step/1/").text


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("/en/my/mentoring/?a=1", "/ar/my/mentoring/?a=1"),
        ("/es/my/mentoring/?a=1", "/ar/my/mentoring/?a=1"),
        ("/my/mentoring/?a=1", "/ar/my/mentoring/?a=1"),
        ("/admin/reports/", "/admin/reports/"),
    ],
)
def test_a_notice_opens_in_the_language_of_who_reads_it(client, url, wanted):
    person = UserFactory()
    notice = Notification.objects.create(user=person, kind="x", key=url, url=url)
    client.force_login(person)
    assert client.get(f"/ar/notifications/{notice.pk}/").url == wanted


def test_what_is_found_opens_in_the_language_of_the_list():
    # Whatever language a document's address begins with, or none; passages lead to their second.
    assert address("/en/learn/x/", "ar", start=12.4) == "/ar/learn/x/?t=12"
    assert address("/people/7/", "ar") == "/ar/people/7/"
    assert address("/people/7/", "xx") == "/en/people/7/"
    assert address("https://meta.wikimedia.org/en/x/", "ar") == "https://meta.wikimedia.org/en/x/"
    assert address("//meta.wikimedia.org/en/x/", "ar") == "//meta.wikimedia.org/en/x/"


def test_a_learning_home_that_is_not_translated_is_there_with_what_is_below_it(client, arabic):
    page = make_module(step("Room"), step("Power"))
    learning_home("ar").delete()
    assert ARABIC in client.get("/ar/learn/").text
    shown = client.get(f"/ar/learn/{page.slug}/").text
    assert ARABIC in shown
    assert f'href="/ar/learn/{page.slug}/step/1/"' in shown
    assert f'href="/ar/learn/{page.slug}/step/2/"' in client.get(f"/ar/learn/{page.slug}/step/1/").text
    assert client.get(f"/ar/learn/{page.slug}/nowhere/").status_code == 404
    client.force_login(UserFactory())
    sheet = Sheet(client, f"/ar/learn/{page.slug}/", 1)
    assert sheet.press("next").url == f"/ar/learn/{page.slug}/step/2/"


def test_a_language_in_which_nothing_is_written_has_everything_all_the_same(client):
    page = make_module(step("Room"), step("Power"))
    for url in ("/ar/", "/ar/learn/", f"/ar/learn/{page.slug}/", f"/ar/learn/{page.slug}/step/1/"):
        shown = client.get(url).text
        assert ARABIC in shown
        # The menu of languages leads out of it, and nothing else.
        links = BeautifulSoup(shown, "html.parser").select('a[href^="/en/"]:not([hreflang])')
        assert [(url, str(link)) for link in links] == []
    assert f'href="/ar/learn/{page.slug}/step/2/"' in client.get(f"/ar/learn/{page.slug}/step/1/").text
    client.force_login(UserFactory())
    assert Sheet(client, f"/ar/learn/{page.slug}/", 1).press("next").url == f"/ar/learn/{page.slug}/step/2/"
    assert f'href="/ar/learn/{page.slug}/" lang="ar"' in client.get(f"/en/learn/{page.slug}/").text


def test_mentoring_that_is_not_translated_is_there_with_its_programmes(client, arabic):
    home = HomePage.objects.get(locale__language_code="en")
    index = home.add_child(
        instance=MentoringIndexPage(title="Mentoring", slug="mentoring", locale=home.locale)
    )
    page = MentoringProgrammePage(title="First steps", slug="first", locale=home.locale)
    index.add_child(instance=page)
    listed = client.get("/ar/mentoring/").text
    assert ARABIC in listed
    assert 'href="/ar/mentoring/first/"' in listed
    shown = client.get("/ar/mentoring/first/").text
    assert ARABIC in shown
    assert '<h1 lang="en" dir="ltr">First steps' in shown
    assert 'href="/ar/mentoring/"' in shown


def test_a_programme_that_is_not_translated_is_in_the_list_once(client, arabic):
    home = HomePage.objects.get(locale__language_code="en")
    index = home.add_child(
        instance=MentoringIndexPage(title="Mentoring", slug="mentoring", locale=home.locale)
    )
    pages = [MentoringProgrammePage(title=slug, slug=slug, locale=home.locale) for slug in ("first", "next")]
    for page in pages:
        index.add_child(instance=page)
    index.copy_for_translation(locale("ar")).save_revision().publish()
    made = pages[0].copy_for_translation(locale("ar"))
    made.title = "أولى"
    made.save_revision().publish()
    listed = client.get("/ar/mentoring/").text
    assert '<h3><a href="/ar/mentoring/first/">أولى' in listed
    assert '<h3 lang="en" dir="ltr"><a href="/ar/mentoring/next/">next' in listed
    assert listed.count('class="programme"') == 2
    assert '<h1 lang="en" dir="ltr">next' in client.get("/ar/mentoring/next/").text


def test_the_frame_of_a_language_that_is_no_interface_is_english_and_says_so(client):
    page = make_module(step("Room", text("<p>Ask first.</p>")))
    german = translate(page, "de", {"Ask first.": "Frag zuerst."})
    shown = client.get(f"{german.url}step/1/").text
    assert '<html lang="en" dir="ltr">' in shown
    assert '<p lang="de" dir="ltr">Frag zuerst.' in shown
    assert "<h1>Room" in shown
