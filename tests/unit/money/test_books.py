"""Books as they travel: the same keys are one object, whoever wrote them and wherever."""

from __future__ import annotations

import pickle
from dataclasses import fields
from fractions import Fraction

import numpy as np
import pytest

from ccsim.errors import SimulationError
from ccsim.money.books import Books, books
from ccsim.money.ledger import CLIENT, Line, Writer
from ccsim.money.scores import Score, Scores
from ccsim.results.stacked import Stacked
from tests.written_logs import small_plan, written_log


def ledger(amount, item="contacts"):
    writer = Writer("USD")
    for month in range(3):
        writer.line(
            Line(CLIENT, "acme", "care", item, "", month, "USD"), Fraction(amount), Fraction("1.5"), Fraction(1)
        )
    return writer.ledger()


def scores(value):
    keys = tuple(Score("care", "phone", month, -1) for month in range(3))
    column = np.full(3, value)
    return Scores(keys, *(column,) * (len(fields(Scores)) - 1))


def test_keys_of_all_replications_are_one_object():
    """A thousand replications of a thousand lines would fill the memory with names."""
    one, two = ledger(1), ledger(2)
    assert one.lines is two.lines
    home = pickle.loads(pickle.dumps([Books(one, scores(1)), Books(two, scores(2))]))
    assert home[0].ledger.lines is one.lines
    assert home[0].scores.keys is home[1].scores.keys
    assert home[1].ledger.invoiced.tolist() == [300, 300, 300]


def test_books_of_replications_stack_and_those_of_others_do_not():
    stacked = Stacked.of([Books(ledger(1), scores(1)), Books(ledger(2), scores(0))])
    assert stacked.amount.tolist() == [[150, 150, 150], [300, 300, 300]]
    assert len(stacked.scores) == 2
    assert Stacked.of([]) is None
    with pytest.raises(SimulationError, match="different lines"):
        Stacked.of([Books(ledger(1), None), Books(ledger(1, "minutes"), None)])


def test_without_costs_and_contracts_there_are_no_books():
    assert books(small_plan(), written_log()) is None
