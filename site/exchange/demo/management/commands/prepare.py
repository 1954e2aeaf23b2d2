"""The parts of setting a copy up, each safe to repeat: `prepare database static demo index greeting`, or some of them.

Each says in one line what it did, with its name before it: site/start.py shows these lines as progress.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from exchange.demo.users import ROLES, demo_address, demo_password
from exchange.home.operations import preparation


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("parts", nargs="+", choices=["database", "static", "demo", "index", "greeting"])

    def handle(self, *args: Any, parts: list[str], **options: Any) -> None:
        for part in parts:
            done = getattr(self, part)()
            self.stdout.write(done if part == "greeting" else f"{part}: {done}")
            self.stdout.flush()

    def database(self) -> str:
        """Translations, tables, roles, the shipped taxonomy."""
        preparation.compile_translations()
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not behind:
            return "up to date"
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        preparation.make_or_migrate()
        return f"{len(behind)} migrations"

    def static(self) -> str:
        """Styles, scripts and icons under hashed names, compressed; none with DEBUG, which serves their sources."""
        if settings.DEBUG:
            return "from their sources"
        preparation.collect_static_files()
        return "hashed and compressed"

    def demo(self) -> str:
        """Demo content, once."""
        if not settings.DEMO_CONTENT:
            raise CommandError("Demo content is loaded under development settings only.")
        from exchange.demo.loading import is_loaded, load

        if is_loaded():
            return "there"
        return load()

    def index(self) -> str:
        """The search index: built where missing, else brought up to date."""
        built, number = preparation.build_or_drain()
        return f"{number} documents" if built else f"{number} changes"

    def greeting(self) -> str:
        """The address and one demo sign-in for each role."""
        lines = [
            f"The Capacity Exchange is at {settings.BASE_URL}/ (Ctrl-C ends it)",
            "Demo sign-ins (they exist only under development settings):",
            *(f"  {role:14} {demo_address(role):28} {demo_password()}" for role in ROLES),
        ]
        if folder := getattr(settings, "EMAIL_FILE_PATH", None):
            lines.append(f"E-mails are written to {folder}")
        return "\n" + "\n".join(lines)
