"""What stands in the folder of a run."""

from pathlib import Path

import pytest

from ccsim.report import write
from tests.small_run import small_run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run") / "deep" / "er"
    write(small_run(), folder)
    return folder


def test_tables_manifest_plots_and_report_are_there(folder):
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {"summary.csv", "intervals.csv", "comparisons.csv", "targets.csv", "agents.csv", "manifest.json"} <= names
    assert "report.html" in names
    plots = ("comparison", "week-newark", "week-manila", "occupancy", "coverage")
    assert {f"plots/{name}.{kind}" for name in plots for kind in ("svg", "png")} <= names


def test_a_second_writing_gives_the_same_plots_byte_for_byte(folder, tmp_path):
    write(small_run(), tmp_path)
    for path in sorted((folder / "plots").iterdir()):
        assert path.read_bytes() == (tmp_path / "plots" / path.name).read_bytes(), path.name


def test_pictures_carry_no_date(folder: Path):
    assert b"date" not in (folder / "plots" / "occupancy.svg").read_bytes().lower()
