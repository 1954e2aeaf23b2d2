"""Starts a cluster and waits."""

from __future__ import annotations

import signal
import sys

from tests.cluster.topology import running
from tests.elasticsearch_server import Missing, until_stopped


def main() -> int:
    """Prints the address, whose certificate is its own, and a file with the variables that a command of the site needs."""
    try:
        with running() as cluster:
            environment = cluster.folder / "setup.env"
            environment.write_text("".join(f"{k}={v}\n" for k, v in cluster.environment("setup").items()))
            print(cluster.url, environment, flush=True)
            until_stopped(signal.pause)
    except Missing as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
