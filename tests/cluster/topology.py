"""PostgreSQL, Redis, Elasticsearch, an object store, a mail server, two web servers, two workers, and Caddy before them:
the services of compose.yaml on loopback, started by its own command lines. `with running() as cluster:` gives one whose
site is set up and answers at `cluster.url`.

`python -m tests.cluster` starts one, prints its address and waits for Ctrl-C.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests import elasticsearch_server, postgres_server, s3_server
from tests.cluster import recipe
from tests.cluster.processes import Process, alive, listens
from tests.elasticsearch_server import Missing, free_port
from tests.mail_servers import Taking, mail_server

ROOT = recipe.ROOT
ADMIN = "me@exchange.example"
Lines = Callable[[int], int]  # the port of a part, and that by which the site reaches it


class Mail:
    """The mail server: takes everything, and can go away and come back."""

    def __init__(self) -> None:
        self.port = free_port()
        self._stack = ExitStack()
        self.before: list[Any] = []
        self.server: Any = None
        self.start()

    def start(self) -> None:
        """Listens again."""
        self.server = self._stack.enter_context(mail_server(Taking, self.port))
        self.server.go_on.set()

    def stop(self) -> None:
        """Nobody listens any more."""
        self.before += self.server.mails
        self._stack.close()
        self._stack = ExitStack()
        self.server = None

    @property
    def mails(self) -> list[Any]:
        """All that were taken, also before it went away."""
        return [*self.before, *(self.server.mails if self.server else [])]


@dataclass
class Cluster:
    """All parts by name, and where readers find the site."""

    folder: Path
    port: int
    files_port: int
    values: dict[str, str]
    hosts: dict[str, str]
    search: elasticsearch_server.Server
    database: postgres_server.Server
    store: s3_server.Server
    mail: Mail
    processes: dict[str, Process] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """Name and port of the site."""
        return f"localhost:{self.port}"

    @property
    def url(self) -> str:
        """The address of the site."""
        return f"https://{self.host}"

    def environment(self, service: str, name: str = "") -> dict[str, str]:
        """The variables of a service: those of the image, those of compose.yaml, and a DATA_DIR of its own."""
        kept = {key: os.environ[key] for key in ("PATH", "LANG", "PYTHONPYCACHEPREFIX") if key in os.environ}
        data = self.folder / "data" / (name or service)
        data.mkdir(parents=True, exist_ok=True)
        image = {
            "HOME": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "exchange.settings.production",
            "STATIC_ROOT": str(self.folder / "static"),
            "DATA_DIR": str(data),
            "PYTHONUNBUFFERED": "1",
        }
        return {**kept, **image, **recipe.environment(service, self.values, self.hosts)}

    def manage(self, *arguments: str, code: str = "") -> str:
        """What a command of the site prints, run as `docker compose run --rm setup` does. It has to end well."""
        command = [sys.executable, "-W", "ignore", "manage.py", *arguments]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment("setup"),
            input=code,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        if done.returncode:
            raise RuntimeError(
                f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        return done.stdout

    def start_site(self) -> None:
        """Web servers, workers and the proxy before them, as many as compose.yaml says."""
        webs, workers = (
            recipe.compose()["services"][name]["deploy"]["replicas"] for name in ("web", "worker")
        )
        ports = [free_port() for _web in range(webs)]
        for number, port in enumerate(ports, 1):
            self._add(f"web{number}", "web", {"BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "1"}, alive(port))
        for number in range(1, workers + 1):
            self._add(f"worker{number}", "worker", {}, lambda: True)
        upstreams = " ".join(f"127.0.0.1:{port}" for port in ports)
        environment = {
            **os.environ,
            "HOME": str(self.folder),
            "XDG_DATA_HOME": str(self.folder / "caddy"),
            "HTTP_PORT": str(free_port()),
            **recipe.environment("proxy", self.values, {**self.hosts, "web:8000": upstreams}),
        }
        command = ["caddy", "run", "--config", str(recipe.FOLDER / "Caddyfile"), "--adapter", "caddyfile"]
        log = self.folder / "proxy.log"
        self.processes["proxy"] = Process("proxy", command, environment, log, listens(self.port))
        fresh = [process for process in self.processes.values() if process.child is None]
        for process in fresh:
            process.start(wait=False)
        for process in fresh:
            process.wait()

    def _add(self, name: str, service: str, more: dict[str, str], ready: Any) -> None:
        command = [sys.executable, *recipe.command(service)[1:]]
        environment = {**self.environment(service, name), **more}
        log = self.folder / f"{name}.log"
        self.processes[name] = Process(name, command, environment, log, ready)


@contextmanager
def running(nodes: int = 1, *, lines: Lines | None = None, disk: Path | None = None) -> Iterator[Cluster]:
    """The whole of it for as long as the block runs. `nodes` is the number of Elasticsearch's, `lines` are told how the
    site reaches a part, and `disk` is a folder for PostgreSQL, which then writes to it what it acknowledges.
    Raises Missing."""
    for program in ("redis-server", "caddy"):
        if not shutil.which(program):
            raise Missing(f"No {program}: on Debian, apt-get install {program}")
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="exchange-cluster-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        search = stack.enter_context(elasticsearch_server.running(nodes, quick=True))
        store = stack.enter_context(s3_server.running())
        try:
            database = stack.enter_context(postgres_server.running(str(free_port()), disk))
        except postgres_server.Missing as reason:
            raise Missing(str(reason)) from reason
        mail = Mail()
        stack.callback(mail.stop)
        line = lines or (lambda port: port)
        cache, port, files_port = free_port(), free_port(), free_port()
        values = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SITE_NAME": "Wiki Skills",
            "SITE_HOST": f"localhost:{port}",
            "FILES_HOST": f"localhost:{files_port}",
            "DATABASE_PASSWORD": secrets.token_hex(8),
            "STORAGE_SECRET": quote(s3_server.SECRET, safe=""),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(line(mail.port)),
            "DEFAULT_FROM_EMAIL": "no-reply@exchange.example",
        }
        hosts = {
            "database:5432/exchange": f"127.0.0.1:{line(int(database.port))}/postgres",
            "cache:6379": f"127.0.0.1:{line(cache)}",
            "search:9200": ",".join(f"127.0.0.1:{line(node.port)}" for node in search.nodes),
            "store:80": f"127.0.0.1:{line(store.port)}",
        }
        cluster = Cluster(folder, port, files_port, values, hosts, search, database, store, mail)
        redis = [*recipe.command("cache"), "--port", str(cache), "--bind", "127.0.0.1", "--dir", str(folder)]
        environment = {"PATH": os.environ["PATH"]}
        cluster.processes["redis"] = Process(
            "redis", redis, environment, folder / "redis.log", listens(cache)
        )
        stack.callback(_end, cluster)
        cluster.processes["redis"].start()
        _build(cluster)
        _set_up(cluster)
        cluster.start_site()
        yield cluster


def _build(cluster: Cluster) -> None:
    """What the Dockerfile does when an image is made."""
    script = [str(recipe.FOLDER / "build.sh"), sys.executable]
    done = subprocess.run(
        script, env=cluster.environment("setup"), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"The image cannot be made:\n{done.stdout}{done.stderr}")


def _set_up(cluster: Cluster) -> None:
    """The first content. Set CLUSTER_KEPT to a file to keep the migrated database between runs while writing tests."""
    kept = Path(os.environ.get("CLUSTER_KEPT") or cluster.folder / "none")
    if kept.exists():
        cluster.database.client("psql", "-q", "-f", str(kept))
    cluster.manage("set_up_site", "--name", "Wiki Skills", "--languages", "en,ar", "--admin", ADMIN)
    if os.environ.get("CLUSTER_KEPT") and not kept.exists():
        cluster.database.client("pg_dump", "-f", str(kept))


def _end(cluster: Cluster) -> None:
    for process in reversed(cluster.processes.values()):
        process.kill()


def source(number: int) -> str:
    """An address of loopback for a reader, since tries are counted by address."""
    return socket.inet_ntoa((127 << 24 | 1 << 16 | number + 1).to_bytes(4, "big"))
