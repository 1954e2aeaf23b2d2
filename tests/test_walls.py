"""The house stands: the project starts, and its migrations are complete."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_health_answers(client):
    assert client.get("/healthz/live").json() == {"live": True}
    assert client.get("/healthz/ready").json()["parts"]["database"] == {"state": "ok"}
