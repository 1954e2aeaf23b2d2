"""A real Elasticsearch for tests and measurements, fetched once and started on loopback.

`with running() as server:` gives one node, `running(nodes=3)` a cluster whose nodes can be killed and started
again. `python -m tests.elasticsearch_server` starts one, prints its address and waits for Ctrl-C; put that
address into TEST_ELASTICSEARCH_URL and pytest uses it instead of starting its own.

The server is Elastic's build for integration tests, from Maven Central: the real thing without its optional
modules, so that what passes here works on every Elasticsearch of that version, hosted or not.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

VERSION = "9.5.0"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy"
OLDEST_JAVA = 21
AS_ROOT = os.geteuid() == 0
READY_WITHIN = 300  # seconds; nine are enough on an idle machine, a minute on a busy one
USER, PASSWORD = "exchange", "correct horse: battery/staple@9"  # signs that must be quoted in an address
CARETAKER = "caretaker"  # asks how the server is, which USER may not
# What docs/operate/README.md tells to give the site's account, and no more.
ROLES = "site:\n  indices:\n    - names: ['site-*']\n      privileges: ['all']\n"


class Missing(Exception):
    """What the server needs is not on this machine; the text says what."""


@dataclass
class Node:
    """One node: its folder, its ports, and its process while it runs."""

    name: str
    folder: Path
    port: int
    transport: int
    process: subprocess.Popen[bytes] | None = None


@dataclass
class Server:
    """A running node or cluster."""

    nodes: list[Node]
    home: Path
    java: Path
    heap: str
    quick: bool
    settings: dict[str, str]
    ca: Path | None = None
    user: str = ""
    password: str = ""
    hosts: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.hosts = [f"127.0.0.1:{node.port}" for node in self.nodes]

    @property
    def urls(self) -> list[str]:
        """The address of every node."""
        return [f"{'https' if self.ca else 'http'}://{host}" for host in self.hosts]

    @property
    def url(self) -> str:
        """The address of the first node."""
        return self.urls[0]

    def kill(self, node: int) -> None:
        """End a node at once, as a power cut would."""
        process = self.nodes[node].process
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self.nodes[node].process = None

    def start(self, node: int, *, wait: bool = True) -> None:
        """Start a node, with the data it had before."""
        one = self.nodes[node]
        settings = {
            **self.settings,
            "node.name": one.name,
            "http.port": str(one.port),
            "transport.port": str(one.transport),
            "path.data": str(one.folder / "data"),
            "path.logs": str(one.folder / "logs"),
        }
        command = [str(self.home / "bin" / "elasticsearch")]
        command += [f"-E{name}={value}" for name, value in settings.items()]
        with (one.folder / "output").open("ab") as output:
            one.process = subprocess.Popen(
                command,
                env=environment(one, self.java, self.heap, quick=self.quick),
                cwd=one.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **identity(),
            )
        if wait:
            self.wait()

    def wait(self) -> None:
        """Return when every running node has joined and all shards are there. Raises RuntimeError."""
        alive = [node for node in self.nodes if node.process is not None]
        path = f"/_cluster/health?wait_for_nodes={len(alive)}&wait_for_status=green&timeout=5s"
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            for node in alive:
                if node.process is not None and node.process.poll() is not None:
                    raise RuntimeError(f"Elasticsearch ended:\n{self.output(node)}")
            with contextlib.suppress(OSError):
                if not json.loads(self.get(path, node=self.nodes.index(alive[0])))["timed_out"]:
                    return
            time.sleep(0.2)
        raise RuntimeError(f"Elasticsearch was not ready in {READY_WITHIN} s:\n{self.output(alive[0])}")

    def get(self, path: str, *, node: int = 0, method: str = "GET") -> bytes:
        """Ask a node without any client."""
        request = urllib.request.Request(self.urls[node] + path, method=method)  # noqa: S310  our own address
        if self.user:
            token = base64.b64encode(f"{CARETAKER}:{self.password}".encode()).decode()
            request.add_header("Authorization", f"Basic {token}")
        context = ssl.create_default_context(cafile=str(self.ca)) if self.ca else None
        with urllib.request.urlopen(request, timeout=10, context=context) as answer:  # noqa: S310
            return bytes(answer.read())

    @staticmethod
    def output(node: Node) -> str:
        """The last lines a node printed."""
        return "\n".join((node.folder / "output").read_text(errors="replace").splitlines()[-30:])


@contextmanager
def running(
    nodes: int = 1, *, security: bool = False, tls: bool = False, heap: str = "320m", quick: bool = False
) -> Iterator[Server]:
    """A server for as long as the block runs, empty at first. Raises Missing.

    With `security` it lets nobody in but USER with PASSWORD, who may use the indices site-* only; with `tls`
    as well, it speaks HTTPS with a certificate of the authority in `Server.ca`. `heap` is the memory of each
    node's Java. `quick` starts in half the time and answers slower later on: for tests, not for measurements.
    """
    java, home = find_java(), fetched()
    folder = Path(tempfile.mkdtemp(prefix="exchange-es-"))
    folder.chmod(0o755)
    try:
        made = [_node(folder, home, f"node{number}") for number in range(1, nodes + 1)]
        server = Server(made, home, java, heap, quick, _settings(made))
        if security:
            _secure(server)
        if tls:
            _encrypt(server, folder)
        _own(folder)
        try:
            for number in range(nodes):
                server.start(number, wait=False)
            server.wait()
            yield server
        finally:
            for number in range(nodes):
                server.kill(number)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_java() -> Path:
    """The home of a Java 21 or later. Raises Missing."""
    candidates = [Path(os.environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    candidates += sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    for home in candidates:
        if (home / "bin" / "java").exists() and java_version(home) >= OLDEST_JAVA:
            return home
    raise Missing(
        f"No Java {OLDEST_JAVA} or later for Elasticsearch: install one below /usr/lib/jvm, or set ES_JAVA_HOME"
    )


def java_version(home: Path) -> int:
    """The major version of a Java, 0 where it does not say."""
    try:
        lines = (home / "release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    for line in lines:
        name, _, value = line.partition("=")
        if name == "JAVA_VERSION":
            first = value.strip('"').split(".")[0].split("-")[0].split("+")[0]
            return int(first) if first.isdigit() else 0
    return 0


def fetched() -> Path:
    """The folder of the server's programs, fetched with Maven when it is not in the cache. Raises Missing."""
    # Elasticsearch refuses to run as root, and nobody else can read root's own folder.
    base = Path("/var/cache") if AS_ROOT else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    cache = base / "capacity-exchange"
    home = cache / f"elasticsearch-{VERSION}"
    if home.is_dir():
        return home
    if not shutil.which("mvn"):
        raise Missing("No mvn to fetch Elasticsearch with: on Debian, apt-get install maven")
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.is_dir():
            with tempfile.TemporaryDirectory(dir=cache) as folder:
                _fetch(Path(folder), home)
    return home


def _fetch(folder: Path, home: Path) -> None:
    command = ["mvn", "-q", "-B", COPY, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    archives = list(folder.glob("*.zip"))
    if done.returncode or not archives:
        raise Missing(f"Elasticsearch {VERSION} could not be fetched with mvn: {done.stdout[-500:].strip()}")
    with zipfile.ZipFile(archives[0]) as archive:
        archive.extractall(folder)
    unpacked = folder / home.name
    subprocess.run(["chmod", "-R", "a+rX", unpacked], check=True)
    for program in (unpacked / "bin").iterdir():
        program.chmod(0o755)
    unpacked.rename(home)


def identity() -> dict[str, object]:
    """Whom the server runs as: nobody where we are root."""
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if AS_ROOT else {}


def environment(node: Node, java: Path, heap: str, *, quick: bool) -> dict[str, str]:
    """The environment of a node's programs."""
    # Most of a start is spent compiling what runs only once.
    compiler = "-XX:TieredStopAtLevel=1"
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(node.folder),
        "ES_JAVA_HOME": str(java),
        "ES_PATH_CONF": str(node.folder / "config"),
        "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap} {compiler if quick else ''}",
        "CLI_JAVA_OPTS": compiler,
        "ES_TMPDIR": str(node.folder / "tmp"),
    }


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _node(folder: Path, home: Path, name: str) -> Node:
    own = folder / name
    for part in ("data", "logs", "tmp"):
        (own / part).mkdir(parents=True)
    shutil.copytree(home / "config", own / "config")
    return Node(name, own, free_port(), free_port())


def _settings(nodes: list[Node]) -> dict[str, str]:
    found = {
        "cluster.name": f"exchange-tests-{nodes[0].port}",
        "network.host": "127.0.0.1",
        "xpack.security.enabled": "false",
        "xpack.ml.enabled": "false",
        # A machine with a full disk is no reason for an index of a few kilobytes to be read-only.
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }
    if len(nodes) == 1:
        return found | {"discovery.type": "single-node"}
    return found | {
        "discovery.seed_hosts": ",".join(f"127.0.0.1:{node.transport}" for node in nodes),
        "cluster.initial_master_nodes": ",".join(node.name for node in nodes),
    }


def _secure(server: Server) -> None:
    """Ask for a password, and let one account in."""
    server.settings["xpack.security.enabled"] = "true"
    server.user, server.password = USER, PASSWORD
    for node in server.nodes:
        (node.folder / "config" / "roles.yml").write_text(ROLES)
        _own(node.folder)
        for user, role in ((USER, "site"), (CARETAKER, "superuser")):
            program = str(server.home / "bin" / "elasticsearch-users")
            subprocess.run(
                [program, "useradd", user, "-p", PASSWORD, "-r", role],
                env=environment(node, server.java, "64m", quick=True),
                cwd=node.folder,
                check=True,
                capture_output=True,
                **identity(),
            )


def _encrypt(server: Server, folder: Path) -> None:
    """An authority of our own, and a certificate of it for every node."""
    openssl = shutil.which("openssl")
    if not openssl:
        raise Missing("No openssl to make a certificate with: on Debian, apt-get install openssl")

    def run(*words: str) -> None:
        subprocess.run([openssl, *words], cwd=folder, check=True, capture_output=True)

    fresh = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")
    run(*fresh, "-subj", "/CN=Test authority", "-keyout", "ca.key", "-out", "ca.pem")
    authority = ("-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "basicConstraints=critical,CA:FALSE")
    names = ("-subj", "/CN=node", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost")
    run(*fresh, *authority, *names, "-keyout", "node.key", "-out", "node.pem")
    for node in server.nodes:
        for name in ("node.key", "node.pem"):
            shutil.copy(folder / name, node.folder / "config" / name)
    server.settings |= {
        "xpack.security.http.ssl.enabled": "true",
        "xpack.security.http.ssl.key": "node.key",
        "xpack.security.http.ssl.certificate": "node.pem",
    }
    server.ca = folder / "ca.pem"


def _own(folder: Path) -> None:
    if AS_ROOT:
        subprocess.run(["chown", "-R", "nobody:nogroup", folder], check=True)


def main(arguments: list[str]) -> int:
    """Starts a server and waits; `--find` only says whether that would be possible."""
    try:
        if "--find" in arguments:
            print(f"Java: {find_java()}")
            return 0
        nodes = int(arguments[0]) if arguments else 1
        with running(nodes, quick=True) as server:
            print(server.url if nodes == 1 else " ".join(server.urls), flush=True)
            until_stopped(signal.pause)
    except Missing as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


def until_stopped(wait: Callable[[], None]) -> None:
    """Waits in this way; a signal to end lets the blocks around it end what they have started."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
