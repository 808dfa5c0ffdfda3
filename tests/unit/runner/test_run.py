"""A run: the same whoever does the work, stopped when precise, told apart when it fails or is interrupted."""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from pandas.testing import assert_frame_equal

import ccsim
from ccsim.analysis.stopping import confidence_of_looks
from ccsim.results.results import TABLES
from ccsim.runner import crew, running
from ccsim.runner import replication as unit_of_work
from tests.small_desk import SMALL_DESK


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The small desk of a single day."""
    file = tmp_path_factory.mktemp("desk") / "desk.yaml"
    file.write_text(SMALL_DESK.replace("days: 3", "days: 1"), encoding="utf-8")
    return file


def assert_same(one, two):
    for table in (*TABLES[:-1], "sums"):
        assert_frame_equal(getattr(one, table)(), getattr(two, table)(), check_exact=True)


@pytest.mark.slow
def test_two_workers_give_the_results_of_one_to_the_last_bit(desk):
    """Otherwise a laptop and a server would disagree about a plan."""
    alone, together = (ccsim.run(desk, workers=workers, keep_log="first") for workers in (1, 2))
    assert_same(alone, together)
    for one, two in zip(alone.log("offshore"), together.log("offshore"), strict=True):
        assert_frame_equal(one, two)


@pytest.mark.slow
def test_somebody_elses_executor_gives_the_same_results(desk):
    """Any concurrent.futures executor will do, as that of a cluster."""
    with ThreadPoolExecutor(2) as executor:
        assert_same(ccsim.run(desk, workers=1), ccsim.run(desk, executor=executor))


def test_more_replications_begin_with_the_same_ones(desk):
    few, many = ccsim.run(desk, replications=2, workers=1), ccsim.run(desk, replications=3, workers=1)
    sums = many.sums()
    assert_frame_equal(few.sums(), sums[sums["replication"] <= 2].reset_index(drop=True))


def test_adding_a_scenario_changes_nothing_in_the_others(desk):
    one, both = ccsim.run(desk, scenarios=["offshore"], workers=1), ccsim.run(desk, workers=1)
    assert one.scenarios == ("offshore",)
    alone = both.summary().query("scenario == 'offshore'").reset_index(drop=True)
    assert_frame_equal(one.summary(), alone)


def test_simulate_is_one_replication_of_the_run(desk):
    for single, kept in zip(
        ccsim.simulate(desk, "offshore", 2), ccsim.run(desk, workers=1, keep_log="all").log("offshore", 2), strict=True
    ):
        assert_frame_equal(single, kept)


def test_simulate_asks_which_scenario_only_where_there_are_several(desk):
    alone = ccsim.load(desk, scenarios=["offshore"])
    assert_frame_equal(ccsim.simulate(alone)[0], ccsim.simulate(desk, "offshore")[0])
    with pytest.raises(ccsim.CcsimError, match="name one of in-house, offshore"):
        ccsim.simulate(desk)


def test_changes_seed_and_replications_are_those_asked_for(desk):
    changed = ccsim.run(
        desk, seed=99, replications=2, workers=1, changes=["contact_types.phone.service_level=70% in 30 s"]
    )
    assert (changed.seed, changed.replications) == (99, 2)
    assert changed.manifest["changes"] == ["contact_types.phone.service_level=70% in 30 s"]
    assert changed.targets().query("contact_type == 'phone'")["threshold_s"].tolist() == [30, 30]
    again = ccsim.run(ccsim.load(desk, changes=changed.manifest["changes"]), seed=99, replications=2)
    assert_same(changed, again)
    assert again.manifest["changes"] == changed.manifest["changes"]


def test_changes_of_a_loaded_experiment_are_refused(desk):
    with pytest.raises(ccsim.CcsimError, match="applied while a file is loaded"):
        ccsim.run(ccsim.load(desk), changes=["seed=3"])


def test_unknown_scenario_of_a_loaded_experiment_is_told(desk):
    with pytest.raises(ccsim.CcsimError, match="there is no scenario onshore; there are in-house, offshore"):
        ccsim.run(ccsim.load(desk), scenarios=["onshore"])


def with_precision(desk, text):
    file = desk.with_name("precise.yaml")
    file.write_text(
        desk.read_text(encoding="utf-8").replace("replications: 6", f"replications: {text}"), encoding="utf-8"
    )
    return file


def test_run_stops_at_the_first_look_that_is_precise_enough(desk):
    """Ten replications know service levels to 40 points; intervals are those of one look in three."""
    results = ccsim.run(with_precision(desk, "{precision: 40 points, at_most: 40}"), workers=1)
    assert results.replications == 10
    assert results.manifest["confidence"] == pytest.approx(confidence_of_looks(3))


def test_run_stops_at_most_where_it_is_told(desk):
    results = ccsim.run(with_precision(desk, "{precision: 0.01 points, at_most: 12}"), workers=1)
    assert results.replications == 12


@pytest.mark.slow
def test_intervals_of_looks_are_wider_than_of_a_fixed_number(desk):
    looked = ccsim.run(with_precision(desk, "{precision: 40 points, at_most: 40}"), workers=1).targets()
    fixed = ccsim.run(desk, replications=10, workers=1).targets()
    assert (looked["mean"] == fixed["mean"]).all()
    assert (looked["low"] < fixed["low"]).all()


def test_progress_is_told_after_each_replication(desk):
    told = []
    ccsim.run(desk, workers=1, replications=3, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_small_runs_stay_in_one_process(desk):
    """Starting processes takes longer than simulating a desk for a day."""
    assert ccsim.run(desk).manifest["workers"] == 1


def test_ctrl_c_alone_keeps_what_is_finished(desk):
    """The third replication never comes home; two are kept, and the results say so."""

    def interrupt(done, of):
        if done == 2:
            signal.raise_signal(signal.SIGINT)

    results = ccsim.run(desk, workers=1, progress=interrupt)
    assert not results.complete
    assert results.replications == 2
    assert_frame_equal(results.sums(), ccsim.run(desk, replications=2, workers=1).sums())
    assert "interrupted" in repr(results)


@pytest.mark.slow
def test_ctrl_c_with_workers_keeps_what_is_finished_and_leaves_none_alive(desk):
    def interrupt(done, of):
        if done == 2:
            signal.raise_signal(signal.SIGINT)

    results = ccsim.run(desk, workers=2, replications=1000, progress=interrupt)
    assert not results.complete
    assert 2 <= results.replications < 100
    assert not multiprocessing.active_children()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_before_anything_is_finished_gives_empty_tables(desk, tmp_path):
    """Columns are there, rows are not; the folder can be written and loaded."""
    file = ccsim.load(desk)

    def never(*_, **__):
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "replicate", never)
        results = ccsim.run(file, workers=1)
    loaded = ccsim.Results.load(results.save(tmp_path))
    assert (results.replications, results.complete) == (0, False)
    for found in (results, loaded):
        assert len(found.summary()) == len(found.intervals()) == len(found.comparisons()) == len(found.targets()) == 0
        assert list(found.summary().columns)[:3] == ["scenario", "scope", "name"]


def test_failure_names_scenario_replication_and_seed(desk, monkeypatch):
    """Whoever reads it can do that one replication again."""
    draw = unit_of_work.draw

    def broken(plan, seed, replication):
        if (plan.scenario, replication) == ("offshore", 3):
            raise ValueError("no such luck")
        return draw(plan, seed, replication)

    monkeypatch.setattr(unit_of_work, "draw", broken)
    with pytest.raises(
        ccsim.SimulationError, match="scenario offshore, replication 3, seed 7 failed: ValueError: no such luck"
    ):
        ccsim.run(desk, workers=1)


def test_worker_that_dies_is_told(desk):
    """As when memory runs out and the system kills it."""
    with crew.hired(1) as executor:
        future = executor.submit(signal.raise_signal, signal.SIGKILL)
        with pytest.raises(ccsim.SimulationError, match="ended from outside"):
            crew.home(future)


def test_check_points_out_doubts_without_running(desk):
    """A warm-up too short for emails is no mistake, but worth a second look."""
    doubts = ccsim.check(desk)
    assert [problem.file for problem in doubts] == [str(desk)] * len(doubts)
    assert ccsim.check(ccsim.load(desk)) == doubts
    assert len(doubts) > 0
