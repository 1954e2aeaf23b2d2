"""Makes a site for the public whole, from an empty folder; safe to repeat."""

from __future__ import annotations

import fcntl
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.home.operations import preparation
from exchange.home.operations.first_site import (
    Refused,
    load_capacities,
    make_administrator,
    make_pages,
    wanted,
)
from exchange.settings import site_file


class Command(BaseCommand):
    """One step after the other, each said in a line."""

    help = (
        "Makes a site for the public whole: database, static files, translations, search index, pages in each "
        "language, capacities, schedules, the first administrator. Needs the production settings; DATA_DIR need "
        "not exist. Safe to repeat: what is there stays."
    )
    # They ask tables that are made only here.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Name, languages, administrator."""
        parser.add_argument("--name", required=True, help="what the site is called")
        parser.add_argument(
            "--languages",
            required=True,
            help="of its first pages, with commas, such as en,ar; en is among them",
        )
        parser.add_argument(
            "--admin", required=True, metavar="EMAIL", help="address of the first administrator"
        )

    def handle(self, *args: Any, name: str, languages: str, admin: str, **options: Any) -> None:
        """Refuses before it writes anything, or does all of it."""
        if settings.DEMO_CONTENT:
            raise CommandError(
                "A site for the public needs the production settings: set "
                "DJANGO_SETTINGS_MODULE=exchange.settings.production, SECRET_KEY, BASE_URL and DATA_DIR."
            )
        try:
            site = wanted(name, languages, admin)
        except Refused as problem:
            raise CommandError(str(problem)) from None
        try:
            settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
            lock = (settings.DATA_DIR / "setting-up.lock").open("w")
        except OSError as problem:
            raise CommandError(f"DATA_DIR {settings.DATA_DIR} cannot be used: {problem.strerror}.") from None
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            say = self.stdout.write
            preparation.bring_up_to_date(say)
            site_file.write(settings.DATA_DIR, name=site.name)
            say(f"Capacities: {load_capacities()}")
            try:
                say(f"Pages: {make_pages(site.name, site.languages)} new, in {', '.join(site.languages)}")
            except Refused as problem:
                raise CommandError(str(problem)) from None
            user, link = make_administrator(site.admin)
            preparation.index(say)
        say(f"Administrator: {user.email}")
        if link:
            say(f"Choose the password here, once, within three days:\n{link}")
        say(f"The site is ready for {settings.BASE_URL}/. What is left to do stands in its admin.")
