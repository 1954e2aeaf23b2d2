"""The first start costs what it may, with everything that it shows."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench.first_start import GOAL, WHOLE, measured


@pytest.mark.skipif(sys.platform != "linux", reason="reads what processes spend from /proc")
def test_the_first_start_stays_within_its_processor_time(tmp_path: Path) -> None:
    spent, floor = measured(tmp_path)
    assert spent[WHOLE] <= GOAL * floor, spent
    assert (tmp_path / "db.sqlite3").stat().st_size > 3_000_000
    assert any((tmp_path / "index").iterdir())
