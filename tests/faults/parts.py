"""What is done to the parts of a site, and how it is undone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cluster.processes import Process, listens
from tests.cluster.topology import Cluster
from tests.elasticsearch_server import free_port

DISK = 400  # megabytes


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong. `begin` and `end` are told the cluster; `end` returns when the part works again."""

    name: str
    begin: Callable[[Cluster], None]
    end: Callable[[Cluster], None]
    seconds: float = 10
    # Requests may fail while it lasts: no other part can do what this one does.
    may_fail: bool = False
    # Forms that were being answered as it began may fail: what answered them is gone.
    takes_forms: bool = False
    # Everybody who writes holds still until what anonymous readers see is in the cache.
    from_cache: bool = False


class SlowLines:
    """The process that stands between the site and its parts."""

    def __init__(self, folder: Path) -> None:
        self.file, self.pairs = folder / "delays.json", []
        self.file.write_text("{}")
        self.process: Process | None = None

    def line(self, target: int) -> int:
        """The port by which a part is reached from now on. All lines are one process, started anew with each."""
        port = free_port()
        self.pairs.append(f"{port}:{target}")
        if self.process is not None:
            self.process.kill()
        command = [sys.executable, "-m", "tests.faults.slow", str(self.file), *self.pairs]
        environment = {"PATH": os.environ["PATH"]}
        self.process = Process("lines", command, environment, self.file.with_suffix(".log"), listens(port))
        self.process.start()
        return port

    def slow(self, seconds: float, *targets: int) -> None:
        """Each piece on these lines waits so long."""
        part = self.file.with_suffix(".part")
        part.write_text(json.dumps({str(target): seconds for target in targets if seconds}))
        part.replace(self.file)
        time.sleep(0.2)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A disk in memory for the database; none where this user may not mount one."""
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m,mode=0755", "none", str(folder)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def _kill(*names: str) -> Callable[[Cluster], None]:
    def begin(cluster: Cluster) -> None:
        for name in names:
            cluster.processes[name].kill()

    return begin


def _start(*names: str) -> Callable[[Cluster], None]:
    def end(cluster: Cluster) -> None:
        for name in names:
            cluster.processes[name].start(wait=False)
        for name in names:
            cluster.processes[name].wait()

    return end


def _fill(disk: Path) -> Callable[[Cluster], None]:
    def begin(cluster: Cluster) -> None:
        with (disk / "ballast").open("wb") as ballast:
            free = shutil.disk_usage(disk).free
            os.posix_fallocate(ballast.fileno(), 0, free)

    return begin


def _empty(disk: Path) -> Callable[[Cluster], None]:
    def end(cluster: Cluster) -> None:
        (disk / "ballast").unlink()
        _database_answers(cluster)

    return end


def _database_answers(cluster: Cluster) -> None:
    """A database that had no room for its log has ended; it is started again as a service manager would."""
    for _try in range(60):
        try:
            cluster.database.client("psql", "-qc", "SELECT 1")
            return
        except subprocess.CalledProcessError:
            try:
                cluster.database.start()
            except subprocess.CalledProcessError:
                time.sleep(1)
    raise RuntimeError("The database does not come back.")


def _twice(cluster: Cluster) -> None:
    """Whatever waits in the queue stands there twice, for ten seconds."""
    for _try in range(20):
        cluster.database.client(
            "psql",
            "-qc",
            "INSERT INTO django_q_ormq (key, payload, lock) SELECT key, payload, lock FROM django_q_ormq",
        )
        time.sleep(0.5)


def _nothing(cluster: Cluster) -> None:
    return


def short() -> list[Fault]:
    """What goes wrong most often."""
    return [
        Fault(
            "a web server and a worker killed",
            _kill("web1", "worker1"),
            _start("web1", "worker1"),
            6,
            takes_forms=True,
        ),
        Fault("Redis killed", _kill("redis"), _start("redis"), 6),
        Fault(
            "PostgreSQL restarted",
            lambda cluster: cluster.database.stop("fast"),
            lambda cluster: cluster.database.start(),
            5,
            may_fail=True,
            from_cache=True,
        ),
    ]


def every(lines: SlowLines, disk: Path | None) -> list[Fault]:
    """All of it; those for which this machine lacks something are left out."""

    def slow(name: str, seconds: float, targets: Callable[[Cluster], list[int]]) -> Fault:
        return Fault(
            name,
            lambda cluster: lines.slow(seconds, *targets(cluster)),
            lambda cluster: lines.slow(0),
            15,
        )

    def stop_search(*nodes: int) -> Callable[[Cluster], None]:
        return lambda cluster: [cluster.search.kill(node) for node in nodes] and None

    def start_search(*nodes: int) -> Callable[[Cluster], None]:
        def end(cluster: Cluster) -> None:
            for node in nodes:
                cluster.search.start(node, wait=False)
            cluster.search.wait()

        return end

    # Those that hurt most come first: a busy machine may have no time for all.
    made = [
        Fault("web1 killed", _kill("web1"), _start("web1"), takes_forms=True),
        *short()[1:],
        Fault("both workers killed", _kill("worker1", "worker2"), _start("worker1", "worker2"), 12),
        Fault(
            "PostgreSQL killed",
            lambda cluster: cluster.database.stop("immediate"),
            lambda cluster: cluster.database.start(),
            8,
            may_fail=True,
            from_cache=True,
        ),
        Fault("mail server away", lambda cluster: cluster.mail.stop(), lambda cluster: cluster.mail.start()),
        Fault("Elasticsearch: node 1 of 3 killed", stop_search(0), start_search(0)),
        Fault("Elasticsearch: all nodes killed", stop_search(0, 1, 2), start_search(0, 1, 2)),
        Fault(
            "object store killed", lambda cluster: cluster.store.stop(), lambda cluster: cluster.store.start()
        ),
        Fault("every waiting job doubled", _twice, _nothing, 1),
        slow("PostgreSQL slow (20 ms a piece)", 0.02, lambda cluster: [int(cluster.database.port)]),
        slow(
            "Redis slow (0.3 s a piece)", 0.3, lambda cluster: [int(cluster.processes["redis"].command[-5])]
        ),
        slow("Elasticsearch slow (2 s)", 2, lambda cluster: [node.port for node in cluster.search.nodes]),
        slow("mail server slow (5 s)", 5, lambda cluster: [cluster.mail.port]),
        slow("object store slow (2 s)", 2, lambda cluster: [cluster.store.port]),
        Fault("web2 killed", _kill("web2"), _start("web2"), takes_forms=True),
        *(Fault(f"{name} killed", _kill(name), _start(name)) for name in ("worker1", "worker2")),
        *(
            Fault(f"Elasticsearch: node {node + 1} of 3 killed", stop_search(node), start_search(node))
            for node in (1, 2)
        ),
        Fault("both web servers killed", _kill("web1", "web2"), _start("web1", "web2"), 5, may_fail=True),
    ]
    if disk is not None:
        full = Fault("disk of PostgreSQL full", _fill(disk), _empty(disk), may_fail=True, from_cache=True)
        made.insert(4, full)
    return made
