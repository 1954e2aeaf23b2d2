"""Where the styles, templates and code of this checkout are."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("site", "learning", "directory", "mentoring", "search")
STYLES = ("frontend/css",)
TEMPLATES = (*ROOMS, "frontend/components")
NOT_OURS = {"node_modules", "static", ".venv", "__pycache__"}


def files(folders: tuple[str, ...], ending: str) -> list[Path]:
    """The files of an ending below these folders, in order, without those that are made or another package's."""
    return sorted(
        file
        for folder in folders
        for file in (ROOT / folder).rglob(f"*.{ending}")
        if not NOT_OURS & set(file.relative_to(ROOT).parts)
    )
