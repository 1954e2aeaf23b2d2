"""One cluster for all stories, and windows of a browser before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PATIENCE, browser, chromium, missing
from tests.browser.watch import Watch
from tests.cluster.topology import Cluster, running
from tests.elasticsearch_server import Missing

__all__ = ["browser", "chromium"]
CODE = re.compile(r"^(\d{3} \d{3})\s*$", re.M)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Set up as docs/operate/many-machines tells."""
    try:
        with running() as made:
            yield made
    except Missing as reason:
        missing(str(reason))


@pytest.fixture
def visit(cluster: Cluster, browser: Browser) -> Iterator[Callable[[], Page]]:
    """Opens a window of a stranger; afterwards nothing may have gone wrong in any."""
    contexts, watches = [], []

    def enter() -> Page:
        context = browser.new_context(
            base_url=cluster.url, ignore_https_errors=True, locale="en-GB", timezone_id="Africa/Casablanca"
        )
        context.set_default_timeout(PATIENCE)
        watch = Watch(urlsplit(cluster.url).netloc)
        watch.over(context)
        contexts.append(context)
        watches.append(watch)
        page = context.new_page()
        page.expected = watch.expected  # type: ignore[attr-defined]
        return page

    yield enter
    for context in contexts:
        context.close()
    problems = [
        problem for watch in watches for problem in watch.problems if f":{cluster.files_port}/" not in problem
    ]
    assert problems == []


def code_for(cluster: Cluster, page: Page, email: str) -> str:
    """What the mail to somebody says; the page waits for it as its person does."""
    for _try in range(300):
        for mail in cluster.mail.mails:
            if mail.receiver == email:
                found = CODE.search(mail.message.get_body(("plain",)).get_content())
                assert found
                return found[1]
        page.wait_for_timeout(100)
    raise AssertionError(f"No mail to {email}: {cluster.processes['worker1'].told()}")
