"""Watching a recording: its transcript is searched as the site is, with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

RECORDING = "/en/learn/museum-first-visit/"


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_the_transcript_finds_other_forms_of_words(visit: Visit, javascript: bool) -> None:
    page = visit(javascript=javascript)
    page.goto(RECORDING)
    transcript = page.locator("#transcript")
    box = transcript.get_by_role("searchbox")
    box.fill("Hesitating MUSÉUM")  # "why do museums hesitate?"
    box.press("Enter")
    if javascript:
        expect(transcript.locator("output")).to_have_text("1 of 1")
        hit = transcript.locator(".turn.hit")
        marked = page.evaluate("[...CSS.highlights.get('find')].map(String)")
    else:
        expect(page).to_have_url(re.compile("transcript=en&q=Hesitating"))
        expect(transcript.locator("output")).to_have_text("1 place")
        hit = transcript.locator("#found")
        marked = transcript.locator("mark").all_text_contents()
    expect(hit).to_contain_text("why do museums hesitate?")
    assert marked == ["museums", "hesitate"]


def test_the_transcript_is_searched_while_somebody_types_and_enter_goes_on(visit: Visit) -> None:
    page = visit()
    page.goto(f"{RECORDING}?q=curator")
    transcript = page.locator("#transcript")
    count = transcript.locator("output")
    expect(count).to_have_text("1 of 2")
    expect(transcript.locator("mark")).to_have_count(0)  # the script's own marks stand in their place
    box = transcript.get_by_role("searchbox")
    box.fill("")
    expect(count).to_have_text("")
    box.press_sequentially("muse")
    expect(count).to_have_text(re.compile(r"1 of [2-9]"))
    first = transcript.locator(".turn.hit").get_attribute("data-start")
    box.press("Enter")
    expect(count).to_have_text(re.compile(r"2 of [2-9]"))
    assert transcript.locator(".turn.hit").get_attribute("data-start") != first
    box.fill("zeppelin")
    expect(count).to_have_text("Not found")


def test_a_transcript_in_another_alphabet_is_searched_too(visit: Visit) -> None:
    page = visit()
    page.goto(f"{RECORDING}?transcript=ar")
    transcript = page.locator("#transcript")
    transcript.get_by_role("searchbox").fill("المتاحف")
    expect(transcript.locator("output")).to_have_text(re.compile(r"1 of \d"))
