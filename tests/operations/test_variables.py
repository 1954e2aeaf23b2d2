"""Variables of the environment: each is explained, and a wrong or half-given one is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from exchange.home.drawings.variables import read_by_the_code
from exchange.settings import environment as env
from exchange.settings.variables import GROUPS
from tests.operations.processes import PublicSite


def test_every_variable_that_is_read_is_explained_and_no_other():
    explained = {name for rows in GROUPS.values() for name, _meaning in rows}
    assert read_by_the_code().keys() == explained


@pytest.mark.parametrize(
    ("reader", "value", "sentence"),
    [
        (env.origin, "https://exchange.example/", "must end with the host: https://exchange.example,"),
        (env.origin, "https://exchange.example/wiki", "cannot lie below a path"),
        (env.origin, "exchange.example", "must begin with https:// or http://"),
        (env.origin, "https://exchange.example:x", "must begin with https:// or http://"),
        (env.redis, "localhost:6379", "must begin with redis://"),
        (lambda name: env.number(name, 1, least=1), "0", "must be a number from 1"),
        (lambda name: env.number(name, 1), "two", "must be a whole number"),
        (lambda name: env.place(name, "/a/"), "media", "must begin and end with a slash"),
        (lambda name: env.choice(name, ("a", "b")), "c", "must be one of 'a', 'b'"),
        (lambda name: env.path(name, Path("/x")), __file__, "must be a folder"),
        (lambda name: env.flag(name), "perhaps", "must be yes or no"),
        (lambda name: env.database(name, Path("/x")), "mysql://a/b", "must begin with postgresql://"),
        (lambda name: env.database(name, Path("/x")), "postgresql://a:b/c", "must have a number as its port"),
        (lambda name: env.database(name, Path("/x")), "postgresql://a/", "must name a database"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name(monkeypatch, reader, value, sentence):
    monkeypatch.setenv("VARIABLE", value)
    with pytest.raises(ImproperlyConfigured, match=sentence) as refused:
        reader("VARIABLE")
    assert str(refused.value).startswith("VARIABLE ")


def test_what_needs_packages_that_are_not_there_says_which(monkeypatch):
    monkeypatch.setattr(env, "find_spec", lambda name: None)
    monkeypatch.setenv("VARIABLE", "redis://localhost")
    with pytest.raises(ImproperlyConfigured, match=r"needs packages that are not installed.*--extra redis"):
        env.redis("VARIABLE")
    monkeypatch.setenv("VARIABLE", "postgresql://localhost/base")
    with pytest.raises(
        ImproperlyConfigured, match=r"needs packages that are not installed.*--extra postgres"
    ):
        env.database("VARIABLE", Path("/x"))


def test_half_of_a_pair_is_refused(monkeypatch):
    monkeypatch.setenv("ONE", "x")
    monkeypatch.delenv("OTHER", raising=False)
    with pytest.raises(ImproperlyConfigured, match="ONE is set, and OTHER is not"):
        env.together("ONE", "OTHER")


def test_command_and_web_server_end_with_the_sentence(tmp_path):
    site = PublicSite(tmp_path / "data", BASE_URL="https://exchange.example/")
    assert "BASE_URL must end with the host" in site.refused("check")
    assert "BASE_URL must end with the host" in site.refused("shell", "-c", "import exchange.wsgi")
    other = PublicSite(tmp_path / "data", ALLOWED_HOSTS="other.example")
    assert "ALLOWED_HOSTS must name the host of BASE_URL, exchange.example" in other.refused("check")
