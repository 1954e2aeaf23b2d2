"""Which code is tried, and whose tests have to notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Room:
    """Code that decides, and the folder of tests that answers for it.

    Each of `code` is a pattern of files; after a colon the functions that are meant, where the rest of a file only
    orders or shows.
    """

    name: str
    tests: str
    code: tuple[str, ...]

    def files(self) -> Iterator[tuple[Path, frozenset[str] | None]]:
        """Every file, and its functions that are meant; None for all of them.

        Raises:
            FileNotFoundError: nothing fits a pattern any more.
        """
        for entry in self.code:
            pattern, _colon, names = entry.partition(":")
            found = [path for path in sorted(ROOT.glob(pattern)) if path.name != "__init__.py"]
            if not found:
                raise FileNotFoundError(f"{pattern}, which the room {self.name} names, is nowhere")
            for path in found:
                yield path, frozenset(names.split()) if names else None


# Services, permissions, workload, and of matching what is never proposed to whom.
ROOMS = (
    Room(
        "directory",
        "tests/directory",
        (
            "directory/services/*.py",
            "directory/taxonomy/services.py",
            "directory/permissions.py",
            "directory/admin/permissions.py",
            "directory/bandwidth.py",
            "directory/matching/retrieval.py",
            "directory/matching/rules.py",
            "directory/matching/scoring.py:can_talk",
            "directory/matching/selectors.py:_may_be_asked",
            "directory/models/person.py:Person.visibility_of Person.shows Person.is_paused",
        ),
    ),
    Room("learning", "tests/learning", ("learning/services/*.py",)),
    Room(
        "mentoring",
        "tests/mentoring",
        (
            "mentoring/services/*.py",
            "mentoring/workload.py",
            "mentoring/exclusions.py",
            "mentoring/matching.py:History.__post_init__ Judge.obstacles rank",
        ),
    ),
    Room(
        "workflow",
        "tests/workflow",
        ("site/foundation/workflow/services.py", "site/foundation/workflow/flows.py"),
    ),
    Room(
        "accounts",
        "tests/accounts",
        (
            "site/foundation/accounts/role_rights.py",
            "site/foundation/accounts/models.py:User.has_role User.has_desk User._role_names",
        ),
    ),
    Room("notifications", "tests/notifications", ("site/foundation/notifications/services.py",)),
    Room("jobs", "tests/jobs", ("site/foundation/jobs/services.py",)),
    Room(
        "reports",
        "tests/reports",
        ("site/foundation/reports/services.py", "site/foundation/reports/permissions.py"),
    ),
    Room("search", "tests/search", ("search/saved/services.py",)),
    Room("home", "tests/home", ("site/exchange/home/permissions.py",)),
)

# One fault that a test notices and some that none does: what the runner itself is tried on.
PLANTED = Room("planted", "tests/mutation/planted", ("tests/mutation/planted/rules.py",))
