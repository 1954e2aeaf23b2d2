"""One site for the public for all tests of a process: making it costs seconds."""

from __future__ import annotations

import pytest

from tests.operations.processes import PublicSite


def set_up(site: PublicSite, **changed: str) -> str:
    """Runs the command as the docs tell. Answers what it printed."""
    given = {"name": "Wiki Skills", "languages": "en,ar", "admin": "Me@Example.org", **changed}
    return site.done("set_up_site", *(word for key, value in given.items() for word in (f"--{key}", value)))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> PublicSite:
    """Set up once; `first` is what the command printed."""
    made = PublicSite(tmp_path_factory.mktemp("public") / "not yet there" / "data")
    made.first = set_up(made)
    return made
