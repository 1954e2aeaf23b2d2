"""The queue: nothing lost on rollback, poison jobs given up, schedules as the code says, a real worker."""

import os
import signal
import smtplib
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import transaction
from django_q.models import OrmQ, Schedule

from foundation.jobs import registry, services
from foundation.jobs.models import Attempt, Heartbeat
from foundation.notifications.models import Notification
from tests.factories.accounts import UserFactory

ROOT = Path(__file__).resolve().parents[2]


def poison(*args):
    """A job that never works."""
    raise RuntimeError("broken for good")


def gone(*args):
    """A job whose object is deleted."""
    Notification.objects.get(pk=0)


@pytest.mark.django_db(transaction=True)
def test_a_rollback_takes_the_job_with_it(settings):
    settings.JOBS_RUN_AT_ONCE = False

    class Undo(Exception):
        pass

    def enqueue_and_undo():
        with transaction.atomic():
            services.enqueue("foundation.jobs.tasks.heartbeat")
            raise Undo

    with pytest.raises(Undo):
        enqueue_and_undo()
    assert not OrmQ.objects.exists()
    services.enqueue("foundation.jobs.tasks.heartbeat")
    assert OrmQ.objects.count() == 1


@pytest.mark.django_db
def test_a_job_that_fails_is_given_up_after_its_attempts():
    for _ in range(services.MAX_ATTEMPTS):
        with pytest.raises(RuntimeError):
            services.run("key", "tests.jobs.test_jobs.poison", (), {})
    services.run("key", "tests.jobs.test_jobs.poison", (), {})
    attempt = Attempt.objects.get(key="key")
    assert attempt.given_up
    assert attempt.count == services.MAX_ATTEMPTS
    assert "broken for good" in attempt.error


@pytest.mark.django_db
def test_with_the_database_as_broker_a_job_is_a_row_of_the_same_transaction(settings):
    del settings.JOBS_RUN_AT_ONCE  # as everywhere but in tests
    services.enqueue("foundation.jobs.tasks.heartbeat", 7, way="quick")
    task = OrmQ.objects.get().task
    key, *what = task["args"]
    assert (task["func"], task["name"]) == ("foundation.jobs.services.run", "foundation.jobs.tasks.heartbeat")
    assert what == ["foundation.jobs.tasks.heartbeat", (7,), {"way": "quick"}]
    assert len(key) == 32


def talkative(*args):
    """A job that fails with many words."""
    raise RuntimeError("x" * 3000)


@pytest.mark.django_db
def test_of_an_error_as_much_is_kept_as_somebody_reads():
    with pytest.raises(RuntimeError):
        services.run("key", "tests.jobs.test_jobs.talkative", (), {})
    assert Attempt.objects.get(key="key").error == f"RuntimeError: {'x' * 3000}"[:2000]


def refused(*args):
    """A job to which a mail server repeats the address that it refuses."""
    raise smtplib.SMTPRecipientsRefused({"ada@lovelace.example": (550, b"<ada@lovelace.example> unknown")})


@pytest.mark.django_db
def test_an_error_is_kept_without_the_address_that_it_names():
    """In the row, and in what goes on to the queue's own row and the log."""
    with pytest.raises(smtplib.SMTPRecipientsRefused) as raised:
        services.run("key", "tests.jobs.test_jobs.refused", (), {})
    for kept in (Attempt.objects.get(key="key").error, str(raised.value)):
        assert "lovelace" not in kept
        assert "550" in kept


@pytest.mark.django_db
def test_jobs_queued_under_an_older_name_still_run():
    from django.utils.module_loading import import_string

    from foundation.jobs.compat import RENAMED

    assert all(callable(import_string(name)) for name in RENAMED.values())
    # The path of `run` itself is stored in the queue, too.
    old_run = import_string("exchange.jobs.services.run")
    note = Notification.objects.create(user=UserFactory(), kind="no-such-kind", context={})
    old_run("key", "exchange.notifications.jobs.digest_of", (note.user_id,), {})
    assert not Attempt.objects.exists()


@pytest.mark.django_db
def test_a_job_whose_object_is_gone_is_done(caplog):
    with caplog.at_level("INFO", logger="foundation.jobs.services"):
        services.run("key", "tests.jobs.test_jobs.gone", (), {})
    assert caplog.messages == ["Job tests.jobs.test_jobs.gone: its object is gone"]
    assert not Attempt.objects.exists()


@pytest.mark.django_db
def test_so_is_one_that_runs_at_once(settings, django_capture_on_commit_callbacks):
    settings.JOBS_RUN_AT_ONCE = True
    with django_capture_on_commit_callbacks(execute=True) as done:
        services.enqueue("tests.jobs.test_jobs.gone")
    assert len(done) == 1


@pytest.mark.django_db
def test_a_job_that_works_leaves_nothing_behind():
    services.run("key", "foundation.jobs.tasks.heartbeat", (), {})
    assert not Attempt.objects.exists()
    assert services.worker_alive()


@pytest.mark.django_db
def test_schedules_are_what_the_code_declares():
    wanted = registry.declared()
    Schedule.objects.create(name="forgotten", func="nowhere.at_all")
    first = next(iter(wanted))
    Schedule.objects.filter(name=first).delete()
    Schedule.objects.create(name=first, func="old.path")
    Schedule.objects.create(name=first, func="old.path.again")
    assert registry.sync() == len(wanted)
    assert set(Schedule.objects.values_list("name", flat=True)) == set(wanted)
    assert Schedule.objects.filter(name=first).count() == 1
    assert Schedule.objects.get(name=first).func == wanted[first].function


@pytest.mark.django_db
def test_every_scheduled_job_exists():
    from django.utils.module_loading import import_string

    for schedule in registry.declared().values():
        assert callable(import_string(schedule.function)), schedule.name


@pytest.mark.django_db
def test_wagtails_tasks_can_be_left_out_of_a_bulk_load(settings):
    from wagtail.models import Page

    settings.JOBS_RUN_AT_ONCE = False
    settings.TASKS = {"default": {"BACKEND": "foundation.jobs.backends.DjangoQBackend"}}
    root = Page.objects.get(depth=1)
    with services.wagtail_tasks_left_out():
        root.add_child(instance=Page(title="One of many", slug="one-of-many"))
    assert not OrmQ.objects.exists()


def test_a_real_worker_does_the_work(tmp_path):
    """A cluster of its own, on its own database, as `make start` runs it."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "exchange.settings.dev",
        "DATA_DIR": str(tmp_path),
    }

    def manage(*arguments):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.strip()

    manage("prepare", "database")
    manage(
        "shell",
        "-v0",
        "-c",
        "from foundation.jobs.services import enqueue; enqueue('foundation.jobs.tasks.heartbeat')",
    )
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "qcluster"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        count = "from foundation.jobs.models import Heartbeat; print(Heartbeat.objects.count())"
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if manage("shell", "-v0", "-c", count).splitlines()[-1] == "1":
                break
        else:
            pytest.fail("The worker did not run the job within a minute.")
    finally:
        worker.send_signal(signal.SIGTERM)
        try:
            worker.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(worker.pid, signal.SIGKILL)


@pytest.mark.django_db
def test_a_beat_is_one_row():
    UserFactory()
    services.record_heartbeat()
    services.record_heartbeat()
    assert Heartbeat.objects.count() == 1
