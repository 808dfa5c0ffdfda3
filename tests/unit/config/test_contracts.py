"""Which contracts concern a scenario, how much of a forecast is theirs, and what ccsim check points out in them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from ccsim.config import doubts, load
from ccsim.model.allotment import pools_of, share_of_forecast, types_of
from tests.small_center import PHONE, experiment
from tests.small_contracts import FAR, HERE, MANILA

GOOD = Path(__file__).parents[2] / "faults" / "files" / "contracts" / "good.yaml"
NEAR = {**FAR, "site": "here"}
CONTRACT = {"provider": "acme", "currency": "USD", "price": [{"per": "contact", "rate": "3 USD"}]}


def center(routing=None, **contract):
    """Calls for a pool of the client and one of acme."""
    parts = {
        "contact_types": {"calls": PHONE, "more": PHONE},
        "sites": {"here": HERE, "manila": MANILA},
        "pools": {"near": NEAR, "far": {**FAR, "handles": {"calls": {}, "more": {}}}},
        "contracts": {"care": {**CONTRACT, **contract}},
        "routing": routing or {},
    }
    return experiment(**parts).scenarios["base"]


def share(routing=None, **contract):
    found = center(routing, **contract)
    return share_of_forecast(found, found.contracts["care"], "calls")


def lanes(**shares):
    """A lane for each pool; of the client's alone if none is named."""
    return {"calls": {"lanes": {name: {"share": part, "ranks": [name]} for name, part in shares.items()}}}


def test_a_contract_is_about_the_pools_of_its_provider_and_what_they_handle():
    found = center()
    assert pools_of(found, found.contracts["care"]) == ["far"]
    assert types_of(found, found.contracts["care"]) == ["calls", "more"]
    some = center(types=["more"])
    assert types_of(some, some.contracts["care"]) == ["more"]


@pytest.mark.parametrize(
    ("routing", "expected"),
    [
        (None, None),
        ({"calls": ["far"]}, 1),
        ({"calls": ["near"]}, 0),
        ({"calls": ["near", {"pool": "far", "after": "20 s"}]}, None),
        (lanes(far="30%", near="70%"), Fraction("0.3")),
        ({"calls": {"lanes": {"a": {"share": "100%", "ranks": ["far", "near"]}}}}, None),
        ({"calls": {"allocate": "shortest wait", "lanes": {"a": ["far"], "b": ["near"]}}}, None),
        ({"calls": {"allocate": "shortest wait", "lanes": {"a": ["far"], "b": ["far"]}}}, 1),
    ],
)  # fmt: skip
def test_a_forecast_is_a_contracts_if_routing_says_so_for_good(routing, expected):
    assert share(routing) == expected


def test_a_contract_may_name_its_share_of_the_forecast():
    assert share(forecast={"share": "45%"}) == Fraction("0.45")


PER_CONTACT, PER_HOUR = "price=[{per: contact, rate: 3 USD}]", "price=[{per: scheduled hour, rate: 14 USD}]"
FIXED, PER_RESOLUTION = "price=[{per: month, rate: 3000 USD}]", "price=[{per: resolution, rate: 4 USD}]"
BASELINE = "baseline={volume: 4000 per month, additional: 3 USD, reduced: 2 USD}"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([PER_CONTACT], []),
        ([FIXED, BASELINE], []),
        (
            [PER_CONTACT, BASELINE],
            [
                "baseline: contacts beyond the baseline are paid twice, each and as additional; it goes with a price "
                "per month"
            ],
        ),
        (
            [PER_CONTACT, "forecast={band: 10%}"],
            ["forecast.band: nothing comes of it; write excess, or relief: true for the terms"],
        ),
        (
            [PER_HOUR, "ramp={billed: 50%}"],
            ["ramp: nobody is new at the provider; write learning in a pool, for it to matter"],
        ),
        (
            [PER_RESOLUTION],
            ["price: every contact is resolved; write resolves where a pool handles a type, for it to matter"],
        ),
    ],
)  # fmt: skip
def test_what_is_doubtful_in_a_contract_is_pointed_out(changes, told):
    found = doubts(load(GOOD, changes=[f"contracts.acme.{change}" for change in changes]))
    assert [
        f"{problem.path.removeprefix('contracts.acme.')}: {problem.message}"
        for problem in found
        if "acme" in problem.path
    ] == told


def test_a_contract_that_never_concerns_a_scenario_is_pointed_out():
    found = doubts(load(GOOD, changes=["sites.cebu.provider=acme", "contracts.acme.sites=[cebu]"]))
    told = [problem.message for problem in found if problem.path == "contracts.acme"]
    assert told == ["acme has no pool in any scenario with this contract: it is never paid"]


def test_a_site_whose_work_is_paid_by_contract_needs_no_wage():
    told = [str(problem) for problem in doubts(load(GOOD))]
    assert [sentence for sentence in told if "without a wage" in sentence] == [
        sentence for sentence in told if "sites.newark" in sentence
    ]
