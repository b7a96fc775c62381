"""A sample of the mutation check, `python -m tests.mutation`, and that the check itself can fail."""

import ast
import json
import random
from pathlib import Path

import pytest
from attrs import evolve

from tests.mutation import KNOWN, ROOT, Laboratory, Mutant, find_mutants

SAMPLE = 3
MUTANTS = find_mutants()
UNNOTICED = json.loads(KNOWN.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Laboratory:
    return Laboratory(tmp_path_factory.mktemp("mutation") / "copy", None)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutant_is_another_module_that_can_be_read(mutant: Mutant) -> None:
    source = (ROOT / "quotesmith" / mutant.path).read_text(encoding="utf-8")
    changed = source[: mutant.start] + mutant.text + source[mutant.end :]
    assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(source))


def test_each_threshold_and_each_repair_has_a_mutant() -> None:
    rooms = {mutant.path: mutant.room for mutant in MUTANTS}
    assert set(rooms.values()) == {"extraction", "speakers"}
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)


def test_what_nothing_notices_is_still_there_and_has_a_reason() -> None:
    assert set(UNNOTICED) <= {mutant.name for mutant in MUTANTS}
    assert all(reason.strip() for reason in UNNOTICED.values())


@pytest.mark.parametrize(
    "mutant",
    random.Random(1).sample([mutant for mutant in MUTANTS if mutant.name not in UNNOTICED], SAMPLE),
    ids=lambda mutant: mutant.name,
)
def test_change_is_noticed(laboratory: Laboratory, mutant: Mutant) -> None:
    assert laboratory.is_noticed(mutant)


def test_what_changes_nothing_is_not_noticed(laboratory: Laboratory) -> None:
    source = Path(ROOT / "quotesmith" / MUTANTS[0].path).read_text(encoding="utf-8")
    same = evolve(MUTANTS[0], text=source[MUTANTS[0].start : MUTANTS[0].end])
    assert not laboratory.is_noticed(same)
