"""Whatever is mistyped or in the way is told as a sentence, with exit code 2, never as a traceback."""

import os

import pytest
from typer.testing import CliRunner

from ccsim.cli import app
from tests.small_run import TEXT, experiment_file


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return experiment_file(tmp_path)


def refused(*arguments):
    """What is said on stderr; nothing may stand on stdout, where programs read."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


def test_a_misspelt_option_is_told_with_the_right_one(file):
    assert "--replications" in refused("run", file, "--replicatons", "3")


def test_a_misspelt_command_is_told():
    assert "No such command 'rum'" in refused("rum")


def test_a_number_of_zero_replications_is_refused(file):
    assert "--replications" in refused("run", file, "--replications", "0")


def test_a_missing_file_is_told_with_the_nearest(file):
    told = refused("run", file.parent / "smal.yaml")
    assert f"no such file; did you mean {file}?" in told


def test_a_missing_file_without_a_neighbor_tells_how_to_begin(tmp_path):
    assert "no such file; write one to start from with: ccsim new" in refused("check", tmp_path / "x.yaml")


def test_a_folder_is_no_experiment(tmp_path):
    assert "is a folder" in refused("run", tmp_path)


def test_problems_of_the_file_are_told_with_their_place(file):
    file.write_text(TEXT.replace("location: offshore", "location: far away"))
    told = refused("run", file)
    assert "1 problem" in told
    assert "sites.manila.location" in told


def test_an_unknown_scenario_is_told_with_those_there_are(file):
    assert "given" in refused("run", file, "--scenario", "givn")


def test_a_change_of_nothing_is_told(file):
    assert "pools.newark" in refused("run", file, "--set", "pools.newark.shift.day.agents=3")


def test_a_folder_with_something_in_it_is_left_alone(file, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "precious.txt").write_text("mine")
    assert "exists and is not empty; choose another folder with --out" in refused(
        "run", file, "--out", tmp_path / "full"
    )
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["precious.txt"]


def test_a_file_in_the_place_of_the_folder_is_told(file):
    assert "a file stands where the folder should be" in refused("run", file, "--out", file)


@pytest.mark.skipif(os.name != "posix", reason="a folder that nobody can write in is one of POSIX")
def test_a_folder_that_cannot_be_written_is_told_before_anything_runs(file):
    assert "cannot be written" in refused("run", file, "--out", "/proc/results")


def test_new_in_a_folder_that_is_not_there_is_told(tmp_path):
    assert "cannot be written" in refused("new", tmp_path / "nowhere" / "x.yaml")
