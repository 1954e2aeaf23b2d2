"""On a machine with other accounts: what is in the site's folder is read by the site alone, but for what it serves."""

from __future__ import annotations

from pathlib import Path

from tests.operations.processes import PublicSite

SERVED = {"media", "static"}
# Which settings a folder wants and what the site is called; and a file that is always empty.
PLAIN = {"site.json", "setting-up.lock"}


def open_to_others(folder: Path) -> set[str]:
    """Files that somebody else on the machine could read: those that can be reached through the folders above them."""
    found = set()
    for path in folder.iterdir():
        if path.name in SERVED | PLAIN or path.is_symlink() or not path.stat().st_mode & 0o077:
            continue
        if path.is_dir():
            found |= {f"{path.name}/{below}" for below in open_to_others(path)}
        else:
            found.add(path.name)
    return found


def test_nobody_else_on_the_machine_reads_the_database_the_keys_or_the_index(site: PublicSite):
    assert {"db.sqlite3", "index"} <= {path.name for path in site.data.iterdir()}
    assert open_to_others(site.data) == set()


def test_what_an_earlier_version_left_open_is_closed_by_whatever_starts_next(site: PublicSite):
    (site.data / "keys").mkdir(exist_ok=True)
    (site.data / "keys" / "old").write_text("a key")
    for name in ("db.sqlite3", "index", "logs", "keys"):
        (site.data / name).chmod(0o755)
    assert {"db.sqlite3", "keys/old"} <= open_to_others(site.data)
    site.done("migrate")
    assert open_to_others(site.data) == set()
    (site.data / "keys" / "old").unlink()
