"""Writing in the editors' desk as people do: titles, blocks, rows, rich text, the actions at the foot."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def save(page: Page) -> None:
    """Presses *Save draft* and waits until the desk says that it is kept."""
    page.get_by_role("button", name="Save draft").locator("visible=true").first.click()
    expect(page.locator(".messages")).to_contain_text(re.compile("created|updated|saved|draft"))
    expect(page).to_have_url(re.compile(r"/edit/"))


def remove(page: Page, stream: str, number: int) -> None:
    """The block of this number, counted as they were made."""
    marker = f"input[name={stream}-{number}-deleted]"
    block = page.locator(f"[data-streamfield-child]:has(> {marker})")
    block.get_by_role("button", name="Delete").first.click()
    expect(page.locator(marker)).to_have_value("1")


def stream(page: Page, name: str) -> Locator:
    """A field of blocks."""
    return page.locator(f"[data-contentpath={name}]").first


def insert(within: Locator, kind: str = "") -> None:
    """A block at the end of a stream; its kind where there is more than one."""
    within.get_by_role("button", name="Insert a block").last.click()
    if kind:
        within.page.get_by_role("option", name=kind, exact=True).click()


def write(within: Locator, words: str) -> None:
    """Into the first rich text of a place."""
    text = within.locator("[contenteditable=true]").locator("visible=true").first
    text.click()
    expect(text).to_be_focused()
    within.page.keyboard.type(words)
    # The editor hands over what was typed a moment later.
    within.page.wait_for_function(
        "words => [...document.querySelectorAll('[name$=value],[name$=text]')].some(e => e.value.includes(words))",
        arg=words,
    )


def row(page: Page, relation: str, number: int = 0) -> Locator:
    """A new row of an inline list."""
    page.locator(f"#id_{relation}-ADD").click()
    found = page.locator(f"#inline_child_{relation}-{number}")
    expect(found).to_be_visible()
    return found


def choose(page: Page, opener: Locator, name: str) -> None:
    """Something by its name in a chooser's window."""
    opener.click()
    window = page.locator(".modal-content")
    expect(window).to_be_visible()
    if window.locator("input[name=q]").count():
        window.locator("input[name=q]").first.fill(name)
    window.get_by_role("link", name=re.compile(re.escape(name))).first.click()
    expect(window).to_have_count(0)


def act(page: Page, name: str) -> None:
    """One of the actions at the foot of the editor, behind its arrow."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile(name, re.I)).locator("visible=true").first.click()
