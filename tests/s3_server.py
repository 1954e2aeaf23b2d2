"""A real object store for tests, fetched once and started on loopback: S3Proxy, which keeps buckets in folders.

`with running() as server:` gives one with an empty bucket. `python -m tests.s3_server` starts one, prints the
STORAGE_URL that reaches it, and waits for Ctrl-C. It checks signatures and their times as Amazon's does.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

from tests.elasticsearch_server import Missing, free_port, until_stopped

VERSION = "3.0.0"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies"
BUCKET, KEY, SECRET = "uploads", "exchange", "correct horse: battery/staple@9"  # signs that must be quoted
READY_WITHIN = 60  # seconds; one is enough on an idle machine
POM = f"""<project><modelVersion>4.0.0</modelVersion>
<groupId>tests</groupId><artifactId>store</artifactId><version>1</version>
<dependencies><dependency>
<groupId>org.gaul</groupId><artifactId>s3proxy</artifactId><version>{VERSION}</version>
</dependency></dependencies></project>
"""
QUIET = '<configuration><root level="OFF"/></configuration>\n'


@dataclass
class Server:
    """A running store."""

    port: int
    folder: Path
    command: list[str]
    output: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def storage_url(self) -> str:
        """What a site is given as STORAGE_URL."""
        return f"s3://{KEY}:{quote(SECRET, safe='')}@127.0.0.1:{self.port}/{BUCKET}?tls=off"

    def names(self) -> list[str]:
        """All files of the bucket, as they lie there."""
        bucket = self.folder / BUCKET
        return sorted(file.relative_to(bucket).as_posix() for file in bucket.rglob("*") if file.is_file())

    def start(self) -> None:
        """With the files it had before."""
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        _wait(self)

    def stop(self) -> None:
        """At once, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def running() -> Iterator[Server]:
    """A store for as long as the block runs, with one empty bucket. Raises Missing."""
    programs, java = fetched(), shutil.which("java")
    if java is None:
        raise Missing("No java to run an object store with: on Debian, apt-get install default-jre-headless")
    with tempfile.TemporaryDirectory(prefix="exchange-s3-") as name:
        folder, port = Path(name), free_port()
        (folder / "buckets" / BUCKET).mkdir(parents=True)
        (folder / "logback.xml").write_text(QUIET)
        (folder / "properties").write_text(
            f"s3proxy.endpoint=http://127.0.0.1:{port}\ns3proxy.authorization=aws-v4\n"
            f"s3proxy.identity={KEY}\ns3proxy.credential={SECRET}\n"
            f"jclouds.provider=filesystem-nio2\njclouds.filesystem.basedir={folder}/buckets\n"
        )
        options = ["-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        options += [f"-Dlogback.configurationFile={folder}/logback.xml", "-cp", f"{programs}/*"]
        command = [java, *options, "org.gaul.s3proxy.Main", "--properties", str(folder / "properties")]
        server = Server(port, folder / "buckets", command, folder / "output")
        try:
            server.start()
            yield server
        finally:
            server.stop()


def _wait(server: Server) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if server.process is None or server.process.poll() is not None:
            told = server.output.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"The object store ended:\n{told}")
        try:
            urlopen(f"http://127.0.0.1:{server.port}/", timeout=5).close()
        except HTTPError:
            return  # it wants a signature: it is up
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"The object store was not ready in {READY_WITHIN} s")


def fetched() -> Path:
    """The folder of the store's programs, fetched with Maven when it is not in the cache. Raises Missing."""
    base = Path("/var/cache") if os.geteuid() == 0 else Path.home() / ".cache"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or base) / "capacity-exchange"
    home = cache / f"s3proxy-{VERSION}"
    if home.is_dir():
        return home
    if not shutil.which("mvn"):
        raise Missing("No mvn to fetch an object store with: on Debian, apt-get install maven")
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.is_dir():
            with tempfile.TemporaryDirectory(dir=cache) as folder:
                _fetch(Path(folder), home)
    return home


def _fetch(folder: Path, home: Path) -> None:
    (folder / "pom.xml").write_text(POM)
    command = ["mvn", "-q", "-B", COPY, "-DincludeScope=runtime", f"-DoutputDirectory={folder}/programs"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode or not list((folder / "programs").glob("s3proxy-*.jar")):
        raise Missing(f"S3Proxy {VERSION} could not be fetched with mvn: {done.stdout[-500:].strip()}")
    (folder / "programs").rename(home)


def main() -> int:
    """Starts a store and waits."""
    try:
        with running() as server:
            print(server.storage_url, flush=True)
            until_stopped(signal.pause)
    except Missing as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
