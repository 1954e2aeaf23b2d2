"""Lines between the site and its parts that can be made slow. Runs as a process of its own:
`python -m tests.faults.slow FILE PORT:TARGET …`. FILE holds, by target port, the seconds that each piece waits."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from pathlib import Path

LOOK_EVERY = 0.1  # seconds


class Lines:
    """All of them, and how slow each is now."""

    def __init__(self, file: Path) -> None:
        self.file, self.delays = file, {}

    async def watch(self) -> None:
        """Reads the file again and again."""
        while True:
            with contextlib.suppress(OSError, ValueError):
                self.delays = json.loads(self.file.read_text())
            await asyncio.sleep(LOOK_EVERY)

    async def serve(self, port: int, target: int) -> None:
        """One line."""

        async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                there, back = await asyncio.open_connection("127.0.0.1", target)
            except OSError:
                writer.transport.abort()
                return
            await asyncio.gather(self._pass(reader, back, target), self._pass(there, writer, target))

        server = await asyncio.start_server(joined, "127.0.0.1", port)
        await server.serve_forever()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, target: int) -> None:
        try:
            while piece := await reader.read(65536):
                if delay := self.delays.get(str(target)):
                    await asyncio.sleep(delay)
                writer.write(piece)
                await writer.drain()
        except OSError:
            pass
        finally:
            with contextlib.suppress(OSError):
                writer.close()


async def main(file: str, *pairs: str) -> None:
    """Until it is killed."""
    lines = Lines(Path(file))
    ports = [tuple(map(int, pair.split(":"))) for pair in pairs]
    await asyncio.gather(lines.watch(), *(lines.serve(port, target) for port, target in ports))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
