"""What is compared between scenarios if the file does not say: as much as a decision needs, and no more."""

from __future__ import annotations

import pytest

from ccsim import config
from tests.small_journeys import TEXT as JOURNEYS
from tests.small_run import TEXT as SIMPLE

ALWAYS = ("service_level", "abandonment_rate", "labor_cost")


@pytest.fixture
def compared(tmp_path):
    def of(text):
        file = tmp_path / "experiment.yaml"
        file.write_text(text, encoding="utf-8")
        return config.load(file).compared

    return of


def test_without_journeys_the_usual_three_are_compared(compared):
    """Each further measure would make the intervals of all wider, and verdicts rarer."""
    assert compared(SIMPLE) == ALWAYS


def test_what_resolutions_cost_who_is_served_in_the_end_and_who_is_lost_is_compared_where_it_varies(compared):
    assert compared(JOURNEYS) == (
        "service_level",
        "abandonment_rate",
        "eventual_success",
        "resolution_rate",
        "lost_in_outage",
        "labor_cost",
        "labor_cost_per_answered",
        "labor_cost_per_resolution",
    )


def test_resolutions_are_not_compared_where_everything_is_resolved(compared):
    """A recontact alone brings nobody back: it needs contacts that stay unresolved."""
    resolved = JOURNEYS.replace("resolves: 90%, ", "").replace("resolves: 45%, ", "")
    assert "labor_cost_per_resolution" not in compared(resolved)


@pytest.mark.parametrize("costs", ["costs: {seat: 420 USD per month}", "costs: {benefits: 28%}", "description: a site"])
def test_what_the_client_pays_in_all_is_compared_where_more_than_wages_is_known(compared, costs):
    """What labor costs a provider is not what the client pays."""
    text = JOURNEYS.replace("wage: 26 USD per hour", f"wage: 26 USD per hour, {costs}", 1)
    assert text != JOURNEYS
    measures = compared(text)
    cost = "labor_cost" if costs.startswith("description") else "total_cost"
    assert measures[-3:] == (cost, f"{cost}_per_answered", f"{cost}_per_resolution")


@pytest.mark.parametrize(
    "lives",
    ["learning: {handle_time: x1.5, resolves: 0.8, half_life: 4 weeks}", "proficiency: {tl: {resolves: 0.9}}"],
)
def test_who_learns_or_speaks_a_foreign_language_leaves_contacts_unresolved(compared, lives):
    text = JOURNEYS.replace("resolves: 90%, ", "").replace("resolves: 45%, ", "")
    assert "resolution_rate" in compared(text.replace("    replace_absent", f"    {lives}\n    replace_absent"))


def test_what_the_file_names_is_compared_and_nothing_else(compared):
    assert compared(f"{JOURNEYS}\ncompare: [resolution_rate]\n") == ("resolution_rate",)
