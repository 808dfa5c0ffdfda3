"""The JSON document: its shape is a promise to programs."""

import json

import pytest

from ccsim.measures.catalog import BOOKS, CATALOG, SATISFACTION
from ccsim.report import document, json_text
from tests.small_run import small_run

NAMED = [
    "arrived",
    "offered",
    "answered",
    "abandoned",
    "blocked",
    "balked",
    "closed",
    "disconnected",
    "open",
    "service_level",
    "service_level_answered",
    "service_level_ignored",
    "service_level_positive",
    "abandonment_rate",
    "wait_mean_s",
    "speed_of_answer_s",
    "wait_p50_s",
    "wait_p90_s",
    "wait_max_s",
    "queue_mean",
    "queue_max",
    "handle_time_mean_s",
    "response_mean_s",
    "backlog_mean",
    "backlog_max",
    "oldest_age_max_s",
    "target_met_share_interval",
    "target_met_share_day",
    "target_met_share_week",
    "occupancy",
    "scheduled_hours",
    "paid_hours",
    "present_hours",
    "available_hours",
    "handling_hours",
    "overtime_hours",
    "labor_cost",
    "coverage",
    "coverage_present",
    "erlang_c_service_level",
]


@pytest.fixture(scope="module")
def told():
    return document(small_run())


def test_the_document_has_the_keys_of_schema_version_1(told):
    assert list(told) == ["schema_version", "title", "seed", "replications", "scenarios", "comparisons", "targets"]
    assert told["schema_version"] == 1
    assert (told["seed"], told["replications"]) == (7, 5)


def test_scenarios_types_pools_and_sites_stand_under_their_names(told):
    assert list(told["scenarios"]) == ["kept", "given"]
    kept = told["scenarios"]["kept"]
    assert list(kept) == ["contact_types", "pools", "sites", "total"]
    assert (list(kept["contact_types"]), list(kept["pools"]), list(kept["sites"])) == (
        ["phone", "email"],
        ["newark"],
        ["newark"],
    )


def test_every_measure_stands_for_every_type_pool_and_site(told):
    """Programs may ask without checking: what has no value is null, not absent."""
    for scenario in told["scenarios"].values():
        groups = (*scenario["contact_types"].values(), *scenario["pools"].values(), *scenario["sites"].values())
        for measures in (*groups, scenario["total"]):
            assert list(measures) == [name for name, one in CATALOG.items() if one.needs not in (BOOKS, SATISFACTION)]
            assert all(list(numbers) == ["mean", "low", "high", "n"] for numbers in measures.values())


def test_the_measures_promised_by_name_are_there():
    assert set(NAMED) <= set(CATALOG)


def test_estimates_are_those_of_the_tables(told):
    rows = small_run().summary().query("scenario == 'kept' and name == 'phone' and measure == 'service_level'")
    found = told["scenarios"]["kept"]["contact_types"]["phone"]["service_level"]
    assert found == {"mean": rows["mean"].item(), "low": rows["low"].item(), "high": rows["high"].item(), "n": 5}


def test_what_has_no_value_is_null(told):
    nothing = {"mean": None, "low": None, "high": None, "n": 0}
    assert told["scenarios"]["kept"]["pools"]["newark"]["service_level"] == nothing
    assert told["scenarios"]["kept"]["contact_types"]["email"]["erlang_c_service_level"]["mean"] is None


def test_comparisons_and_targets_have_their_columns(told):
    numbers = ["mean", "low", "high", "n"]
    assert list(told["comparisons"][0]) == ["measure", "contact_type", "a", "b", *numbers, "verdict"]
    assert list(told["targets"][0]) == [
        "scenario",
        "contact_type",
        "formula",
        "share",
        "threshold_s",
        *numbers,
        "verdict",
    ]


def test_the_text_is_json_without_nan():
    def refuse(word):
        raise AssertionError(word)

    assert json.loads(json_text(small_run()), parse_constant=refuse) == document(small_run())
