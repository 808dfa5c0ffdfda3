"""docs/money.md is a contract, as docs/model.md is: every rule of the money names the tests that hold it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.regression.test_model_page import TEST, names_of_tests

PAGE = (Path(__file__).parents[2] / "docs" / "money.md").read_text(encoding="utf-8")
NAMED = sorted(set(TEST.findall(PAGE)))


def test_the_page_names_tests():
    """Not in another spelling that nobody would check."""
    assert len(NAMED) == PAGE.count("::test_") > 0


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_each_test_of_the_page_is_there(path, name):
    """A name of a test that is gone is a lie."""
    assert name in names_of_tests(path)
