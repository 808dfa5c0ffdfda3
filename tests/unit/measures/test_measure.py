"""The tally as a whole: what stands in it, and that it always does."""

import re
from pathlib import Path

import numpy as np
import pytest

from ccsim.errors import SimulationError
from ccsim.log import Outcome
from ccsim.measures import CATALOG, measure
from ccsim.measures.catalog import KINDS
from ccsim.measures.page import page
from ccsim.measures.tally import SCOPES
from ccsim.plan import Channel
from tests.tiny_plan import TinyLine, TinyType
from tests.written_logs import Spell, Visit, abandoned, answered, small_plan, values, written_log

TYPES = (TinyType("calls", threshold=20.0), TinyType("mail", channel=Channel.EMAIL, threshold=3600.0))
LINES = (TinyLine("a", 1, 0.0, 24.0), TinyLine("b", 1, 0.0, 12.0))
BUSY = written_log(
    [
        answered(0.0),
        abandoned(10.0, 5.0),
        answered(20.0, due=3620.0, type=1, pool=1),
        Visit(30.0, Outcome.OPEN, type=1, due=40.0),
    ],
    [(0, 0, 0.0, 60.0), (2, 1, 20.0, 80.0)],
    [Spell(0, 0.0, 86_400.0), Spell(1, 0.0, 43_200.0)],
)


def test_every_measure_stands_for_every_row_of_its_scopes():
    """
    Types, pools, sites and the total, each key once, whether it has a value or not; what the Plan does not use is not
    there.
    """
    plan = small_plan(TYPES, LINES)
    tally = measure(plan, BUSY)
    names = {"contact_type": plan.types.name, "pool": plan.pools.name, "site": plan.sites.name, "total": ("",)}

    always = [one for one in CATALOG.values() if not one.needs]
    expected = {(scope, name, m.name) for m in always for scope in m.scopes for name in names[scope]}
    by_interval = {(scope, name, m.name) for m in always for scope in m.interval_scopes for name in names[scope]}
    assert len(tally.keys) == len(expected)
    assert set(tally.keys) == expected
    assert len(tally.interval_keys) == len(by_interval)
    assert set(tally.interval_keys) == by_interval
    assert tally.interval_numerator.shape == tally.interval_denominator.shape == (len(by_interval), 48)


def test_keys_do_not_depend_on_what_happened():
    """Replications must stack, also one in which nobody called."""
    plan = small_plan(TYPES, LINES)
    busy, idle = measure(plan, BUSY), measure(plan, written_log())

    assert (busy.keys, busy.interval_keys) == (idle.keys, idle.interval_keys)


@pytest.mark.parametrize("log", [BUSY, written_log()], ids=["busy", "idle"])
def test_all_numbers_are_finite(log):
    """No value is denominator 0, never NaN: one NaN would spoil every sum over replications."""
    tally = measure(small_plan(TYPES, LINES), log)

    for numbers in (tally.numerator, tally.denominator, tally.interval_numerator, tally.interval_denominator):
        assert np.isfinite(numbers).all()


def test_counts_and_hours_add_up_to_the_total():
    """Over types and over pools."""
    plan = small_plan(TYPES, LINES)
    total = values(plan, BUSY, "total")
    types = [values(plan, BUSY, "contact_type", name) for name in plan.types.name]
    pools = [values(plan, BUSY, "pool", name) for name in plan.pools.name]

    for name in ("arrived", "offered", "answered", "abandoned", "open"):
        assert total[name] == sum(row[name] for row in types)
    for name in ("scheduled_hours", "paid_hours", "handling_hours", "labor_cost"):
        assert total[name] == pytest.approx(sum(row[name] for row in pools))
    assert total["occupancy"] == pytest.approx(total["handling_hours"] / total["available_hours"])
    assert total["labor_cost_per_answered"] == pytest.approx(total["labor_cost"] / 2)


def test_intervals_add_up_to_the_counted_period():
    """Sums of the intervals are the sums of the whole, for all that is given by interval and for the period."""
    plan = small_plan(TYPES, LINES)
    tally = measure(plan, BUSY)
    of_period = dict(zip(tally.keys, zip(tally.numerator, tally.denominator, strict=True), strict=True))
    counts = {"offered", "answered", "abandoned"}

    for key, up, down in zip(tally.interval_keys, tally.interval_numerator, tally.interval_denominator, strict=True):
        if key.measure in counts:
            assert of_period[key] == (up.sum(), 1)
        elif key in of_period and key.measure != "occupancy":
            assert of_period[key] == pytest.approx((up.sum(), down.sum()))


def test_a_log_that_ends_too_early_is_refused():
    """Agents' hours would be missing, and nobody would see it."""
    with pytest.raises(SimulationError, match="the counted period ends at"):
        measure(small_plan(), written_log(stopped=3600.0))


def test_the_catalog_is_well_formed():
    """Kinds and scopes are the known ones, names are fit for columns, and each measure has somebody it is about."""
    for name, entry in CATALOG.items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
        assert name == entry.name
        assert entry.kind in KINDS
        assert set(entry.scopes + entry.interval_scopes) <= set(SCOPES)
        assert entry.scopes or entry.interval_scopes
        assert entry.formula
        assert name.endswith("_s") == (entry.unit == "s")


def test_the_page_of_measures_is_up_to_date():
    """Made by ``python -m ccsim.measures.page > docs/measures.md``."""
    written = Path(__file__).parents[3] / "docs" / "measures.md"

    assert written.read_text(encoding="utf-8") == page()
