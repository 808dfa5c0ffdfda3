"""Warnings that belong to the tables."""

from __future__ import annotations

import pytest

import ccsim
from tests.small_contract import small_contract
from tests.small_desk import SMALL_DESK
from tests.small_journeys import TEXT as JOURNEYS


def test_good_weeks_that_cannot_be_proved_are_pointed_out(results):
    """All emails of all six replications in time is no proof of 95 % of weeks."""
    assert results.notes() == [
        f"95 % of {period}s cannot be proved with 6 replications, even if every {period} meets the target; "
        "at least 59 are needed."
        for period in ("day", "week")
    ]


def test_few_replications_are_pointed_out(results):
    assert results.repeated(2).notes()[0] == "With fewer than 5 replications there are no intervals and no verdicts."


@pytest.mark.slow
def test_customers_who_were_not_seen_to_the_end_are_pointed_out(tmp_path):
    """Who would come again a week later, but the run ends after a day, seems to stay away for good."""
    file = tmp_path / "journeys.yaml"
    text = JOURNEYS.replace("delay: {exponential: 4 h}", "delay: {exponential: 1 week}")
    file.write_text(text.replace("weeks: 3, warm_up", "days: 10, run_on: 1 day, warm_up"), encoding="utf-8")
    results = ccsim.run(file, workers=1, replications=5, scenarios=["offshore"])
    of_phone = results.summary().query("name == 'phone'").set_index("measure")["mean"]
    share = of_phone["customers_cut_off"] / of_phone["customers"]
    assert share > 0.1
    assert (
        f"{100 * share:.1f} % of the customers of phone in offshore would come again only after the end of the "
        "simulation, and count as if they did not; let calendar.run_on last longer."
    ) in results.notes()


def test_unstable_type_has_no_waits_but_a_growing_backlog(tmp_path):
    """One agent for twice the emails one agent can do: the longer one simulates, the longer they wait."""
    file = tmp_path / "desk.yaml"
    file.write_text(
        SMALL_DESK.replace("demand: {rate: 2 per hour}", "demand: {rate: 20 per hour}")
        .replace("staffing: 2", "staffing: 1")
        .replace("timezone: America/New_York}   #", "timezone: America/New_York, run_on: 12 hours}   #"),
        encoding="utf-8",
    )
    results = ccsim.run(file, workers=1, scenarios=["offshore"])
    email = results.summary().query("name == 'email'").set_index("measure")
    growth = email.loc["backlog_growth", "mean"]
    assert email.loc[["wait_mean_s", "speed_of_answer_s", "response_mean_s"], "mean"].isna().all()
    assert email.loc["wait_mean_s", "method"] == f"no value, grows by {growth:,.0f} per week"
    assert f"email in offshore is unstable: its backlog grows by {growth:,.0f} per week" in results.notes()[0]
    assert results.intervals().query("name == 'email' and measure == 'wait_mean_s'")["mean"].isna().all()
    assert results.intervals().query("name == 'email' and measure == 'offered'")["mean"].notna().all()


def test_months_that_are_counted_in_part_are_pointed_out_where_money_is_told(results):
    """A seat is paid by the month; three days over the end of a month are parts of two."""
    told = "Amounts per month are counted in part: 2026-03 for 2 of its 31 days, 2026-04 for 1 of its 30 days."
    assert told in small_contract().notes()
    assert not any("Amounts per month" in note for note in results.notes())
