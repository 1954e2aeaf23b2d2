"""The parts of setting a copy up, each safe to repeat: `prepare database|demo|index|greeting`."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from exchange.demo.accounts import ROLES, demo_address, demo_password


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("part", choices=["database", "demo", "index", "greeting"])

    def handle(self, *args: Any, part: str, **options: Any) -> None:
        getattr(self, part)()

    def database(self) -> None:
        """Translations, tables, roles, the shipped taxonomy."""
        call_command("compile_translations", verbosity=0, stdout=_Silent())
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not behind:
            self.stdout.write("up to date")
            return
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write(f"{len(behind)} migrations")

    def demo(self) -> None:
        """Demo content, once."""
        if not settings.DEMO_CONTENT:
            raise CommandError("Demo content is loaded under development settings only.")
        from exchange.demo.loading import is_loaded, load

        if is_loaded():
            self.stdout.write("there")
            return
        self.stdout.write(load())

    def index(self) -> None:
        """The search index: built where missing, else brought up to date."""
        from search.services import drain, rebuild, status

        if status().built:
            self.stdout.write(f"{drain()} changes")
        else:
            self.stdout.write(f"{rebuild()} documents")

    def greeting(self) -> None:
        """The address and one demo sign-in for each role."""
        self.stdout.write(f"\nThe Capacity Exchange is at {settings.BASE_URL}/ (Ctrl-C ends it)\n")
        self.stdout.write("Demo sign-ins (they exist only under development settings):")
        for role in ROLES:
            self.stdout.write(f"  {role:14} {demo_address(role):28} {demo_password()}")
        self.stdout.write("E-mails are written to " + str(settings.EMAIL_FILE_PATH))


class _Silent:
    def write(self, text: str) -> None:
        """Swallows what a called command prints."""
