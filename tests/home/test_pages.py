"""The roof's pages: home for everybody and for one person, capacities, figures, files, what crawlers read."""

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory, ListingFactory, PersonFactory
from tests.factories.home import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(index):
    return make_site("ar")


@pytest.fixture
def tree(site):
    root = CapacityFactory(slug="money", label="Money", ar="المال")
    fundraising = CapacityFactory(
        slug="fundraising", label="Fundraising", parent=root, definition="Asking for money."
    )
    return root, fundraising


def test_the_front_door_shows_true_figures(client, tree, index):
    PersonFactory(offers=[tree[1]])
    ListingFactory(need=True, capacities=[tree[1]])
    index.rebuild()
    page = client.get("/en/").content.decode()
    assert "Headline en" in page
    assert "2 people can help" in page
    assert "1 need is waiting" in page
    assert "Fundraising" in page


def test_the_front_door_costs_few_queries(client, tree, index, django_assert_max_num_queries):
    for _ in range(5):
        PersonFactory(offers=[tree[1]])
    index.rebuild()
    client.get("/en/")
    with django_assert_max_num_queries(15):
        client.get("/en/")


def test_the_signed_in_home_greets_and_costs_few_queries(client, tree, index, django_assert_max_num_queries):
    person = PersonFactory(name="Salma Benali", learns=[tree[1]])
    for _ in range(3):
        PersonFactory(offers=[tree[1]])
    index.rebuild()
    client.force_login(person.user)
    page = client.get("/en/").content.decode()
    assert "Salma" in page
    assert "Because they can help with Fundraising" in page
    with django_assert_max_num_queries(17):
        client.get("/en/")


def test_a_newcomer_without_anything_sees_what_to_do(client, site):
    client.force_login(UserFactory())
    answer = client.get("/en/")
    assert answer.status_code == 200
    assert "You have not begun a lesson yet" in answer.content.decode()


def test_a_capacity_gathers_what_is_below_it(client, tree, index):
    ListingFactory(offer=True, capacities=[tree[1]], title="Help with a first campaign")
    ListingFactory(need=True, capacities=[tree[1]], title="A campaign for our library")
    PersonFactory(name="Ingrid Solheim", offers=[tree[1]])
    index.rebuild()
    page = client.get(tree[0].get_absolute_url()).content.decode()
    assert "A campaign for our library" in page
    assert "Ingrid Solheim" in page


def test_an_empty_capacity_says_what_to_do(client, tree):
    page = client.get(tree[1].get_absolute_url()).content.decode()
    assert "Asking for money." in page
    assert "Be the first" in page
    assert "direction=need" in page


def test_a_capacity_page_costs_few_queries(client, tree, index, django_assert_max_num_queries):
    for _ in range(6):
        PersonFactory(offers=[tree[1]])
        ListingFactory(need=True, capacities=[tree[1]])
    index.rebuild()
    client.get(tree[0].get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(tree[0].get_absolute_url())


def test_the_index_of_capacities_finds_one_in_another_language(client, tree, index):
    index.rebuild()
    page = client.get(reverse("home:capacities"), {"q": "المال"}).content.decode()
    assert "Money" in page.split("Capacities for")[1]


@pytest.mark.parametrize(
    "words", ['"', "\x00", "   ", "🎉", "x" * 5000, "' OR 1=1 --", "<script>alert(1)</script>"]
)
def test_any_words_get_an_answer(client, tree, words):
    answer = client.get(reverse("home:capacities"), {"q": words})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_an_unknown_capacity_is_not_found_kindly(client, site):
    answer = client.get(reverse("home:capacity", args=["no-such-thing"]))
    assert answer.status_code == 404
    assert "<main" in answer.content.decode()


def test_figures_answer_with_nothing_and_with_something(client, tree, index):
    assert client.get(reverse("home:figures")).status_code == 200
    PersonFactory(offers=[tree[1]])
    index.rebuild()
    assert "1 person" in client.get(reverse("home:figures")).content.decode()


def test_figures_count_what_their_headings_say(client, tree, index):
    """A capacity has words in each language and is no lesson, person or listing; an organisation is in a region alone."""
    for n in range(5):
        CapacityFactory(slug=f"part-{n}", label=f"Part {n}", parent=tree[0])
    PersonFactory(offers=[tree[1]], speaks={"en": "fluent"}, country="KE")
    ListingFactory(need=True, capacities=[tree[1]], languages=["en"])
    index.rebuild()
    page = client.get(reverse("home:figures"))
    assert dict(page.context["by_language"]) == {"English": 3}  # two people and a need


def test_pages_answer_when_the_index_is_broken(client, tree, settings, tmp_path):
    settings.SEARCH_URL = "tantivy://" + str(tmp_path / "nothing" / "here")
    for url in ("/en/", reverse("home:capacities"), tree[0].get_absolute_url(), reverse("home:figures")):
        assert client.get(url).status_code == 200, url


def test_the_public_policy_allows_no_inline_script(client, tree):
    policy = client.get(tree[0].get_absolute_url()).headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "script-src 'self'" in policy


def test_the_admin_has_a_policy_of_its_own(admin_client, site):
    policy = admin_client.get("/admin/").headers["Content-Security-Policy"]
    assert "unsafe-inline" in policy


def test_a_file_is_served_in_parts(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.webm").write_bytes(bytes(range(100)))

    def get(value):
        answer = client.get("/media/images/a.webm", headers={"range": value} if value else {})
        return (
            answer.status_code,
            b"".join(answer.streaming_content) if answer.streaming else b"",
            answer.headers,
        )

    status, content, headers = get("")
    assert (status, len(content), headers["Accept-Ranges"]) == (200, 100, "bytes")
    status, content, headers = get("bytes=10-19")
    assert (status, content, headers["Content-Range"]) == (206, bytes(range(10, 20)), "bytes 10-19/100")
    assert get("bytes=90-")[1] == bytes(range(90, 100))
    assert get("bytes=-5")[1] == bytes(range(95, 100))
    assert get("bytes=200-")[0] == 416
    assert get("bytes=broken")[0] == 200


def test_no_file_outside_the_media_folder_is_served(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    assert client.get("/media/../secret.txt").status_code == 404
    assert client.get("/media/%2e%2e/secret.txt").status_code == 404


def test_a_drawing_that_was_uploaded_cannot_run(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    )
    assert "sandbox" in client.get("/media/images/a.svg").headers["Content-Security-Policy"]


def test_crawlers_are_kept_out_of_what_is_personal(client, site):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Disallow: /en/people/" in text
