"""How the site is doing, in words: of each part its state, a sentence and figures, and what to do where it is not well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exchange.home.models import Incident
from foundation.l10n.names import said
from foundation.l10n.times import ago

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True)
class Trouble:
    """What a problem of a part is, what that means for people, and what to do. `button` is a name in BUTTONS."""

    sentence: Promise
    means: Promise
    todo: tuple[Promise, ...]
    button: str = ""


@dataclass(frozen=True)
class Button:
    """What can be done from the page: a link to another page of the admin, or a form of this one."""

    label: Promise
    page: str = ""


@dataclass(frozen=True)
class Row:
    """One part as the page shows it."""

    name: str
    label: str
    state: str
    sentence: str
    figures: list[str]
    since: datetime | None
    trouble: Trouble | None
    button: Button | None


BUTTONS = {
    "jobs": Button(gettext_lazy("Look at the failed jobs"), "failed_jobs:index"),
    "mails": Button(gettext_lazy("Look at the mails"), "mail_admin:index"),
    "changes": Button(gettext_lazy("Look at the changes"), "search_index:index"),
    "search": Button(gettext_lazy("Build the search index anew")),
}
LABELS = {
    "database": gettext_lazy("Database"),
    "migrations": gettext_lazy("Changes of the database"),
    "worker": gettext_lazy("Worker"),
    "jobs": gettext_lazy("Jobs"),
    "mail": gettext_lazy("Mail"),
    "index": gettext_lazy("Search index"),
    "backup": gettext_lazy("Backups"),
    "disk": gettext_lazy("Disk"),
    "cache": gettext_lazy("Kept pages"),
}
WELL = {
    "database": gettext_lazy("It answers."),
    "migrations": gettext_lazy("All that this release needs are made."),
    "worker": gettext_lazy("It does what it is asked."),
    "jobs": gettext_lazy("None was given up."),
    "mail": gettext_lazy("Nothing waits longer than it should."),
    "index": gettext_lazy("It answers, and knows what has changed."),
    "backup": gettext_lazy("The copies are as they should be."),
    "disk": gettext_lazy("There is room."),
    "cache": gettext_lazy("Pages are kept and found again."),
}
NO_COPY = gettext_lazy("There is none: a demonstration needs none.")
IS_WORKER_DOWN = gettext_lazy("See above whether the worker runs: it does this.")
ROOM = gettext_lazy("Make room: move old backups to another machine, or get a larger disk.")
UNKNOWN = Trouble(
    gettext_lazy("It could not be asked."),
    gettext_lazy("Nobody knows how this part is."),
    (gettext_lazy("Look into the log of the web server."),),
)
TROUBLES: Mapping[str, Trouble] = {
    "migrations.waiting": Trouble(
        gettext_lazy("Some have not been made."),
        gettext_lazy("The program is newer than its database; pages may fail."),
        (gettext_lazy("Run manage.py upgrade."),),
    ),
    "worker.starting": Trouble(
        gettext_lazy("It has not reported yet: the site was started a moment ago."),
        gettext_lazy("Mail and search wait for it."),
        (gettext_lazy("Look again in a minute."),),
    ),
    "worker.silent": Trouble(
        gettext_lazy("It gives no sign of life."),
        gettext_lazy(
            "No mail goes out, search learns of no change, nothing is published by the clock. Nothing is lost: "
            "all of it is done when the worker is back."
        ),
        (
            gettext_lazy("Start the service of the worker, or the site itself."),
            gettext_lazy("If it ends again, its log says why."),
        ),
    ),
    "worker.slow": Trouble(
        gettext_lazy("Jobs wait for longer than they should."),
        gettext_lazy("Mail and search are late. Nothing is lost."),
        (gettext_lazy("If it stays so, set QUEUE_WORKERS to a higher number."),),
    ),
    "jobs.given_up": Trouble(
        gettext_lazy("Some were given up."),
        gettext_lazy("Each was tried five times. What it was to do has not been done."),
        (gettext_lazy("See why, and have it tried again when that is mended."),),
        "jobs",
    ),
    "mail.away": Trouble(
        gettext_lazy("The mail server does not answer."),
        gettext_lazy(
            "Mails are kept, and sent by themselves when it is back. Who signs up or has forgotten a password waits."
        ),
        (gettext_lazy("Look whether it runs, and at EMAIL_HOST and what belongs to it."),),
        "mails",
    ),
    "mail.refused": Trouble(
        gettext_lazy("The mail server refuses the site as a sender."),
        gettext_lazy("Mails are kept and tried again."),
        (gettext_lazy("Look at DEFAULT_FROM_EMAIL, and at what the mail server asks of senders."),),
        "mails",
    ),
    "mail.late": Trouble(
        gettext_lazy("Mails wait for longer than they should."),
        gettext_lazy("Nothing is lost, but people wait."),
        (IS_WORKER_DOWN,),
        "mails",
    ),
    "index.missing": Trouble(
        gettext_lazy("There is no index that answers."),
        gettext_lazy("Pages are made from the database: search finds less and is slower."),
        (
            gettext_lazy("If SEARCH_URL names a server, look whether it runs."),
            gettext_lazy("An index that is gone is built anew by itself, or now:"),
        ),
        "search",
    ),
    "index.given_up": Trouble(
        gettext_lazy("Some changes could not be written into the index."),
        gettext_lazy("Search knows these things as they were before."),
        (gettext_lazy("See which they are, and have them tried again."),),
        "changes",
    ),
    "index.behind": Trouble(
        gettext_lazy("Changes wait for longer than they should."),
        gettext_lazy("What is new is not found yet."),
        (IS_WORKER_DOWN,),
        "changes",
    ),
    "backup.old": Trouble(
        gettext_lazy("No copy was made in the last eight days."),
        gettext_lazy("If the disk fails, what came since the last copy is lost."),
        (gettext_lazy("Let manage.py backup run every night, and keep the copies on another machine."),),
    ),
    "disk.full": Trouble(
        gettext_lazy("It is full."),
        gettext_lazy("Nothing can be written: nobody can sign up, save or answer."),
        (ROOM,),
    ),
    "disk.little": Trouble(
        gettext_lazy("There is little room left."),
        gettext_lazy("When it is full, nothing can be written."),
        (ROOM,),
    ),
    "cache.away": Trouble(
        gettext_lazy("Nothing can be kept."),
        gettext_lazy("Pages are right but slower, since each is made anew."),
        (
            gettext_lazy(
                "Look at REDIS_URL and that server or, without one, at the folder cache in DATA_DIR."
            ),
        ),
    ),
}


def rows(parts: Mapping[str, Mapping[str, Any]], since: Mapping[str, datetime]) -> list[Row]:
    """All parts, those that are down first, then those to watch."""
    order = {"down": 0, "warning": 1}
    found = [_row(name, part, since.get(name)) for name, part in parts.items()]
    return sorted(found, key=lambda row: order.get(row.state, 2))


def _row(name: str, part: Mapping[str, Any], since: datetime | None) -> Row:
    trouble = None if part["state"] == "ok" else trouble_of(name, part.get("problem", ""))
    well = NO_COPY if name == "backup" and part.get("last_seconds") is None else WELL[name]
    sentence = str(trouble.sentence if trouble else well)
    return Row(
        name=name,
        label=str(LABELS[name]),
        state=part["state"],
        sentence=sentence,
        figures=_figures(name, part),
        since=since if trouble else None,
        trouble=trouble,
        button=BUTTONS.get(trouble.button) if trouble else None,
    )


def trouble_of(name: str, problem: str) -> Trouble:
    """What is known of a problem; of one that this release does not know, that it could not be asked."""
    return TROUBLES.get(f"{name}.{problem}", UNKNOWN)


def _ago(seconds: int) -> str:
    return ago(timezone.now() - timedelta(seconds=seconds))


def _figures(name: str, part: Mapping[str, Any]) -> list[str]:
    told: list[str] = []
    if name == "worker" and "waiting" in part:
        count = part["waiting"]
        told.append(ngettext("%(count)s job waits", "%(count)s jobs wait", count) % {"count": count})
        if part["oldest_job_seconds"]:
            told.append(said(_("the oldest came %(ago)s"), ago=_ago(part["oldest_job_seconds"])))
        if part["silent_seconds"] is not None:
            told.append(said(_("last sign of life: %(ago)s"), ago=_ago(part["silent_seconds"])))
    elif name == "mail" and "waiting" in part:
        told.append(
            ngettext("%(n)s mail waits.", "%(n)s mails wait.", part["waiting"]) % {"n": part["waiting"]}
        )
        if part["waiting"]:
            told.append(said(_("the oldest came %(ago)s"), ago=_ago(part["oldest_seconds"])))
        if part["last_answer_seconds"] is not None:
            told.append(said(_("last answer of the server: %(ago)s"), ago=_ago(part["last_answer_seconds"])))
        if count := part["refused_today"]:
            told.append(
                ngettext("%(count)s refused in a day", "%(count)s refused in a day", count) % {"count": count}
            )
    elif name == "index" and "waiting" in part:
        if part["documents"] is not None:
            count = part["documents"]
            told.append(ngettext("%(count)s entry", "%(count)s entries", count) % {"count": count})
        count = part["waiting"]
        told.append(ngettext("%(count)s change waits", "%(count)s changes wait", count) % {"count": count})
    elif name == "disk" and "free_megabytes" in part:
        free, total = part["free_megabytes"] / 1000, part["total_megabytes"] / 1000
        told.append(said(_("%(free)s of %(total)s GB are free"), free=f"{free:.1f}", total=f"{total:.1f}"))
    elif name == "backup" and part.get("last_seconds") is not None:
        told.append(said(_("last copy: %(ago)s"), ago=_ago(part["last_seconds"])))
    elif name == "jobs" and part.get("given_up"):
        count = part["given_up"]
        told.append(ngettext("%(count)s was given up", "%(count)s were given up", count) % {"count": count})
    return told


def summary(found: Iterable[Row], *, ready: bool) -> str:
    """One sentence for the whole."""
    states = [row.state for row in found]
    if not ready:
        return _("Pages cannot be made. Begin with what stands first below.")
    if count := states.count("down"):
        return ngettext(
            "%(count)s part needs you. Pages are answered.",
            "%(count)s parts need you. Pages are answered.",
            count,
        ) % {"count": count}
    if count := states.count("warning"):
        return ngettext(
            "%(count)s part is worth a look. Pages are answered.",
            "%(count)s parts are worth a look. Pages are answered.",
            count,
        ) % {"count": count}
    return _("Nothing needs you today.")


def changes(incidents: Iterable[Incident], most: int) -> list[dict[str, Any]]:
    """What was found wrong and well again, the newest first."""
    found: list[dict[str, Any]] = []
    for incident in incidents:
        label = str(LABELS.get(incident.part, incident.part))
        wrong = str(trouble_of(incident.part, incident.problem).sentence)
        found.append({"at": incident.began, "part": label, "sentence": wrong})
        if incident.ended:
            found.append({"at": incident.ended, "part": label, "sentence": _("Well again.")})
    return sorted(found, key=lambda change: change["at"], reverse=True)[:most]


def link(button: Button | None) -> str:
    """Where a button leads; empty for one that sends a form."""
    return reverse(button.page) if button and button.page else ""
