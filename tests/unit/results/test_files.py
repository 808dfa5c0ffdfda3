"""Results on disk: what was saved comes back, byte by byte the same for the same run, and never half a file."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import ccsim
from ccsim.results.files import written
from ccsim.results.results import TABLES

LOGS = ("visits", "segments", "spells")


def test_loaded_results_are_the_saved_ones(results, tmp_path):
    loaded = ccsim.Results.load(results.save(tmp_path / "run"))
    for table in ("summary", "intervals", "comparisons", "targets", "agents", "sums"):
        assert_frame_equal(getattr(loaded, table)(), getattr(results, table)(), check_dtype=table != "comparisons")
    for attribute in ("title", "seed", "replications", "complete", "scenarios", "currency", "timezone", "experiment"):
        assert getattr(loaded, attribute) == getattr(results, attribute)


def test_loaded_logs_are_the_saved_ones(results, tmp_path):
    loaded = ccsim.Results.load(results.save(tmp_path))
    for scenario in results.scenarios:
        for saved, back in zip(results.log(scenario), loaded.log(scenario), strict=True):
            assert_frame_equal(back, saved, check_dtype=False)


def test_the_same_run_writes_the_same_bytes(results, tmp_path):
    """Only the manifest knows when and how long."""
    again = results.repeated(results.replications)
    results.save(tmp_path / "one")
    again.save(tmp_path / "two")
    for table in (*TABLES, *LOGS):
        assert (tmp_path / "one" / f"{table}.csv").read_bytes() == (tmp_path / "two" / f"{table}.csv").read_bytes()
    one, two = (json.loads((tmp_path / name / "manifest.json").read_text(encoding="utf-8")) for name in ("one", "two"))
    assert {key for key in one if one[key] != two[key]} <= {"started", "wall_s"}


def test_manifest_says_what_is_needed_to_do_it_again(results):
    manifest = results.manifest
    assert manifest["replications"] == [1, 2, 3, 4, 5, 6]
    assert set(manifest["versions"]) >= {"ccsim", "python", "numpy", "scipy", "simpy", "holidays", "tzdata"}
    assert list(manifest["inputs"]) == [results.file]
    assert len(manifest["inputs"][results.file]) == 64
    assert manifest["experiment"]["scenarios"]["offshore"]["pools"]["manila-care"]["site"] == "manila"
    assert json.loads(json.dumps(manifest, allow_nan=False)) == manifest


def test_missing_values_are_empty_in_csv(results, tmp_path):
    results.save(tmp_path)
    text = (tmp_path / "summary.csv").read_text(encoding="utf-8")
    assert "nan" not in text.lower().replace("finance", "")
    assert ",,," in text


def test_file_that_cannot_be_finished_leaves_the_old_one(tmp_path):
    """A full disk or Ctrl-C in the middle of a table: the old one stays, no piece of the new one is left."""
    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")

    def write_half():
        with written(path) as file:
            file.write("half of the n")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_folder_without_a_run_is_told(tmp_path):
    with pytest.raises(ccsim.CcsimError, match=r"there is no manifest\.json"):
        ccsim.Results.load(tmp_path)


def test_missing_table_is_told(results, tmp_path):
    results.save(tmp_path)
    (tmp_path / "targets.csv").unlink()
    with pytest.raises(ccsim.CcsimError, match=r"targets\.csv is missing"):
        ccsim.Results.load(tmp_path)


def test_unreadable_manifest_is_told(tmp_path):
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(ccsim.CcsimError, match="not readable as JSON"):
        ccsim.Results.load(tmp_path)


def test_log_that_was_not_kept_is_told(results):
    with pytest.raises(ccsim.CcsimError, match="kept: in-house 1, offshore 1"):
        results.log("in-house", 2)


def test_results_from_disk_cannot_be_run_again(results, tmp_path):
    with pytest.raises(ccsim.CcsimError, match="cannot be run again"):
        ccsim.Results.load(results.save(tmp_path)).repeated(10)


def test_notebook_form_is_short_and_escaped(results):
    """A title is written by people, and shown by a browser."""
    html = results._repr_html_()
    assert "A small desk &lt;b&gt;" in html
    assert "<b>A small desk" in html
    assert html.count("<tr>") == 5
    assert "undecided" in html


def test_instants_are_read_as_instants(results, tmp_path):
    loaded = ccsim.Results.load(results.save(tmp_path)).intervals()
    assert isinstance(loaded["interval_start_utc"].dtype, pd.DatetimeTZDtype)
