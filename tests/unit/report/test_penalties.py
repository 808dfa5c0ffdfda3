"""What terminal and page say of penalties is what their frames say."""

from __future__ import annotations

from functools import cached_property
from io import StringIO
from types import SimpleNamespace

import pandas as pd
import pytest
from rich.console import Console

from ccsim.report import html, terminal
from ccsim.report.penalties import Penalties, blamed, reach, within
from ccsim.results.columns import frame
from tests.small_contract import small_contract
from tests.small_run import small_run

NAN = float("nan")


@pytest.fixture(scope="module")
def missing():
    return Penalties(small_contract())


def test_each_term_has_one_line_on_the_terminal(missing):
    """How often its months are missed, what that costs on average and in the worst tenth, and which month is worst."""
    file = StringIO()
    terminal(small_contract(), Console(file=file, width=120))
    (line,) = (line for line in file.getvalue().splitlines() if line.startswith("  care: phone service level"))
    row = small_contract().penalties().query("term != '' and month == 'all'").iloc[0]
    assert f"{row['p90']:,.0f} PHP" in line
    assert f"{row['penalty']:,.0f} PHP" in line
    assert line.split()[-4:-2] == ["PHP", "2026-03:"]
    assert "bonus" not in missing.headings


def test_the_page_says_what_missing_terms_may_cost(missing):
    """A contract of one term has no row for all of them."""
    page = html(small_contract(), [])
    (row,) = missing.costs()["helped"]
    assert "What missing them may cost" in page
    assert row.name == "care: phone service level"
    for text in row:
        assert f">{text}<" in page


def test_a_run_without_terms_says_nothing_of_them():
    """Nor of errors of its forecast."""
    missing = Penalties(small_run())
    assert not missing.exists
    assert missing.sentences() == []
    assert "service-level terms" not in html(small_run(), [])


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (200, 400, "300 USD (200 to 400) are due to the client's own forecast error"),
        (-50, 650, "+300 USD (-50 to +650) are not surely due to the client's own forecast error"),
        (NAN, NAN, "+300 USD are not surely due to the client's own forecast error"),
    ],
)
def test_what_is_due_to_the_forecast_is_as_sure_as_its_interval(low, high, told):
    assert blamed({"mean": 300, "low": low, "high": high, "currency": "USD"}).replace("-50.00", "-50") == told


def test_an_error_may_spare_the_provider_its_penalty():
    """Where fewer come than forecast, and where relief excuses more than the surprise costs."""
    told = blamed({"mean": -300, "low": -400, "high": -200, "currency": "USD"})
    assert told == "the client's own forecast error spares the provider 300 USD (200 to 400)"


def test_an_end_that_nobody_knows_is_not_told():
    assert reach(120, NAN, "USD") == " (from 120 USD on)".replace(" USD", "")
    assert reach(120, 150, "USD") == " (120 to 150)"
    assert reach(NAN, NAN, "USD") == ""
    assert within(0.2, 0.3, "share") == " (20.0 to 30.0)"


class Surprised:
    """Results in which a scenario has penalties and a forecast that errs."""

    scenarios = ("storm", "calm", "sure")

    def __init__(self, **due):
        self.due = due

    @cached_property
    def experiment(self):
        def center(actual, error=None):
            return {"contact_types": {"phone": {"demand": {"actual": actual, "forecast_error": error}}}}

        return {"scenarios": {"storm": center(1.2), "calm": center(1), "sure": center(1, {"cv": 0.0})}}

    def terms(self):
        return frame("terms", [])

    def penalties(self):
        row = SimpleNamespace(term="", month="all", penalty=500.0, relieved=0.0)
        return pd.DataFrame([{"scenario": name, "contract": "care", **vars(row)} for name in self.scenarios])

    def forecast_error(self):
        rows = [{"scenario": "storm", "right": "calm", "contract": "care", "term": "", "currency": "USD", **self.due}]
        return pd.DataFrame(rows) if self.due else frame("forecast_error", [])


def test_one_sentence_says_what_is_due_to_the_forecast():
    due = {"penalty": 500.0, "penalty_right": 200.0, "mean": 300.0, "low": 200.0, "high": 400.0}
    assert Penalties(Surprised(**due)).sentences() == [
        "storm: penalties of care are 500 USD, and 200 USD if the forecast is right (calm): 300 USD (200 to 400) are "
        "due to the client's own forecast error."
    ]


def test_who_has_not_asked_is_told_how():
    """Of a scenario with penalties in which what comes is not what was forecast; an error of 0 % is none."""
    (sentence,) = Penalties(Surprised()).sentences()
    assert sentence.startswith("In storm what comes is not what was forecast")
    assert "what_if: right_forecast" in sentence
