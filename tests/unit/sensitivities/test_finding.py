"""What sensitivities find: the same as runs of the file with other values, simulated as rarely as can be."""

from __future__ import annotations

import pytest
from pandas.testing import assert_frame_equal

import ccsim
from ccsim.errors import CcsimError
from ccsim.sensitivities.design import design
from ccsim.sensitivities.finding import play
from tests.small_sensitivities import OF_MONEY, OF_WORK, text


def written(folder, sensitivities=OF_MONEY + OF_WORK, **instead):
    file = folder / "case.yaml"
    content = text(sensitivities)
    for old, new in instead.items():
        content = content.replace(old, new)
    file.write_text(content, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return written(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def found(file):
    return ccsim.sensitivity(file, workers=1)


@pytest.fixture(scope="module")
def usual(file):
    return ccsim.run(file, workers=1)


def more(results):
    """Present value of what giving away costs beyond keeping."""
    return results.ownership().query("group == 'difference' and basis == 'present value'")["mean"].item()


def bar(found, name, outcome="difference", case="give"):
    return found.tornado().query("name == @name and outcome == @outcome and case == @case").iloc[0]


@pytest.mark.slow
def test_as_it_is_it_costs_what_a_run_says(found, usual):
    assert bar(found, "wage")["as_it_is"] == pytest.approx(more(usual), abs=0.05)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("wage", ["sites.newark.wage=30 USD per hour"]),
        ("discount", ["business_case.discount=12% per year"]),
        ("handle time in Manila", ["pools.manila.handles.phone.handle_time=x1.3"]),
        ("agents in Manila", ["scenarios.given.change.pools.manila.staffing=5"]),
    ],
)
def test_an_end_of_a_bar_is_a_run_of_the_file_with_that_value(found, file, name, changes):
    """On the same seeds, so to the cents that groups are rounded to."""
    assert bar(found, name)["at_high"] == pytest.approx(more(ccsim.run(file, changes=changes, workers=1)), abs=0.05)


@pytest.mark.slow
def test_a_swing_is_the_difference_of_its_ends_and_surer(found):
    for row in found.tornado().itertuples():
        assert row.swing == pytest.approx(row.at_high - row.at_low, abs=0.02)
    work = bar(found, "handle time in Manila")
    assert work["swing_high"] - work["swing_low"] < work["at_high_high"] - work["at_high_low"]


@pytest.mark.slow
def test_a_number_of_the_baseline_moves_the_baseline_alone(found):
    wage = {case: bar(found, "wage", "total", case)["swing"] for case in ("keep", "give")}

    assert wage["keep"] > wage["give"] > 0, "two months of giving away are kept"
    assert bar(found, "wage")["swing"] == pytest.approx(wage["give"] - wage["keep"], abs=0.02)
    assert bar(found, "handle time in Manila", "total", "keep")["swing"] == 0


@pytest.mark.slow
def test_the_largest_swing_comes_first(found):
    swings = found.tornado().query("outcome == 'difference'")["swing"].abs()

    assert swings.is_monotonic_decreasing
    assert set(found.tornado()["verdict"]) <= {"higher", "lower", "not distinguishable"}


def test_money_is_simulated_once_and_work_only_where_it_is_done(file):
    """Two as they are, nothing for four numbers of money, the provider's alone for both ends of its own two."""
    assert len(design(file).plans) == 2 + 0 + 2 * 2


def test_break_evens_of_money_simulate_nothing(tmp_path):
    """Wages, prices and rates are looked for in books alone."""
    found = ccsim.sensitivity(written(tmp_path, OF_MONEY), workers=1, replications=2)

    assert set(found.break_even()["verdict"]) == {"found", "none between"}
    assert found.simulated == 2 * 2


@pytest.mark.slow
@pytest.mark.parametrize(("name", "of"), [("wage", "wage"), ("price", "price"), ("rate", "exchange rate")])
def test_looking_finds_what_solving_does(found, usual, name, of):
    """Wages, prices and rates are linear: the two ways must agree to the fineness of looking, intervals too."""
    looked = found.break_even().query("name == @name").iloc[0]
    solved = usual.break_even().query("of == @of").iloc[0]
    tolerance = (looked["to"] - looked["from"]) / 200

    assert looked["verdict"] == "found"
    assert looked["now"] == solved["now"]
    assert looked["mean"] == pytest.approx(solved["mean"], abs=tolerance)
    width = solved["high"] - solved["low"]
    for end in ("low", "high"):
        assert looked[end] == pytest.approx(solved[end], abs=tolerance + 0.1 * width)


@pytest.mark.slow
def test_nothing_is_said_beyond_the_ends(found):
    rows = found.break_even().query("name in ('discount', 'handle time in Manila')")

    assert rows["verdict"].tolist() == ["none between"] * 2
    assert rows[["mean", "low", "high"]].isna().all(axis=None)


def test_numbers_of_agents_are_looked_at_whole(tmp_path):
    """Between two numbers of agents lies a straight line: 3.4 says that three agents are too few, and four enough."""
    agents = "\n    agents at home: {key: pools.newark.staffing, low: 1, high: 3}"
    found = ccsim.sensitivity(written(tmp_path, agents), workers=1, replications=2)
    row = found.break_even().iloc[0]

    assert row["verdict"] == "found"
    assert 1 < row["mean"] < 3
    assert row["mean"] % 1 != 0


def test_between_distributions_nothing_is_looked_for(tmp_path):
    """There is a break-even, but no number of which it could be one."""
    law = "\n    phases: {key: business_case.cases.give, low: [{scenario: kept, months: 23}, given], high: [given]}"
    found = ccsim.sensitivity(written(tmp_path, law, **{"set_up: 8000000 PHP": "set_up: 14000000 PHP"}), workers=1)

    assert found.break_even()["verdict"].tolist() == ["not sought"]


@pytest.mark.slow
def test_it_does_not_matter_how_many_work(file, found):
    other = ccsim.sensitivity(file, workers=2)

    assert_frame_equal(other.tornado(), found.tornado(), check_exact=True)
    assert_frame_equal(other.break_even(), found.break_even(), check_exact=True)


@pytest.mark.slow
def test_an_experiment_is_as_good_as_its_file(tmp_path):
    file = written(tmp_path, OF_MONEY)
    again, found = (ccsim.sensitivity(of, replications=2, seed=3, workers=1) for of in (ccsim.load(file), file))

    assert_frame_equal(again.tornado(), found.tornado(), check_exact=True)
    assert (again.replications, again.manifest["seed"]) == (2, 3)


def test_an_experiment_that_is_no_longer_its_files_is_refused(tmp_path):
    """What it was loaded from is read again for other values, and must say the same."""
    file = written(tmp_path)
    experiment = ccsim.load(file)
    file.write_text(text().replace("12 per hour", "13 per hour"), encoding="utf-8")

    with pytest.raises(CcsimError, match="says something else than the experiment; give the file, or load it whole"):
        ccsim.sensitivity(experiment)
    with pytest.raises(CcsimError, match="changes are applied while a file is loaded"):
        ccsim.sensitivity(ccsim.load(file), changes=["seed=2"])


@pytest.mark.slow
def test_ctrl_c_keeps_the_sensitivities_that_are_finished(file, found):
    """Each of them to the last bit, whatever was in hand."""
    asked = design(file)

    def interrupt(done, until):
        if done > 2 * 5 + 3:
            raise KeyboardInterrupt

    early = play(asked, workers=1, progress=interrupt)
    known = early.tornado()

    assert not early.complete
    assert set(known["name"]) == {"wage", "price", "rate", "discount"}
    expected = found.tornado().query("name in @known.name").reset_index(drop=True)
    assert_frame_equal(known, expected, check_exact=True)
    assert early.break_even().empty


def test_ctrl_c_before_anything_is_known_is_ctrl_c(file):
    def interrupt(done, until):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        play(design(file), workers=1, progress=interrupt)
