"""Settings from the environment: right ones work, wrong ones stop the start with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from exchange.settings import environment as env

ROOT = Path(__file__).resolve().parents[2]


def start(tmp_path, **environment):
    """Runs `manage.py check` under production settings and answers what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "exchange.settings.production",
            "DATA_DIR": str(tmp_path),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("key", ["", "short", "django-insecure-" + "x1y2z3" * 10, "a" * 60])
def test_production_refuses_a_missing_or_weak_key(tmp_path, key):
    code, text = start(tmp_path, SECRET_KEY=key, BASE_URL="https://exchange.example")
    assert code != 0
    assert "SECRET_KEY must be set" in text


def test_production_starts_with_a_good_key(tmp_path):
    code, text = start(tmp_path, SECRET_KEY="k3Y-" * 20 + "uniqueX9", BASE_URL="https://exchange.example")
    assert code == 0, text


def test_yes_and_no(monkeypatch):
    monkeypatch.setenv("A_FLAG", "Yes")
    assert env.flag("A_FLAG") is True
    monkeypatch.setenv("A_FLAG", "off")
    assert env.flag("A_FLAG") is False
    monkeypatch.setenv("A_FLAG", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="A_FLAG"):
        env.flag("A_FLAG")


def test_numbers(monkeypatch):
    monkeypatch.setenv("A_NUMBER", "seven")
    with pytest.raises(ImproperlyConfigured, match="A_NUMBER"):
        env.number("A_NUMBER", 7)


def test_a_database_from_its_address(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://na%40me:se%2Fcret@db.example:5433/base?sslmode=require")
    found = env.database("DATABASE_URL", tmp_path / "db.sqlite3")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == (
        "na@me",
        "se/cret",
        "db.example",
        "5433",
    )
    # A server that is away is noticed before a page gives up.
    assert found["OPTIONS"] == {"sslmode": "require", "connect_timeout": 5}
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")
    with pytest.raises(ImproperlyConfigured, match="mysql"):
        env.database("DATABASE_URL", tmp_path / "db.sqlite3")
