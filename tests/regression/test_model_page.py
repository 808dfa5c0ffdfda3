"""docs/model.md is a contract: every rule of the simulated world names the tests that hold it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
RULES = {int(number): text for number, text in re.findall(r"^## Rule (\d+)\. (.*?)(?=^## |\Z)", PAGE, re.M | re.S)}
TEST = re.compile(r"`(tests/[\w/]+\.py)::((?:\w+::)*test_\w+)`")


def names_of_tests(path: str) -> set[str]:
    """Names of the tests in a file, as pytest writes them behind the file's name; none if there is no such file."""
    if not (ROOT / path).exists():
        return set()
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    methods = {
        f"{group.name}::{node.name}"
        for group in tree.body
        if isinstance(group, ast.ClassDef)
        for node in group.body
        if isinstance(node, ast.FunctionDef)
    }
    return functions | methods


def test_the_page_has_rules_one_to_fourteen_in_order():
    """Code and tests refer to the rules by number."""
    assert list(RULES) == list(range(1, 15))


@pytest.mark.parametrize("number", RULES)
def test_each_rule_names_tests_that_exist(number):
    """A rule without a test is a wish; a name of a test that is gone is a lie."""
    _, _, held_by = RULES[number].partition("Held by:")
    named = TEST.findall(held_by)

    assert named, f"rule {number} names no test"
    assert not [f"{path}::{name}" for path, name in named if name not in names_of_tests(path)]
