"""``ccsim explain`` as a shell sees it."""

import json

from typer.testing import CliRunner

from ccsim.cli import app
from tests.small_run import experiment_file


def explain(*arguments):
    return CliRunner().invoke(app, ["explain", *map(str, arguments)])


def test_it_tells_a_sentence_and_the_steps_of_each_live_contact_type(tmp_path):
    result = explain(experiment_file(tmp_path), "--replications", 2, "--workers", 1)

    assert result.exit_code == 0, result.output
    assert result.stdout.count("  phone: Erlang C ") == 2
    assert "intervals follow one another" in result.stdout
    assert "email:" not in result.stdout


def test_json_alone_on_stdout_and_a_folder_if_asked(tmp_path):
    out = tmp_path / "out"
    arguments = ("--replications", 1, "--workers", 1, "--scenario", "kept", "--json", "--quiet", "--out", out)
    result = explain(experiment_file(tmp_path), *arguments)

    assert [gap["scenario"] for gap in json.loads(result.stdout)["gaps"]] == ["kept"]
    assert (out / "report.html").exists()


def test_without_out_no_folder_is_made(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    explain(experiment_file(tmp_path), "--replications", 1, "--workers", 1, "--scenario", "given")

    assert not (tmp_path / "results").exists()


def test_a_mistake_leaves_with_2(tmp_path):
    assert explain(tmp_path / "missing.yaml").exit_code == 2
