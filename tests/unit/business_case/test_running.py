"""What a month of a scenario costs, from the books of the weeks that were simulated."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from ccsim.business_case.running import When, running
from ccsim.config import load
from ccsim.money.ledger import Line
from ccsim.planning import plan
from tests.small_cases import GIVE_OR_KEEP, kind


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """Four weeks of February, all of it counted, with a provider whose set-up is spread over four months."""
    file = tmp_path_factory.mktemp("case") / "case.yaml"
    text = GIVE_OR_KEEP.replace("start: 2026-04-06, weeks: 1", "start: 2026-02-01, weeks: 4")
    file.write_text(text.replace("spread_over: 2 months", "spread_over: 4 months"), encoding="utf-8")
    return plan(load(file), "given")


def line(item, about="", currency="USD", payer="client"):
    return Line(payer, "", "", item, about, 0, currency)


def test_hours_follow_the_days_and_seats_the_calendar_month(given):
    """28 days are one February, and 0.92 months of a year's twelve."""
    lines = (line("wages", "newark"), line("seats", "newark"))
    found = running(given, lines, np.array([[2_800_00, 400_00]] * 2)).amounts

    assert found[kind("seats", "newark")].tolist() == [400.0, 400.0]
    assert found[kind("wages", "newark")] == pytest.approx([100.0 * 365.25 / 12] * 2, rel=1e-12)


def test_lines_of_all_months_add_up_and_those_of_providers_are_their_own(given):
    lines = (line("wages", "newark"), line("wages", "newark")._replace(month=1), line("wages", "m", payer="acme"))
    found = running(given, lines, np.array([[1_400_00, 1_400_00, 9]])).amounts

    assert found[kind("wages", "newark")] == pytest.approx([100.0 * 365.25 / 12])
    assert kind("wages", "m") not in found


def test_what_comes_once_is_whole_however_little_of_it_is_counted(given):
    """A quarter of the set-up is in the books of the first of four months; the spread on it is not paid monthly."""
    items = ("set-up", "management", "exit (expected)", "spread")
    lines = tuple(line(item, "acme", "PHP") for item in items)
    quarter, management, leaving = 2_000_000 * 0.0175, 1_000.0, 30_000 * 0.0175
    amount = [100 * quarter, 100 * management, 100 * leaving, quarter + management + leaving]
    found = running(given, lines, np.array([amount]).round().astype(int)).amounts

    assert given.strings.providers[0].planned[0].whole == 1
    assert found[kind("set-up", "acme", When.BEGIN, currency="PHP")] == pytest.approx([4 * quarter])
    assert found[kind("spread", "acme", When.BEGIN, currency="PHP")] == pytest.approx([4 * quarter * 0.01])
    assert found[kind("spread", "acme", currency="PHP")] == pytest.approx([management * 0.01 / 28 * 365.25 / 12])
    assert found[kind("exit (expected)", "acme", When.END, currency="PHP")] == pytest.approx([30_000 * 0.0175])
    assert kind("set-up", "acme", currency="PHP") not in found
    assert date.fromordinal(given.costs.date[0]) == date(2026, 2, 1)
