"""
What the experiments promise is held: targets with margin, Erlang C where it is right, the main job's claims.

Targets of the experiments on journeys, working lives and outages: test_decisions.py, which plays them anyway.
"""

from __future__ import annotations

from math import exp, log
from pathlib import Path

import pytest
from scipy.special import stdtrit

import ccsim

FOLDER = Path(__file__).parents[2] / "experiments"
PROMISED = [
    ("follow_the_sun", "in-house", "english-phone", "80% in 20 s"),
    ("follow_the_sun", "in-house", "spanish-phone", "80% in 30 s"),
    ("follow_the_sun", "in-house", "chat", "80% in 60 s"),
    ("follow_the_sun", "in-house", "email", "95% in 2 hours"),
    ("follow_the_sun", "offshore", "english-phone", "80% in 20 s"),
    ("follow_the_sun", "offshore", "chat", "80% in 60 s"),
    ("follow_the_sun", "offshore", "email", "95% in 2 hours"),
    ("follow_the_sun", "follow-the-sun", "english-phone", "80% in 20 s"),
    ("follow_the_sun", "follow-the-sun", "spanish-phone", "80% in 30 s"),
    ("follow_the_sun", "follow-the-sun", "chat", "80% in 60 s"),
    ("follow_the_sun", "follow-the-sun", "email", "95% in 2 hours"),
    ("in_house_or_offshore", "in-house", "phone", "80% in 20 s"),
    ("in_house_or_offshore", "offshore", "phone", "80% in 20 s"),
    ("in_house_or_offshore", "overflow", "phone", "80% in 20 s"),
    ("chat_concurrency", "chats | pools.chat-team.chat.concurrency=2", "chat", "80% in 60 s"),
    ("chat_concurrency", "chats | pools.chat-team.chat.concurrency=3", "chat", "80% in 60 s"),
    ("overnight_email", "hand-over", "email", "90% in 8 hours"),
    ("overnight_email", "finish", "email", "90% in 8 hours"),
    ("clock_change", "overlapping", "phone", "90% in 30 s"),
    ("erlang_c_check", "agents | pools.team.staffing=7", "calls", "80% in 20 s"),
]
MISSED = [
    ("follow_the_sun", "offshore", "spanish-phone"),
    ("in_house_or_offshore", "offshore", "email"),
    ("chat_concurrency", "chats | pools.chat-team.chat.concurrency=1", "chat"),
    ("overnight_email", "new-york-alone", "email"),
    ("clock_change", "edge-to-edge", "phone"),
    ("erlang_c_check", "agents | pools.team.staffing=5", "calls"),
]
WITH_ALL = ("in_house_or_offshore",)


@pytest.fixture
def played(ccsim_run):
    """Run an experiment, once per session, with half of the replications that it asks for where they tell enough."""
    return lambda name: ccsim_run(FOLDER / f"{name}.yaml", replications=20 if name in WITH_ALL else 10)


def at_999_permille(mean: float, low: float, high: float, n: int) -> tuple[float, float]:
    """The logit interval of a share from 95 % of confidence to 99.9 %."""
    wider = stdtrit(n - 1, 0.9995) / stdtrit(n - 1, 0.975)

    def moved(limit: float) -> float:
        logit = log(mean / (1 - mean)) + wider * (log(limit / (1 - limit)) - log(mean / (1 - mean)))
        return 1 / (1 + exp(-logit))

    return moved(low), moved(high)


@pytest.mark.slow
def test_simulation_and_erlang_c_agree_where_both_must(played):
    """One pool, a constant rate, exponential handle times, endless patience: the formula lies in the interval."""
    summary = played("erlang_c_check").summary().query("scope == 'contact_type'")
    values = summary.set_index(["scenario", "measure"])
    for scenario in summary["scenario"].unique():
        simulated = values.loc[(scenario, "service_level")]
        low, high = at_999_permille(*simulated[["mean", "low", "high", "n"]])

        assert low <= values.loc[(scenario, "erlang_c_service_level"), "mean"] <= high


@pytest.mark.slow
@pytest.mark.parametrize(("file", "scenario", "contact_type", "target"), PROMISED)
def test_a_promised_target_is_kept(played, assert_service_level, file, scenario, contact_type, target):
    """Each is proved to hold, up to the smallest shortfall that matters."""
    assert_service_level(played(file), scenario=scenario, contact_type=contact_type, at_least=target)


@pytest.mark.slow
@pytest.mark.parametrize(("file", "scenario", "contact_type"), MISSED)
def test_a_target_that_the_experiment_shows_to_be_missed_is(played, file, scenario, contact_type):
    """The lesson of an experiment is as much a promise as its targets."""
    targets = played(file).targets().set_index(["scenario", "contact_type"])

    assert targets.loc[(scenario, contact_type), "verdict"] == "missed"


@pytest.mark.slow
class TestFollowTheSun:
    """What the main job says of the three ways to staff an American company's support."""

    @pytest.fixture
    def results(self, played):
        return played("follow_the_sun")

    def test_volume_and_length_are_those_of_its_question(self, results):
        """About 10,000 contacts a week for four weeks, twenty times."""
        offered = results.summary().query("scope == 'total' and measure == 'offered'")["mean"]

        assert ccsim.load(FOLDER / "follow_the_sun.yaml").replications == 20
        assert offered.to_numpy() == pytest.approx(40_000, rel=0.05)

    def test_the_more_of_the_work_is_abroad_the_less_labor_costs(self, results):
        """Offshore costs less than follow-the-sun, which costs less than in-house; the differences are real."""
        costs = results.comparisons().query("measure == 'labor_cost'").set_index(["a", "b"])["verdict"]

        assert costs["in-house", "offshore"] == "lower"
        assert costs["in-house", "follow-the-sun"] == "lower"
        assert costs["offshore", "follow-the-sun"] == "higher"

    def test_the_clock_change_leaves_the_spanish_line_dark_for_an_hour_each_night(self, results):
        """From 9 to 28 March: twenty nights between the change of Dallas and that of Madrid."""
        summary = results.summary().query("name == 'spanish-phone' and measure == 'coverage'")
        coverage = summary.set_index("scenario")["mean"]
        hours = 4 * 168 - 1

        assert coverage["in-house"] == 1
        assert coverage["offshore"] == 1
        assert (1 - coverage["follow-the-sun"]) * hours == pytest.approx(20)

    def test_erlang_c_would_have_asked_for_more_people(self, results):
        """Customers who hang up make room for others: the formula is too gloomy by more than ten points."""
        values = results.summary().query("name == 'english-phone'").set_index(["scenario", "measure"])["mean"]
        for scenario in results.scenarios:
            assert values[scenario, "service_level_offered"] > values[scenario, "erlang_c_service_level"] + 0.1


@pytest.mark.slow
class TestInHouseOrOffshore:
    """What keeping the work, giving it away and sharing it cost over three years, with all that comes with it."""

    @pytest.fixture
    def results(self, played):
        return played("in_house_or_offshore")

    def test_giving_it_away_saves_nearly_half_and_sharing_it_a_fourteenth(self, results):
        rows = results.ownership().query("basis == 'present value'").set_index(["case", "group"])
        keep = rows.loc[("keep it", "total"), "mean"]

        assert rows.loc[("give it away", "difference"), "mean"] / keep == pytest.approx(-0.46, abs=0.01)
        assert rows.loc[("share it", "difference"), "mean"] / keep == pytest.approx(-0.07, abs=0.005)
        assert (rows.xs("difference", level="group")["high"].drop("keep it", errors="ignore") < 0).all()

    def test_months_and_wages_at_which_that_would_be_lost(self, results):
        months = results.break_even_months().set_index("case")["of_mean"]
        values = results.break_even().set_index(["case", "of"])["mean"]

        assert months.to_dict() == {"give it away": 6, "share it": 11}
        assert values["give it away", "wage"] == pytest.approx(7.4, abs=0.2)
        assert values["share it", "wage"] == pytest.approx(15.1, abs=0.2)

    def test_it_is_paid_for_with_mail_that_comes_late_and_matters_that_stay_open(self, results):
        """The same contract, the same people, and seven to twelve points fewer emails in time."""
        rows = results.comparisons().query("a == 'in-house' and b == 'offshore'").set_index(["measure", "contact_type"])

        assert rows.loc[("service_level", "email"), "high"] < -0.06
        assert rows.loc[("resolution_rate", "phone"), "high"] < -0.02
        assert rows.loc[("total_cost_per_resolution", ""), "high"] < 0

    def test_a_small_order_costs_the_minimum(self, results):
        """Nine agents' work is less than the provider bills at least."""
        minimum = results.costs().query("item == 'minimum'").set_index("scenario")["mean"]

        assert minimum["offshore"] == 0
        assert 1_000 < minimum["overflow"] < 2_000
