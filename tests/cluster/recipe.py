"""What compose.yaml says: the command and the variables of each of its services, with values in their places."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "operate" / "many-machines"
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[?-])(?P<word>[^}]*))?\}")


@cache
def compose() -> dict[str, Any]:
    """The whole file."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return found


def command(service: str) -> list[str]:
    """The command line of a service."""
    return list(compose()["services"][service]["command"])


def environment(service: str, values: dict[str, str], hosts: dict[str, str]) -> dict[str, str]:
    """The variables of a service. `values` stand for what `.env` holds, `hosts` for the places ("database:5432") that
    containers know each other by."""
    given = compose()["services"][service]["environment"]
    return {name: _placed(_filled(str(value), values), hosts) for name, value in given.items()}


def _filled(text: str, values: dict[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        name = found["name"]
        if values.get(name):
            return values[name]
        if found["kind"] == "-":
            return found["word"]
        raise KeyError(f"{name} has no value")

    return VARIABLE.sub(value, text)


def _placed(text: str, hosts: dict[str, str]) -> str:
    for place, where in hosts.items():
        text = re.sub(rf"(?<![\w.-]){re.escape(place)}(?!\w)", where, text)
    return text
