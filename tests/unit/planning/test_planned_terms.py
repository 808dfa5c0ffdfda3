"""Service-level terms in numbers: what is meant where the file says nothing, which arrivals count, when is judged."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.plan import Formula
from ccsim.terms import Judged, Line, Step
from tests.small_center import CALENDAR, DAY, EMAIL, HOUR, PHONE, SHIFT, SITE, in_hours, planned

if TYPE_CHECKING:
    from ccsim.plan import Plan
    from ccsim.terms import Term

TARGET = {"share": "80%", "within": "20 s", "formula": "answered"}
TYPES = {
    "calls": {**PHONE, "service_level": TARGET},
    "mail": {**EMAIL, "service_level": {"share": "90%", "within": "4 h", "hours": "mon-fri 08:00-16:00"}},
    "tech": {**PHONE, "service_level": "70% in 60 s"},
}
TERM = {"type": "calls", "measure": "service_level", "target": "80%"}
ACME = {**SITE, "location": "offshore", "provider": "acme"}


def plan_of(*terms: dict[str, Any], calendar: Any = CALENDAR, **clauses: Any) -> Plan:
    contract = {
        "provider": "acme",
        "currency": "USD",
        "price": [{"per": "contact", "rate": "3 USD"}],
        "terms": list(terms),
        "at_risk": "12%",
        **clauses,
    }
    pool = {"site": "here", "handles": {name: {} for name in TYPES}, "shifts": {"day": SHIFT}}
    return planned(
        calendar=calendar,
        contact_types=TYPES,
        sites={"here": ACME},
        pools={"care": pool},
        contracts={"care": contract},
    )


def planned_term(calendar: Any = CALENDAR, **keys: Any) -> Term:
    """A term like ``TERM`` but for these keys."""
    contracts = plan_of({**TERM, **keys}, calendar=calendar).contracts
    assert contracts is not None
    return contracts.all[0].terms[0]


def test_a_term_takes_threshold_and_formula_from_its_type() -> None:
    """Those of calls, and none of types that it does not judge."""
    term = planned_term()
    assert (term.name, term.types) == ("calls service level", (0,))
    assert term.threshold.tolist() == [20 * HOUR // 3600, -1, -1]
    assert term.formula[0] == Formula.ANSWERED
    assert (term.target, term.goal, term.weight) == (Fraction("0.8"), Fraction("0.8"), 1)
    assert (term.belongs, term.clock) == ("answered by", "from offer")


def test_a_term_may_have_its_own() -> None:
    """Rules on belonging, too; else they are the contract's."""
    term = planned_term(within="30 s", formula="positive", belongs="offered to")
    assert term.threshold[0] * 3600 == 30 * HOUR
    assert (term.formula[0], term.belongs) == (Formula.POSITIVE, "offered to")
    contracts = plan_of(TERM, clock="from arrival").contracts
    assert contracts is not None
    assert contracts.all[0].terms[0].clock == "from arrival"


def test_without_types_all_of_the_contract_are_meant_that_can_be_measured_so() -> None:
    """Calls and tech are pooled, each by its own threshold; mail has another measure."""
    contracts = plan_of({"measure": "service_level", "target": "80%"}).contracts
    assert contracts is not None
    term = contracts.all[0].terms[0]
    assert (term.name, term.types) == ("service level", (0, 2))
    assert (term.threshold[[0, 2]] * 3600 / HOUR).tolist() == [20, 60]


def test_response_time_runs_in_the_hours_of_the_target() -> None:
    """Business hours of the type, reaching far enough for the threshold of the term."""
    term = planned_term(type="mail", measure="response", within="40 h")
    assert term.business_offset.tolist()[:2] == [0, 0]
    hours = in_hours(term.business_from)
    assert hours[:5] == [8, 32, 56, 80, 104]
    plan = plan_of({**TERM, "type": "mail", "measure": "response", "within": "40 h"})
    after = term.business_to > plan.run_end
    assert (term.business_to - np.maximum(term.business_from, plan.run_end))[after].sum() >= 40 * HOUR


def test_arrivals_count_in_hours_and_on_dates() -> None:
    """Monday to Friday from 8 to 20, Wednesday 3 June excluded; without either the whole week."""
    term = planned_term(hours="mon-fri 08:00-20:00", exclude=["2026-06-03"])
    assert in_hours(term.hours_from) == [8, 32, 80, 104]
    assert in_hours(term.hours_to) == [20, 44, 92, 116]
    term = planned_term(hours="all")
    assert (in_hours(term.hours_from), in_hours(term.hours_to)) == ([0], [168])


def test_excluded_dates_are_those_of_the_hours_zone() -> None:
    """2 June in Manila begins at 16:00 UTC on the first."""
    zone = {"timezone": "Asia/Manila", "daily": "00:00-24:00"}
    term = planned_term(hours=zone, exclude=["2026-06-02"])
    assert (in_hours(term.hours_from), in_hours(term.hours_to)) == ([0, 40], [16, 168])


def test_a_month_is_judged_whole() -> None:
    """Cut to the counted period."""
    term = planned_term({"start": "2026-06-29", "days": 4, "timezone": "UTC"})
    assert (in_hours(term.edges), term.month.tolist(), term.judged) == ([0, 48, 96], [0, 1], Judged.POOLED)


def test_days_are_those_of_the_calendar_and_belong_to_their_month() -> None:
    """On 1 November 2026 clocks in New York go back: that day has 25 hours."""
    term = planned_term(
        {"start": "2026-10-31", "days": 3, "timezone": "America/New_York"}, per="day", periods_met="90%"
    )
    assert np.diff(term.edges).tolist() == [DAY, DAY + HOUR, DAY]
    assert (term.month.tolist(), term.judged) == ([0, 1, 1], Judged.EACH)
    assert (term.target, term.goal) == (Fraction("0.8"), Fraction("0.9"))


def test_a_week_is_judged_in_the_month_in_which_it_ends() -> None:
    """Weeks count from the first day: 22 to 28 June, 29 June to 5 July, and what is left."""
    term = planned_term({"start": "2026-06-22", "days": 16, "timezone": "UTC"}, per="week")
    assert (in_hours(term.edges), term.month.tolist()) == ([0, 168, 336, 384], [0, 1, 1])


def test_intervals_are_those_of_planning() -> None:
    """Half hours; averaged, the target is held against their mean."""
    term = planned_term(per="interval", pooled=False)
    assert (len(term.month), np.unique(np.diff(term.edges)).tolist()) == (336, [HOUR // 2])
    assert (term.judged, term.name) == (Judged.AVERAGED, "calls service level averaged by interval")


def test_lines_and_steps_are_exact() -> None:
    """2 % a point is 200 % of the whole; a second is a second."""
    term = planned_term(penalty={"per_point": "2.5%"}, bonus={"above": "85.5%", "per_point": "1%", "cap": "3%"})
    assert term.penalty == Line(Fraction("0.8"), Fraction("2.5"), None)
    assert term.bonus == Line(Fraction("0.855"), Fraction(1), Fraction("0.03"))
    term = planned_term(penalty=[{"below": "80%", "credit": "0.1%"}, {"below": "75%", "credit": "8%"}])
    assert term.penalty == (Step(Fraction("0.8"), Fraction("0.001")), Step(Fraction("0.75"), Fraction("0.08")))
    term = planned_term(measure="speed_of_answer", target="0.5 min", penalty={"per_second": "0.2%"})
    assert (term.penalty, term.less_is_better) == (Line(Fraction(30), Fraction("0.002"), None), True)


def test_a_penalty_of_days_is_for_missing_days() -> None:
    """The line begins where too few days met the target."""
    term = planned_term(per="day", periods_met="95%", penalty={"per_point": "1%"})
    assert term.penalty == Line(Fraction("0.95"), Fraction(1), None)
