"""Ends well where an address answers 200: for the health checks of containers that have no curl."""

import sys
import urllib.request


def main(address: str) -> int:
    """Asks past any proxy, and waits for three seconds at most."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=3) as answer:
            return 0 if answer.status == 200 else 1
    except OSError as error:
        print(f"{address}: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
