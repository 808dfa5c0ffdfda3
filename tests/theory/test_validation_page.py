"""The page docs/validation.md is that of the present cases."""

from __future__ import annotations

from pathlib import Path

from tests.theory import test_agreement
from tests.theory.table import TEST, cases, described, id_of

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"


def rows() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if TEST in line]


def test_every_test_on_the_page_exists_and_every_case_is_on_the_page():
    collected = {id_of(case) for case in test_agreement.CASES}
    assert {row[-1].strip("`") for row in rows()} == collected
    assert {case.name for _, case in cases()} == {case.name for case in test_agreement.CASES}
    file, name = TEST.split("::")
    assert (PAGE.parents[1] / file).is_file()
    assert hasattr(test_agreement, name)


def test_exact_values_on_the_page_are_those_of_the_cases():
    """Whoever changes a case makes the page again: python -m tests.theory.table > docs/validation.md"""
    present = {
        (case.name, described(claim), f"{exact:.5g}") for _, case in cases() for claim, exact in case.exact().items()
    }
    assert {(row[1], row[2], row[3]) for row in rows()} == present


def test_chance_explains_what_lies_outside():
    """At 99.9 %, more than 3 of about 200 would be no chance (1 in 1,000)."""
    assert sum(row[4].endswith("outside") for row in rows()) <= 3
