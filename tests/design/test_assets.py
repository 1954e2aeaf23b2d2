"""The built assets: small, in step with their sources, written for every direction."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from foundation.design import icons
from foundation.kinds import registry

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
BUILT = FRONTEND / "static" / "exchange"
TEMPLATES = [
    file
    for folder in ("site", "learning", "directory", "mentoring", "search", "frontend/components")
    for file in (ROOT / folder).rglob("*.html")
    if "node_modules" not in file.parts
]
SOURCES = sorted((FRONTEND / "css").rglob("*.css"))
# left, width and the like as properties; not in media queries, not as the end of another word
PHYSICAL = re.compile(
    r"(?<![-\w(])(?:(?:margin|padding|border|scroll-margin)-(?:left|right|top|bottom)|left|right|top|bottom|"
    r"(?:min-|max-)?(?:width|height))\s*:"
)


def test_scripts_stay_within_20_kilobytes_even_all_together() -> None:
    assert sum(file.stat().st_size for file in BUILT.glob("*.js")) <= 20_000


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_styles_name_no_left_and_right(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.S)
    text = re.sub(r"@media[^{]+", "", text)
    assert PHYSICAL.findall(text) == []


@pytest.mark.parametrize("file", sorted(BUILT.glob("*.css")), ids=lambda file: file.name)
def test_every_style_stands_in_a_layer_whose_order_the_first_sheet_says(file: Path) -> None:
    order, css = "@layer tokens,base,parts,pages,print;", file.read_text().strip()
    assert css.startswith(order) is (file.name == "site.css")
    layers = re.findall(r"@layer (\w+)\{", css)
    assert layers
    assert set(layers) <= set(order[7:-1].split(","))
    assert layers == sorted(layers, key=order.index)
    assert outside_of_blocks(css.removeprefix(order)) == [f"@layer {layer}" for layer in layers]


def outside_of_blocks(css: str) -> list[str]:
    """What stands before each outermost brace."""
    depth, found, word = 0, [], ""
    for character in re.sub(r'"[^"]*"', '""', css):
        if character == "{":
            found += [word.strip()] if not depth else []
            depth += 1
        elif character == "}":
            depth, word = depth - 1, ""
        elif not depth:
            word += character
    return found


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_a_width_where_pages_change_is_written_once(file: Path) -> None:
    text = re.sub(r"@custom-media[^;]+;", "", file.read_text())
    assert re.findall(r"@(?:media|container)[^{]*width[^{]*", text) == []


def test_scripts_know_the_widths_by_name() -> None:
    scripts = " ".join(file.read_text() for file in (FRONTEND / "js").rglob("*.js"))
    assert "BREAKPOINTS." in scripts
    assert re.findall(r"(?:min|max)-width", scripts) == []


def test_every_icon_that_a_template_names_exists() -> None:
    known = icons.names()
    missing = {
        (str(file.relative_to(ROOT)), name)
        for file in TEMPLATES
        for name in re.findall(r"""\{%\s*icon\s+["']([^"']+)["']""", file.read_text())
        if name not in known
    }
    assert missing == set()


def test_every_kind_has_an_icon() -> None:
    assert {kind.icon for kind in registry.all_kinds()} <= set(icons.names())


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(icons.UnknownIcon, match="unheard-of"):
        icons.icon("unheard-of")


def test_no_template_carries_inline_style_or_script() -> None:
    inline = re.compile(
        r"""<script(?![^>]*\bsrc=)[^>]*>|\sstyle=["']|\son(?:click|change|submit|load)=["']"""
    )
    mail = re.compile(
        r"mail|admin|wagtail|\.txt"
    )  # e-mails have no style sheets; the admin has its own policy
    guilty = {
        str(file.relative_to(ROOT))
        for file in TEMPLATES
        if not mail.search(str(file.relative_to(ROOT))) and inline.search(file.read_text())
    }
    assert guilty == set()


@pytest.mark.skipif(
    not shutil.which("node") or not (FRONTEND / "node_modules").is_dir(),
    reason="Needs Node and frontend/node_modules: npm --prefix frontend ci",
)
def test_the_committed_assets_are_what_the_sources_build(tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs"], cwd=FRONTEND, env={**os.environ, "OUT": str(tmp_path)}, check=True)
    names = sorted(file.name for file in BUILT.iterdir())
    assert names == sorted(file.name for file in tmp_path.iterdir())
    same, changed, failed = filecmp.cmpfiles(BUILT, tmp_path, names, shallow=False)
    assert (changed, failed) == ([], []), "Run npm --prefix frontend run build and commit frontend/static."
    assert same == names
