"""manage.py search rebuild | drain | status | verify"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import api
from search.errors import EngineError

SHOWN = 10  # differences that verify prints of each sort


class Command(BaseCommand):
    """The index from the command line."""

    help = "Rebuilds, drains, shows or verifies the search index."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("rebuild", help="write a new index beside the old one and swap")
        verbs.add_parser("drain", help="write waiting changes into the index")
        verbs.add_parser("status", help="size of the index, waiting and failed changes")
        verify = verbs.add_parser("verify", help="compare the index with the database")
        verify.add_argument("--mend", action="store_true", help="write or remove what differs")
        verify.add_argument(
            "--quick", action="store_true", help="only which objects there are, not what is in them"
        )

    def handle(self, *args: Any, verb: str, mend: bool = False, quick: bool = False, **options: Any) -> None:
        try:
            if verb == "rebuild":
                self._rebuild()
            elif verb == "drain":
                self.stdout.write(f"{api.drain(progress=self._tell)} changes written")
            elif verb == "status":
                self._status()
            else:
                self._verify(mend, content=not quick)
        except EngineError as error:
            raise CommandError(str(error)) from error

    def _tell(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()

    def _rebuild(self) -> None:
        count = api.rebuild(progress=self._tell)
        self.stdout.write(f"{count} documents in the new index")

    def _status(self) -> None:
        found = api.status()
        if found.engine:
            engine = found.engine
            self.stdout.write(
                f"{engine.engine} {engine.generation}: {engine.documents} documents, "
                f"{engine.bytes / 1_000_000:.1f} MB"
            )
            for kind, count in sorted(engine.by_kind.items()):
                self.stdout.write(f"  {kind}: {count}")
        else:
            self.stdout.write(found.error)
        self.stdout.write(
            f"outbox: {found.pending} waiting (oldest {found.oldest_seconds:.0f} s), {found.dead} given up"
        )
        if found.meanings is not None:
            self.stdout.write(f"meanings: {found.meanings} texts waiting to be computed")

    def _verify(self, mend: bool, *, content: bool) -> None:
        api.drain(progress=self._tell)
        found = api.verify(mend=mend, content=content, progress=self._tell)
        if mend and not found.agrees:
            api.drain(progress=self._tell)
        for heading, keys in (
            ("missing", found.missing),
            ("too many", found.surplus),
            ("in an older state", found.stale),
        ):
            self.stdout.write(f"{heading}: {len(keys)}")
            for kind, id in keys[:SHOWN]:
                self.stdout.write(f"  {kind}:{id}")
        self.stdout.write(f"{found.known} in the index")
        if not found.agrees and not mend:
            raise CommandError("Index and database differ. Run: manage.py search verify --mend")
