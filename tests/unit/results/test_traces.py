"""Traces: a stored run is rebuilt exactly, and is refused if it is not the same."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import ccsim
from ccsim import config
from ccsim.chance import draw
from ccsim.engine import simulate
from ccsim.model.plain import as_data, from_data
from ccsim.planning import plan
from ccsim.results.traces import fingerprint, packed, place, read_about, read_log, unpacked
from tests.small_center import POOL, SITE, planned
from tests.small_desk import SMALL_DESK
from tests.small_journeys import TEXT as JOURNEYS

ROOT = Path(__file__).parents[3]
FILES = [*sorted((ROOT / "experiments").glob("*.yaml")), ROOT / "tests" / "faults" / "files" / "full.yaml"]


def same(one, other):
    """Whether two values are equal part by part, arrays with their types."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if is_dataclass(one):
        return all(same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    return one == other


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_experiment_comes_back_from_its_plain_form(file):
    """Every kind of value that a file can have, through JSON."""
    experiment = config.load(file)
    assert from_data(json.loads(json.dumps(as_data(experiment)))) == experiment


def test_what_has_no_plain_form_is_no_part_of_an_experiment():
    with pytest.raises(TypeError, match="no plain form"):
        as_data(object())


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    file = tmp_path_factory.mktemp("desk") / "desk.yaml"
    file.write_text(SMALL_DESK, encoding="utf-8")
    return config.load(file)


def test_the_experiment_that_comes_back_makes_the_same_plan(desk):
    again = from_data(as_data(desk))
    assert fingerprint(plan(again, "offshore")) == fingerprint(plan(desk, "offshore"))


@pytest.mark.parametrize("text", [SMALL_DESK, JOURNEYS], ids=["desk", "journeys"])
def test_a_log_comes_back_to_the_last_bit(tmp_path, text):
    """With and without customers who come again, and in the same small types."""
    file = tmp_path / "desk.yaml"
    file.write_text(text, encoding="utf-8")
    experiment = config.load(file)
    made = plan(experiment, next(iter(experiment.scenarios)))
    log = simulate(made, draw(made, 7, 1))
    assert same(unpacked(packed(log)), log)
    assert packed(log) == packed(log)


def test_who_is_hired_comes_back_too():
    """Recruiting is priced by it."""
    pool = {**POOL, "attrition": "60%"}
    made = planned(sites={"here": {**SITE, "costs": {"recruiting": "1800 USD"}}}, pools={"care": pool})
    log = simulate(made, draw(made, 1, 0))

    assert log.hires is not None
    assert same(unpacked(packed(log)), log)


def test_money_leaves_the_fingerprint_and_nothing_else_does(desk):
    made = plan(desk, "offshore")
    other_wage = replace(made, sites=replace(made.sites, wage=made.sites.wage * 2), currency="EUR")
    assert fingerprint(other_wage) == fingerprint(made)
    assert fingerprint(replace(made, run_end=made.run_end + 1)) != fingerprint(made)
    share = (made.months.share[0] / 2, *made.months.share[1:])
    assert isinstance(share[0], Fraction)
    assert fingerprint(replace(made, months=replace(made.months, share=share))) != fingerprint(made)
    assert fingerprint(plan(desk, "in-house")) != fingerprint(made)


def test_a_saved_run_holds_every_replication(desk, tmp_path):
    results = ccsim.run(desk, replications=2, workers=1, keep_traces=True)
    results.save(tmp_path)
    about, fingerprints = read_about(tmp_path)
    experiment = from_data(about)
    assert experiment == desk.model_copy(update={"replications": 2})
    for row, scenario in enumerate(desk.scenarios):
        made = plan(experiment, scenario)
        assert fingerprints[scenario] == fingerprint(made)
        for replication in (1, 2):
            assert same(read_log(tmp_path, row, replication), simulate(made, draw(made, desk.seed, replication)))


def test_missing_and_damaged_traces_are_told(desk, tmp_path):
    with pytest.raises(ccsim.CcsimError, match=r"has kept no traces.*ccsim run FILE --traces"):
        read_about(tmp_path)
    ccsim.run(desk, replications=1, workers=1, keep_traces=True).save(tmp_path)
    place(tmp_path, 0, 1).write_bytes(b"PK half of it")
    for replication in (1, 2):
        with pytest.raises(ccsim.CcsimError, match="missing or damaged"):
            read_log(tmp_path, 0, replication)
    (tmp_path / "traces" / "experiment.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ccsim.CcsimError, match="damaged"):
        read_about(tmp_path)
