"""Charges, sentences and tables of a small center in which nothing is simple."""

from __future__ import annotations

import json
from dataclasses import replace
from math import nan

import numpy as np
import pytest

from ccsim import config
from ccsim.analysis.estimates import Number
from ccsim.errors import CcsimError, ConfigError
from ccsim.explanation import explain
from ccsim.explanation.decomposition import Charge, Gap
from ccsim.explanation.decomposition import gap as charged_gap
from ccsim.explanation.folder import write
from ccsim.explanation.sentences import sentence
from ccsim.explanation.steps import ERLANG_A, EVERYTHING, INTERVALS, SWITCHED, Real
from ccsim.explanation.tables import document, gaps_table, steps_table
from ccsim.explanation.worlds import worlds_needed
from ccsim.measures.tally import Ratio


@pytest.mark.slow
def test_charges_add_up_to_the_gap_in_both_orders(explained):
    """To the last digit but rounding."""
    assert {gap.contact_type for gap in explained.gaps} == {"phone", "chat"}
    for gap in explained.gaps:
        for order in (gap.forward, gap.backward):
            assert sum(charge.points.mean for charge in order) == pytest.approx(gap.total.mean, abs=1e-12)
        assert gap.erlang_c + gap.total.mean == pytest.approx(gap.floor.mean, abs=1e-12)
        assert [charge.step for charge in gap.backward[2:]] == [charge.step for charge in reversed(gap.forward[2:])]


@pytest.mark.slow
def test_formula_and_floor_are_those_of_a_run(explained, tangled_file):
    """``ccsim run`` prints the same two numbers."""
    import ccsim

    summary = ccsim.run(tangled_file, workers=1).summary().set_index(["name", "measure"])
    for gap in explained.gaps:
        measured = summary.loc[(gap.contact_type, "service_level_offered")]
        assert (gap.floor.mean, gap.floor.low, gap.floor.high) == tuple(measured[["mean", "low", "high"]])
        assert gap.erlang_c == pytest.approx(summary.loc[(gap.contact_type, "erlang_c_service_level"), "mean"])
        unstable = summary.loc[(gap.contact_type, "erlang_c_unstable_share"), "mean"]
        assert gap.unstable_share == pytest.approx(unstable)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("contact_types.phone.retrial.abandoned={probability: 50%, delay: {exponential: 5 min}}", "retrials"),
        ("contact_types.phone.callback={when_over: 2 min, accepted: 50%}", "callbacks"),
        ("pools.day.attrition=5%", "learn or leave"),
        ("pools.day.lateness={share: 5%, by: {exponential: 5 min}}", "lateness"),
        ("outages={dark: {site: here, from: 2026-03-02 10:00, lasts: 1 h}}", "outages"),
    ],
)
def test_what_has_no_step_is_refused_and_not_charged_to_another(change, words, tangled_file):
    with pytest.raises(ConfigError, match=f"scenarios.only.*explain has no step for .*{words}"):
        explain(tangled_file, changes=[change])


@pytest.mark.slow
def test_workers_and_scenarios_change_nothing(explained, tangled_file):
    again = explain(tangled_file, workers=2, scenarios=["only"])

    assert again.gaps == explained.gaps


@pytest.mark.slow
def test_without_five_replications_there_is_no_interval(tangled_file):
    found = explain(tangled_file, workers=1, replications=2).gaps[0]

    assert all(charge.points.low != charge.points.low for charge in found.forward[1:] if charge.applies)
    assert "±" not in sentence(found)


@pytest.mark.slow
def test_everything_is_written(explained, tmp_path):
    write(explained, tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {
        "gaps.csv", "steps.csv", "intervals.csv", "manifest.json", "plots", "report.html",
    }  # fmt: skip
    assert {path.name for path in (tmp_path / "plots").iterdir()} == {
        f"{kind}-{name}.{ending}"
        for kind in ("falls", "week")
        for name in ("phone", "chat")
        for ending in ("svg", "png")
    }
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert all(step.name in page for step in SWITCHED.values())
    assert len(steps_table(explained)) == 2 * 2 * 9
    assert len(gaps_table(explained)) == 2


@pytest.mark.slow
def test_the_document_is_json_without_nan(explained):
    told = json.loads(json.dumps(document(explained), allow_nan=False))

    assert [gap["contact_type"] for gap in told["gaps"]] == ["phone", "chat"]
    assert len(told["gaps"][0]["forward"]) == len(told["gaps"][0]["reverse"]) == 9


def gap(erlang_c=0.87, floor=(0.71, 0.69, 0.73), unstable=0.0, **charges):
    """A gap whose charges are given by name, in points, each with an interval of half a point around it."""
    steps = {"erlang_a": ERLANG_A, "intervals": INTERVALS} | {real.name.lower(): SWITCHED[real] for real in Real}
    row = tuple(
        Charge(step, nan, Number(points / 100, points / 100 - 0.005, points / 100 + 0.005))
        for name, step in steps.items()
        for points in [charges.get(name, 0.0)]
    )
    mean, low, high = floor
    total = Number(mean - erlang_c, low - erlang_c, high - erlang_c)
    return Gap("base", "calls", 20.0, erlang_c, nan, unstable, Number(*floor), total, row, row, 20)


def test_a_sentence_names_reasons_by_size_and_what_they_win_back():
    told = sentence(gap(days=-9, sharing=2, roster=-5, handle_time=-4))

    assert told == (
        "Erlang C promises 87 %; the floor gives 71 % ± 2: 9 points because no day is the average day, 5 because "
        "breaks, absence and ends of shift do not come as averages, 4 because handle times are not exponential; won "
        "back: 2 points because agents are shared, with priorities and overflow."
    )


def test_what_chance_may_explain_is_no_reason():
    """A charge of half a point more or less is left out."""
    told = sentence(gap(days=-16, rate=0.4))

    assert "evenly" not in told


def test_where_erlang_c_is_right_it_says_so():
    assert sentence(gap(erlang_c=0.8, floor=(0.805, 0.795, 0.815))) == (
        "Erlang C is right here: it promises 80.0 %, the floor gives 80.5 % ± 1.0."
    )


def test_right_by_luck_is_said():
    """Errors of ten points that cancel would not cancel tomorrow."""
    told = sentence(gap(erlang_c=0.8, floor=(0.8, 0.79, 0.81), days=-10, sharing=10))

    assert "by luck: 10 points because no day is the average day" in told


def test_a_gap_within_its_interval_is_not_told_as_one():
    told = sentence(gap(erlang_c=0.8, floor=(0.77, 0.73, 0.81)))

    assert told.endswith("which 20 replications cannot tell apart.")


def test_intervals_without_an_answer_are_mentioned():
    assert "For 13.0 % of the contacts Erlang C has no answer" in sentence(gap(unstable=0.13, days=-16))


def test_where_erlang_c_has_no_answer_at_all_it_promises_nothing():
    """0 % would sound like a promise."""
    told = sentence(gap(erlang_c=0.0, floor=(0.32, 0.3, 0.34), unstable=1.0, erlang_a=32))

    assert told.startswith(
        "Erlang C has no answer here (too few agents for the load, or none: counted as 0); the floor"
    )
    assert "promises" not in told


def test_without_interval_the_gap_is_told_plainly():
    told = sentence(replace(gap(days=-16), floor=Number(0.71, nan, nan), total=Number(-0.16, nan, nan), replications=3))

    assert told == (
        "Erlang C promises 87 %; the floor gives 71 % in 3 replications; 5 or more would tell what of it is chance."
    )


def test_a_gap_without_a_step_of_its_own_is_said():
    """Four steps of two points, each within its interval: nobody in particular is to blame."""
    formula, *simulated = gap().forward
    wide = tuple(replace(charge, points=Number(-0.019, -0.05, 0.01)) for charge in simulated)

    assert sentence(replace(gap(), forward=(formula, *wide))).endswith(
        "the floor gives 71 % ± 2: no step alone is told apart from chance by 20 replications."
    )


def test_steps_that_work_together_are_told():
    """Ten points for whichever of the two is switched on last."""
    told = sentence(
        replace(gap(erlang_c=0.71, floor=(0.81, 0.8, 0.82), blending=10), backward=gap(sharing=10).backward)
    )

    assert told.endswith(
        "The order matters: first to last or last to first, shared agents, priorities, overflow 0.0 or +10.0; chat "
        "concurrency, blending +10.0 or 0.0."
    )


def test_formulas_have_no_chance_in_them():
    """What Erlang A adds needs no interval to be real; what was simulated does."""
    bare = Number(0.1, nan, nan)

    assert Charge(ERLANG_A, nan, bare).is_real
    assert not Charge(INTERVALS, nan, bare).is_real


def test_where_all_replications_are_alike_the_gap_is_known_as_well_as_the_level():
    """Nobody answered in time in any of ten replications: Clopper-Pearson's interval, not none."""
    world = worlds_needed(lambda real: EVERYTHING)[0]
    nobody = [Ratio(np.array([0.0]), np.array([100.0]))] * 10
    formulas = {"erlang_c": 0.2, "erlang_a": 0.2, "unstable_share": 0.0}
    found = charged_gap(("base", "calls"), 0, 20.0, formulas, {world: nobody}, lambda real: EVERYTHING)

    assert found.total.mean == -0.2
    assert (found.total.low, found.total.high) == (found.floor.low - 0.2, found.floor.high - 0.2)
    assert not any(charge.applies for charge in found.forward if charge.step is not INTERVALS)


@pytest.mark.slow
def test_of_each_interval_both_formulas_and_the_floor_are_given(explained):
    """Weighted with expected contacts they make the numbers of the whole period."""
    for gap in explained.gaps:
        rows = explained.intervals.query("contact_type == @gap.contact_type")
        for formula in ("erlang_c", "erlang_a"):
            assert np.average(rows[formula].fillna(0), weights=rows["contacts"]) == pytest.approx(getattr(gap, formula))
        assert rows["floor"].between(0, 1).sum() > 0.9 * len(rows)


def test_nothing_is_simulated_where_nothing_can_be_explained(tangled_file):
    """Emails have no Erlang C."""
    experiment = config.load(tangled_file)
    only = experiment.scenarios["only"]
    types = {name: kind.model_copy(update={"service_level": None}) for name, kind in only.contact_types.items()}
    found = explain(
        experiment.model_copy(update={"scenarios": {"only": only.model_copy(update={"contact_types": types})}})
    )

    assert found.gaps == ()
    assert found.replications == 0
    assert found.intervals.empty


@pytest.mark.slow
def test_ctrl_c_keeps_what_is_finished(tangled_file, explained):
    """The first replication alone, and the explanation says that it is not complete."""

    def stop(done, total):
        raise KeyboardInterrupt

    found = explain(tangled_file, workers=1, progress=stop)

    assert (found.complete, found.replications) == (False, 1)
    assert [gap.erlang_c for gap in found.gaps] == [gap.erlang_c for gap in explained.gaps]


def test_ctrl_c_before_the_first_replication_leaves_nothing_to_explain(tangled_file, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("ccsim.explanation.explaining.one_replication", interrupted)
    with pytest.raises(KeyboardInterrupt):
        explain(tangled_file, workers=1)


@pytest.mark.slow
def test_an_unknown_contact_type_is_a_sentence(explained):
    with pytest.raises(CcsimError, match="nothing is explained of a contact type calls; explained: phone, chat"):
        explained.waterfall("calls")
