# ruff: noqa: E501 (sentences stand as they are told)
"""Sensitivities that lead nowhere: what the planner is told, and where; all at once."""

from __future__ import annotations

import pytest

from ccsim.config import load
from ccsim.errors import ConfigError
from ccsim.sensitivities.design import design
from tests.faults.broken import told_of
from tests.small_cases import GIVE_OR_KEEP

SENSITIVITIES = """
  sensitivities:
    wage: {key: sites.newark.wage, low: 15 USD per hour, high: 40 USD per hour}
    handle time: {key: contact_types.phone.handle_time, low: {exponential: 4 min}, high: {exponential: 7 min}}
    rate: {key: currency.PHP.rate, low: 0.01, high: 0.03}
    price: {key: contracts.bid.price.0.rate, low: 300 PHP, high: 100 PHP}
    discount: {key: business_case.discount, low: 5% per year, high: 12% per year}
    phase: {key: business_case.cases.give.0.months, low: 1, high: 6}
    staff: {key: scenarios.given.change.pools.manila.staffing, low: 3, high: 6}
"""
TEXT = GIVE_OR_KEEP.replace("  discount: 8% per year\n", "  discount: 8% per year" + SENSITIVITIES)
HERE = "case.yaml:{}  business_case.sensitivities.{}"
FAULTS = {
    "key: sites.newark.wage": {
        "key: sites.newarc.wage": ("12:17", "wage.key: sites has no newarc; did you mean newark?"),
        "key: sites.newark.wages": ("12:17", "wage.key: unknown key; did you mean wage?"),
        "key: sites.newark.wage.net": ("12:17", "wage.key: sites.newark.wage is a single value; there is no net under it"),
        "key: wage": ("12:17", "wage.key: 'wage' is not a path of keys; write for example pools.manila.shrinkage.absence"),
        "kei: sites.newark.wage": ("12:12", "wage.kei: unknown key; did you mean key?"),
        "key: calendar.weeks": ("12:17", "wage.key: calendar is nothing that may be otherwise; a key begins with contact_types, lines, sites, pools, routing, customers, outages, contracts, strings, currency, business_case, scenarios"),
        "key: site.newark.wage": ("12:17", "wage.key: site is nothing that may be otherwise; did you mean sites?"),
        "key: scenarios.given.pools": ("12:17", "wage.key: of a scenario only what it changes may be otherwise: scenarios.NAME.change. and so on"),
        "key: business_case.baseline": ("12:17", "wage.key: of a business case only months, discount, cases may be otherwise"),
        "key: business_case.cases.giv.0.months": ("12:17", "wage.key: there is no case giv; there are keep, give"),
    },
    "low: 15 USD per hour, ": {
        "": ("12:5", "wage: low is missing"),
        "low: 15 USD, ": ("12:41", "wage.low: 15 USD is not a wage; write amount, currency and hour, for example 320 PHP per hour"),
        "low: 15 EUR per hour, ": ("12:41", "wage.low: there is no exchange rate for EUR; write for example currency: {report: USD, EUR: 0.02}"),
        "low: 40 USD per hour, ": ("12:64", "wage.high: low and high are the same; write two different values"),
    },
    "low: 1, high: 6": {
        "low: 30, high: 6": ("17:58", "phase.low: with this value business_case.cases.give.1: nothing is left for it: the phases before have 30 of 24 months"),
    },
    "price.0.rate": {
        "price.1.rate": ("15:18", "price.key: contracts.bid.price is a list; 1 is not a position from 0 to 0"),
    },
}  # fmt: skip
EACH = [(written, instead, *told) for written, faults in FAULTS.items() for instead, told in faults.items()]


def written_otherwise(folder, faults):
    """The file with these things written otherwise."""
    text = TEXT
    for written, instead in faults:
        assert written in text
        text = text.replace(written, instead)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return folder / "case.yaml"


def problems(folder, *faults):
    """What is told of the file with these things written otherwise."""
    return told_of(written_otherwise(folder, faults))


@pytest.mark.parametrize(("written", "instead", "at", "told"), EACH)
def test_a_bad_sensitivity_is_told_with_its_place(tmp_path, written, instead, at, told):
    """Wherever the value would stand: the planner looks where the sensitivity is written."""
    assert HERE.format(at, told) in problems(tmp_path, (written, instead))


def test_faults_of_several_are_told_at_once(tmp_path):
    faults = ("newark.wage,", "newarc.wage,"), ("low: 0.01", "low: much"), ("low: 1, high: 6", "low: 24, high: 25")
    found = problems(tmp_path, *faults)

    assert [line.split("sensitivities.")[1].partition(":")[0] for line in found] == [
        "wage.key",
        "rate.low",
        "phase.low",
        "phase.high",
    ]


def test_the_file_that_faults_are_made_from_is_good(tmp_path):
    """Low may be above high, and either may be a distribution."""
    (tmp_path / "case.yaml").write_text(TEXT, encoding="utf-8")
    found = load(tmp_path / "case.yaml").business_case

    assert list(found.sensitivities) == ["wage", "handle time", "rate", "price", "discount", "phase", "staff"]
    assert found.sensitivities["price"].low == "300 PHP"


def refused(folder, *faults):
    """What is told before anything is simulated."""
    with pytest.raises(ConfigError) as error:
        design(written_otherwise(folder, faults))
    return str(error.value)


def test_a_key_on_which_nothing_depends_is_told(tmp_path):
    """It would have a bar of no length: rather a mistake than a number that does not matter."""
    idle = (
        "key: scenarios.given.change.pools.manila.staffing, low: 3",
        "key: scenarios.given.change.pools.newark.staffing, low: 3",
    )
    told = refused(tmp_path, idle)

    assert (
        "case.yaml:18:18  business_case.sensitivities.staff.key: no case depends on scenarios.given.change.pools.newark.staffing"
        in told
    )


def test_without_sensitivities_there_is_nothing_to_ask(tmp_path):
    assert (
        "business_case: there are no sensitivities; write for example business_case: {months: 36, sensitivities:"
        in refused(tmp_path, (SENSITIVITIES, "\n"))
    )


def test_one_case_alone_has_nothing_to_be_compared_with(tmp_path):
    """A bar is what a case costs beyond the baseline."""
    phase = SENSITIVITIES.splitlines()[7]
    told = refused(tmp_path, (", give: [{scenario: kept, months: 2}, given]", ""), (f"{phase}\n", ""))

    assert "business_case: there is one case, and nothing to compare it with; write another one" in told


def test_work_that_nobody_pays_is_refused(tmp_path):
    """With free work in it any case would win, whatever the numbers."""
    begin, end = TEXT.index("contracts:\n"), TEXT.index("strings:\n")
    price = SENSITIVITIES.splitlines()[5]
    told = refused(tmp_path, (TEXT[begin:end], ""), (f"{price}\n", ""), ("    governance: 5%\n", ""))

    assert (
        "business_case: in given somebody works for nothing; give sites of the client a wage, and providers a contract"
        in told
    )
