"""A site for the public, made by one command in an empty folder, served and walked through."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exchange.home.operations.first_site import Refused, texts, wanted
from tests.operations.conftest import set_up
from tests.operations.processes import HOST, ROOT, PublicSite, Visitor

PASSWORD = "seven-harbour-lanterns"
LINK = re.compile(r'href="(/[^"#?]*)')
COUNTS = """
from django.apps import apps
for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
    if model._meta.managed and model._meta.app_label not in ("sessions", "django_q", "jobs"):
        print(model._meta.db_table, model._base_manager.count())
"""


def test_the_first_pages_have_words_in_every_language_of_the_interface():
    english = texts()["en"]
    assert set(texts()) == {"en", "es", "fr", "ar"}
    for words in texts().values():
        assert words.keys() == english.keys()
        assert all(words[part].keys() == english[part].keys() for part in ("learn", "mentoring"))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " \u200b "}, "--name: say in 1 to 100 signs"),
        ({"languages": "en,xx"}, "--languages: xx cannot be a language"),
        ({"languages": "ar"}, "--languages: en must be among them"),
        ({"admin": "nobody"}, "--admin: 'nobody' is no e-mail address"),
    ],
)
def test_what_cannot_be_used_is_refused(changed, sentence):
    with pytest.raises(Refused, match=re.escape(sentence)):
        wanted(**{"name": "Wiki Skills", "languages": "en", "admin": "me@example.org", **changed})


def test_where_something_is_refused_nothing_is_made(tmp_path: Path):
    site = PublicSite(tmp_path / "data")
    words = ("--name", "Wiki Skills", "--languages", "xx", "--admin", "me@example.org")
    assert "--languages: xx cannot be" in site.refused("set_up_site", *words)
    assert not site.data.exists()
    development = {"DJANGO_SETTINGS_MODULE": "exchange.settings.dev"}
    assert "needs the production settings" in site.refused("set_up_site", *words, **development)


def test_a_second_time_changes_nothing(site: PublicSite):
    before = site.shell(COUNTS)
    again = set_up(site)
    assert "Pages: 0 new" in again
    assert site.shell(COUNTS) == before


def test_commands_take_no_development_settings_in_this_folder(site: PublicSite):
    kind = "from django.conf import settings; print(settings.SETTINGS_MODULE, settings.SITE_NAME)"
    plain = {**site.environment}
    del plain["DJANGO_SETTINGS_MODULE"]
    without = PublicSite(site.data)
    without.environment = plain
    assert without.shell(kind) == "exchange.settings.production Wiki Skills"
    del plain["SECRET_KEY"]
    assert "SECRET_KEY must be set" in without.refused("check")
    plain["DJANGO_SETTINGS_MODULE"] = "exchange.settings.dev"
    assert "is the folder of a site for the public" in without.refused("migrate")


def test_guest_and_administrator_find_a_page_behind_every_link(site: PublicSite):
    link = re.search(r"https://exchange\.example(/\S*reset/key/\S+)", site.first)
    assert link, site.first
    with site.served() as port:
        guest = Visitor(port)
        found = walk(guest, "/en/")
        assert {"/en/learn/", "/en/capacities/", "/en/exchange/", "/en/figures/"} <= found
        assert not {"/en/mentoring/", "/en/about/", "/en/privacy/"} & found
        assert walk(guest, "/ar/") >= {"/ar/learn/"}
        assert "Wiki Skills" in guest.get("/en/")[1]
        admin = Visitor(port)
        status, _page = admin.post(link[1], password1=PASSWORD, password2=PASSWORD)
        assert status == 200
        status, page = admin.post("/en/account/login/", login="me@example.org", password=PASSWORD)
        assert (status, "/admin/" in page) == (200, True)
        walk(admin, "/en/")
        assert admin.get("/admin/")[0] == 200
        # The link worked once.
        again = Visitor(port).get(link[1])[1]
        assert 'name="password1"' not in again
    assert "Choose the password" not in set_up(site)


def walk(visitor: Visitor, start: str) -> set[str]:
    """Opens every link of a page, and answers them. Fails with those behind which there is nothing."""
    status, page = visitor.get(start)
    assert status == 200, page[:2000]
    # The editors' bar names the host, too.
    links = {link.removeprefix(f"//{HOST}") for link in LINK.findall(page)}
    found = {link for link in links if not link.startswith("/static/") and "logout" not in link}
    answers = {link: visitor.get(link)[0] for link in sorted(found)}
    assert {link: status for link, status in answers.items() if status != 200} == {}
    return found


def test_training_finds_its_place(site: PublicSite, shared_data: Path):
    """A small folder in the form of Wiki Education's for good; of their own all modules are made, and none is kept."""
    told = site.done("import_wikiedu", str(ROOT / "tests/learning/wikiedu/garden"))
    assert re.search(r"modules\s+\d+\s+[1-9]", told), told
    training = shared_data / "wikiedu-training"
    if not training.is_dir():
        pytest.skip(f"There is no {training}.")
    told = site.done("import_wikiedu", "--dry-run", "--source", "another", str(training))
    assert re.search(r"modules\s+57\s+57", told), told
