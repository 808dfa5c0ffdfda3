"""The page docs/validation.md is that of the present cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.theory import test_agreement
from tests.theory.cases import CASES, FAMILY
from tests.theory.table import TEST, approximate_row, approximated, cases, described, exact_row, id_of
from tests.theory.test_agreement import quick_or_slow

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
EXACT, APPROXIMATE = (part.splitlines() for part in PAGE.split("## Approximations"))
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in EXACT if TEST in line]


def test_every_test_on_the_page_exists_and_every_case_is_on_the_page():
    assert {row[-1].strip("`") for row in ROWS} == {id_of(case) for case in CASES}
    file, name = TEST.split("::")
    assert (ROOT / file).is_file()
    assert hasattr(test_agreement, name)


@pytest.mark.parametrize(("technique", "case"), [quick_or_slow(case, technique, case) for technique, case in cases()])
def test_values_on_the_page_are_those_of_the_case(technique, case):
    """Whoever changes a case makes the page again: python -m tests.theory.table > docs/validation.md"""
    simulated = {row[2]: row[4] for row in ROWS if row[1] == case.name}
    present = [
        exact_row(technique, case, claim, simulated.get(described(claim), "missing")).strip() for claim in case.exact()
    ]
    assert [line for line in EXACT if f"`{id_of(case)}`" in line] == present
    found = [line.rsplit("|", maxsplit=2)[0] + "|" for line in APPROXIMATE if f"| {case.name} |" in line]
    assert found == [approximate_row(case, name, claim, says) for name, claim, says in approximated(case)]


def test_the_family_is_as_large_as_it_is_judged():
    assert 0.9 * FAMILY < len(ROWS) <= FAMILY


def test_chance_explains_what_lies_outside():
    """At 99.9 %, more than 3 of 312 would be no chance (3 in 10,000)."""
    assert sum(row[4].endswith("outside") for row in ROWS) <= 3
