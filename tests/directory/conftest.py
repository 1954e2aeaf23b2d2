"""The directory's tests read lists and matches from a real index of their own."""

from tests.search_fixtures import index  # noqa: F401
