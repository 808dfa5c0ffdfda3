"""Warnings that belong to the tables."""

from __future__ import annotations

import ccsim
from tests.small_desk import SMALL_DESK


def test_good_weeks_that_cannot_be_proved_are_pointed_out(results):
    """All emails of all six replications in time is no proof of 95 % of weeks."""
    assert results.notes() == [
        f"95 % of {period}s cannot be proved with 6 replications, even if every {period} meets the target; "
        "at least 59 are needed."
        for period in ("day", "week")
    ]


def test_few_replications_are_pointed_out(results):
    assert results.repeated(2).notes()[0] == "With fewer than 5 replications there are no intervals and no verdicts."


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
