"""The script behind `make start`: what it refuses, what it says, and how it ends."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "site" / "start.py"


@pytest.fixture(scope="module")
def start() -> ModuleType:
    """The script as a module; it stands in a plain folder, so it is loaded by its path."""
    spec = importlib.util.spec_from_file_location("start_script", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def busy_port() -> Iterator[int]:
    """A port that something listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "80 80", "8000.5", "²"])
def test_a_port_that_is_none_is_refused(start: ModuleType, text: str) -> None:
    with pytest.raises(start.Failed, match="PORT must be a number"):
        start.usable_port(text)


def test_a_port_in_use_is_refused_with_a_way_out(start: ModuleType, busy_port: int) -> None:
    with pytest.raises(start.Failed, match=rf"Port {busy_port} is in use.*make start PORT="):
        start.usable_port(str(busy_port))


def test_the_script_ends_with_one_sentence_and_no_traceback(busy_port: int, tmp_path: Path) -> None:
    environment = {**os.environ, "PORT": str(busy_port), "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, str(SCRIPT)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "is in use" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_with_spaces_is_made_below_the_checkout_or_where_it_says(
    start: ModuleType, tmp_path: Path
) -> None:
    wanted = tmp_path / "a site" / "with spaces"
    assert start.usable_folder(str(wanted)) == wanted
    assert (wanted / "logs").is_dir()


def test_a_folder_that_cannot_be_is_refused(start: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(start.Failed, match=r"DATA_DIR .* cannot be used"):
        start.usable_folder(str(tmp_path / "file" / "below"))


def test_compiled_modules_are_kept_with_the_sites_files_where_they_may_not_be_beside_their_sources(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    # Put into the environment by the script, so taken out again with it.
    monkeypatch.setattr(os, "environ", dict(os.environ))
    start.keep_bytecode(tmp_path)
    run = [sys.executable, "-c", "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"]
    told = subprocess.run(run, env=os.environ, capture_output=True, text=True, check=True).stdout
    assert told.strip() == f"False {tmp_path / 'bytecode'}"


def test_where_compiled_modules_may_be_written_nothing_changes(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    start.keep_bytecode(tmp_path)
    assert "PYTHONPYCACHEPREFIX" not in os.environ


def test_an_environment_that_was_moved_is_known(start: ModuleType, tmp_path: Path) -> None:
    old, new = tmp_path / "first place", tmp_path / "second place"
    assert start.made_for(old)  # there is none to be wrong
    start.venv.create(old)
    assert start.made_for(old)
    old.rename(new)
    assert not start.made_for(new)


def test_a_command_that_fails_shows_its_last_lines_and_the_hint(start: ModuleType) -> None:
    command = [sys.executable, "-c", "import sys; print('one thing'); sys.exit(3)"]
    with pytest.raises(start.Failed) as caught:
        start.run(command, hint="Is the network there?")
    assert "one thing" in str(caught.value)
    assert str(caught.value).endswith("Is the network there?")


def test_progress_numbers_its_steps(start: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    progress = start.Progress(2)
    with progress.step("First") as step:
        step.note = "there"
    with pytest.raises(start.Failed), progress.step("Second"):
        raise start.Failed("no")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("[1/2] First … there (")
    assert lines[1] == "[2/2] Second … failed"


def test_a_site_that_cannot_be_served_ends_with_a_sentence(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "PYTHON", Path(sys.executable))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "exchange.settings.dev")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("WEB_WORKERS", "two")
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with pytest.raises(start.Failed, match="What went wrong is above"):
            start.serve(start.Progress(2), "hello")
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    assert "two" in capfd.readouterr().err


# Production ----------------------------------------------------------------------------------------------


def production(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A management command under production settings, in a folder of its own."""
    # Only what a process needs: nothing of the test's own settings.
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {
        "DJANGO_SETTINGS_MODULE": "exchange.settings.production",
        "DATA_DIR": str(tmp_path),
        "BASE_URL": "https://exchange.example",
        "ALLOWED_HOSTS": "exchange.example",
        **environment,
    }
    command = [sys.executable, "-W", "ignore", str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env={**plain, **settings}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("key", ["", "short", "django-insecure-" + "abcdefghij" * 6, "k" * 60])
def test_production_refuses_a_weak_secret_key(tmp_path: Path, key: str) -> None:
    done = production(tmp_path, "check", SECRET_KEY=key)
    assert done.returncode != 0
    assert "SECRET_KEY must be set" in done.stderr


def test_production_loads_no_demo_content(tmp_path: Path) -> None:
    refused = production(tmp_path, "prepare", "demo", SECRET_KEY=secrets.token_urlsafe(60))
    assert refused.returncode != 0
    assert "development settings only" in refused.stderr


def with_account(tmp_path: Path, email: str) -> None:
    """A database with one account; of its table only what is asked for."""
    with contextlib.closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database, database:
        database.execute("CREATE TABLE accounts_user (email TEXT, is_active BOOLEAN)")
        database.execute("INSERT INTO accounts_user VALUES (?, 1)", [email])


def test_production_starts_no_server_with_demo_accounts(tmp_path: Path) -> None:
    with_account(tmp_path, "member@demo.example")
    done = production(tmp_path, "shell", "-c", "import exchange.wsgi", SECRET_KEY=secrets.token_urlsafe(60))
    assert done.returncode != 0
    assert "Demo accounts with published passwords exist" in done.stderr
    checked = production(tmp_path, "check", "--database", "default", SECRET_KEY=secrets.token_urlsafe(60))
    assert "accounts.E001" in checked.stderr


def test_production_starts_with_accounts_of_its_own(tmp_path: Path) -> None:
    with_account(tmp_path, "somebody@exchange.example")
    done = production(tmp_path, "shell", "-c", "import exchange.wsgi", SECRET_KEY=secrets.token_urlsafe(60))
    assert done.returncode == 0, done.stderr
