"""Every request that somebody made, and everything they were told is done."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Asked:
    """One request: when it began and ended, and how; `status` is 0 where no answer came."""

    began: float
    ended: float
    who: str
    method: str
    path: str
    status: int
    kept: bool = False  # answered from the cache of pages
    lost_words: bool = False  # a refused form that did not give back what was typed

    @property
    def failed(self) -> bool:
        """No answer, or one that says that the site cannot."""
        return self.status == 0 or self.status >= 500


@dataclass
class Ledger:
    """What clients know. `acknowledged` are (what, key, more) in the order of the answers; `tried` what they sent."""

    asked: list[Asked] = field(default_factory=list)
    acknowledged: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    tried: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def note(self, asked: Asked) -> None:
        """One request more."""
        with self.guard:
            self.asked.append(asked)

    def send(self, what: str, key: str, **more: Any) -> None:
        """Somebody is about to send this; whether it arrives is open."""
        with self.guard:
            self.tried.append((what, key, more))

    def done(self, what: str, key: str, **more: Any) -> None:
        """Somebody was told that this is done."""
        with self.guard:
            self.acknowledged.append((what, key, more))

    def surprise(self, words: str) -> None:
        """Something that no fault explains."""
        with self.guard:
            self.surprises.append(words)

    def write(self, file: Path) -> None:
        """For the audit, which is made inside the site."""
        told = {"acknowledged": self.acknowledged, "tried": self.tried}
        file.write_text(json.dumps(told), encoding="utf-8")

    def write_requests(self, file: Path) -> None:
        """For whoever wants to look at a run."""
        file.write_text("\n".join(json.dumps(asdict(each)) for each in self.asked), encoding="utf-8")


now = time.monotonic
