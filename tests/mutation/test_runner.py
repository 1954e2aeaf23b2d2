"""The runner on a rule whose border is tested and one whose is not."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest

from tests.mutation.mutants import drawn, mutants_of, shortened
from tests.mutation.rooms import PLANTED, ROOMS, ROOT


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.mutation", "--room", "planted", "--survivors", "--folder"]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "TEST_"))
    }
    folder = tmp_path_factory.mktemp("mutation")
    return subprocess.run(
        [*command, str(folder)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_a_fault_at_a_border_that_is_tested_is_noticed(run: subprocess.CompletedProcess[str]):
    assert "may_vote" not in run.stdout, run.stdout + run.stderr
    assert run.stdout.splitlines()[-7].split() == ["all", "4", "2", "0", "2", "0", "50.0", "%"]


def test_a_fault_that_no_test_notices_is_named_with_its_change(run: subprocess.CompletedProcess[str]):
    assert "tests/mutation/planted/rules.py  may_stand" in run.stdout
    assert "- return age >= 21\n    + return age > 21" in run.stdout


def test_a_run_that_leaves_too_much_unnoticed_ends_with_an_error(run: subprocess.CompletedProcess[str]):
    assert run.returncode == 1


def test_a_seed_draws_the_same_mutants_each_time_and_each_seed_its_own():
    all_of_them = list(mutants_of(PLANTED))
    orders = {seed: [mutant.key for mutant in drawn(all_of_them, seed, 4)] for seed in range(5)}
    assert orders[1] == [mutant.key for mutant in drawn(reversed(all_of_them), 1, 4)]
    assert len({*map(tuple, orders.values())}) > 1


def test_a_larger_draw_holds_the_smaller():
    two, three = (drawn(mutants_of(PLANTED), 1, count) for count in (2, 3))
    assert three[:2] == two


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_all_code_of_a_room_and_its_tests_are_there(room):
    assert list(room.files())
    assert (ROOT / room.tests).is_dir()


@pytest.mark.parametrize("entry", [entry for room in ROOMS for entry in room.code if ":" in entry])
def test_functions_that_are_named_are_there(entry):
    file, _colon, names = entry.partition(":")
    tree = ast.parse((ROOT / file).read_text())
    found = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
    for owner in (each for each in tree.body if isinstance(each, ast.ClassDef)):
        found |= {f"{owner.name}.{each.name}" for each in owner.body if isinstance(each, ast.FunctionDef)}
    assert {*names.split()} <= found


def test_a_change_is_shown_with_little_around_it():
    before = "one two three four five six seven eight nine ten eleven twelve"
    assert shortened(f"{before} thirteen", f"{before} 13") == (
        "… ight nine ten eleven twelve thirteen",
        "… ight nine ten eleven twelve 13",
    )
