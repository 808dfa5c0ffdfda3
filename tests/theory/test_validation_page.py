"""The page docs/validation.md is that of the present cases."""

from __future__ import annotations

from pathlib import Path

from tests.theory import test_agreement
from tests.theory.cases import CASES, FAMILY
from tests.theory.table import TEST, approximate_row, approximated, cases, described, exact_row, id_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
EXACT, APPROXIMATE = (part.splitlines() for part in PAGE.split("## Approximations"))
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in EXACT if TEST in line]


def test_every_test_on_the_page_exists_and_every_case_is_on_the_page():
    assert {row[-1].strip("`") for row in ROWS} == {id_of(case) for case in CASES}
    file, name = TEST.split("::")
    assert (ROOT / file).is_file()
    assert hasattr(test_agreement, name)


def test_exact_values_on_the_page_are_those_of_the_cases():
    """Whoever changes a case makes the page again: python -m tests.theory.table > docs/validation.md"""
    simulated = {(row[1], row[2]): row[4] for row in ROWS}
    present = [
        exact_row(technique, case, claim, simulated.get((case.name, described(claim)), "missing")).strip()
        for technique, case in cases()
        for claim in case.exact()
    ]
    assert [line for line in EXACT if TEST in line] == present


def test_errors_of_approximations_on_the_page_are_present():
    present = [approximate_row(case, name, claim, says) for case in CASES for name, claim, says in approximated(case)]
    found = [line for line in APPROXIMATE if line.startswith("| `")]
    assert [line.rsplit("|", maxsplit=2)[0] + "|" for line in found] == present


def test_the_family_is_no_larger_than_it_is_judged():
    assert sum(len(case.exact()) for case in CASES) <= FAMILY


def test_chance_explains_what_lies_outside():
    """At 99.9 %, more than 3 of 285 would be no chance (2 in 10,000)."""
    assert sum(row[4].endswith("outside") for row in ROWS) <= 3
