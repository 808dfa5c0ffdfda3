"""What ``ccsim check`` points out of strings and of costs of customers."""

from __future__ import annotations

import pytest

from ccsim.config.doubtful_strings import doubts_of_strings
from ccsim.model.business_case import BusinessCase
from tests.small_center import CALENDAR, experiment
from tests.small_contracts import center

PER_CONTACT = {"price": [{"per": "contact", "rate": "3.45 USD"}]}
ONCE = {"transition": {"set_up": "150000 USD"}, "exit": {"cost": "80000 USD"}}
SPREAD = {key: {**value, "spread_over": "36 months"} for key, value in ONCE.items()}
ALL_OF_IT = "bear all of it; write for how many months it is paid, for example spread_over: 36 months"


def pointed_out(days=7, **parts):
    """Places and messages."""
    found = experiment(**{**center(PER_CONTACT, **parts), "calendar": {**CALENDAR, "days": days}})
    return [(".".join(one.path), one.message) for one in doubts_of_strings(found, found.scenarios["base"])]


def test_a_few_days_hardly_bear_a_whole_transition():
    told = [(f"strings.acme.{key}", f"these 7 days {ALL_OF_IT}") for key in ONCE]
    assert pointed_out(strings={"acme": ONCE}) == told
    assert pointed_out(strings={"acme": SPREAD}) == pointed_out(days=180, strings={"acme": ONCE}) == []


def test_a_business_case_pays_once_what_comes_once():
    whole = experiment(**center(PER_CONTACT, strings={"acme": ONCE}))
    with_case = whole.model_copy(update={"business_case": BusinessCase.model_validate({"months": 36})})
    assert list(doubts_of_strings(with_case, with_case.scenarios["base"])) == []


def test_strings_of_a_provider_without_pools_are_idle():
    """Told only if no scenario has any."""
    home = {"here": {"site": "here", "handles": {"calls": {}}, "staffing": 1}}
    found = experiment(**center(PER_CONTACT, strings={"acme": ONCE}, pools=home))
    (doubt,) = doubts_of_strings(found, found.scenarios["base"])
    assert (doubt.path, doubt.is_idle) == (("strings", "acme"), True)


@pytest.mark.parametrize(("unanswered", "number"), [("2%", 1), ("0%", 0)])
def test_who_gives_up_may_cost_twice(unanswered, number):
    churn = {"value": "220 USD", "unanswered": unanswered, "unresolved": "1%"}
    told = pointed_out(customers={"abandoned": "4 USD", "churn": churn})
    assert [place for place, _ in told] == ["customers.abandoned"] * number
    assert pointed_out(customers={"churn": churn}) == []
