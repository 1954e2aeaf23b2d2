"""How the site is doing while its worker is dead: what an administrator reads and presses, and nobody else."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from exchange.home.operations import status
from foundation.jobs.models import Heartbeat
from tests.browser.conftest import Visit

PAGE = "/admin/reports/status/"


def test_an_administrator_reads_what_is_wrong_and_tries_the_mail(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    Heartbeat.objects.all().delete()
    monkeypatch.setattr(status, "STARTED", time.monotonic() - 1_000)
    monkeypatch.setattr(status, "KEPT", -1.0)
    page = visit("administrator", width=360)
    page.goto(PAGE)
    expect(page.get_by_text("1 part needs you. Pages are answered.")).to_be_visible()
    trouble = page.get_by_role("region", name="Worker: It gives no sign of life.")
    expect(trouble).to_contain_text("Nothing is lost")
    expect(trouble.get_by_role("listitem").first).to_contain_text("Start the service of the worker")
    page.get_by_role("button", name="Send a test mail to my address").click()
    expect(page.get_by_text("A test mail to your address is on its way.")).to_be_visible()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", name="The parts")).to_be_visible()

    for person in ("editor", "coordinator", "member"):
        other = visit(person)
        other.expected.update({403, 302})  # type: ignore[attr-defined]
        other.goto(PAGE)
        expect(other.get_by_text("gives no sign of life")).to_have_count(0)
        expect(other.get_by_role("button", name="Send a test mail to my address")).to_have_count(0)
