"""The commands, from arguments to exit codes, in this process; without pictures, which have tests of their own."""

import json

import pytest
from typer.testing import CliRunner

from ccsim.cli import app
from tests.small_run import TEXT, experiment_file


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ccsim.report.folder.pages", lambda results: [])
    return experiment_file(tmp_path)


def ccsim(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def run(file, *arguments):
    return ccsim("run", file, "--workers", 1, "--scenario", "given", *arguments)


def test_run_tells_the_answer_and_where_the_folder_is(file, tmp_path):
    result = run(file, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "given is not shown to meet every target." in result.stdout
    assert f"Report, tables and plots: {tmp_path / 'out'}" in result.stdout
    assert (tmp_path / "out" / "report.html").is_file()


def test_the_folder_is_named_after_title_and_time(file, tmp_path):
    assert run(file, "--quiet", "--replications", 1).exit_code == 0
    (folder,) = (tmp_path / "results").iterdir()
    assert folder.name.startswith("keep-b-it-b-give-it-away-script-alert-1-script-20")


def test_json_is_one_document_on_stdout_and_people_read_stderr(file, tmp_path):
    result = run(file, "--json", "--out", tmp_path / "out")
    assert json.loads(result.stdout)["schema_version"] == 1
    assert "Staff and cost" in result.stderr


def test_quiet_says_nothing(file, tmp_path):
    result = run(file, "--quiet", "--out", tmp_path / "out")
    assert (result.exit_code, result.output) == (0, "")


def test_quiet_json_is_the_document_alone(file, tmp_path):
    result = run(file, "--quiet", "--json", "--out", tmp_path / "out")
    assert json.loads(result.stdout)["replications"] == 5
    assert result.stderr == ""


def test_arguments_overrule_the_file(file, tmp_path):
    change = "contact_types.phone.demand.rate=1 per hour"
    result = run(
        file, "--replications", 2, "--seed", 9, "--set", change, "--json", "--quiet", "--out", tmp_path / "out"
    )
    told = json.loads(result.stdout)
    assert (told["replications"], told["seed"], list(told["scenarios"])) == (2, 9, ["given"])
    assert told["scenarios"]["given"]["contact_types"]["phone"]["offered"]["mean"] < 300


def test_check_leaves_with_1_when_a_target_is_not_met(file, tmp_path):
    result = run(file, "--check", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "given: email undecided" in result.stderr
    assert (tmp_path / "out" / "report.html").is_file()


def test_check_leaves_with_0_when_all_targets_are_met(file, tmp_path):
    alone = ("--set", "contact_types.email.service_level=1% in 12 hours")
    assert run(file, "--check", "--out", tmp_path / "out", *alone).exit_code == 0


@pytest.mark.slow
def test_check_holds_only_what_can_be_chosen(file, tmp_path):
    """What would be without the law, or with a worse turnover, is not the plan."""
    text = file.read_text(encoding="utf-8")
    beside = "{pools: [manila], change: {contact_types: {email: {service_level: 1% in 12 hours}}}}"
    file.write_text(f"{text}  plan: {beside}\n".replace("given: {", "given: {what_if: yardstick, "), encoding="utf-8")
    assert run(file, "--scenario", "plan", "--check", "--out", tmp_path / "out").exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "logs"),
    [((), 0), (("--log",), 1), (("--log", "all"), 2), (("--log=all",), 2), (("--log", "--quiet"), 1)],
)
def test_log_keeps_one_replication_or_all(file, tmp_path, arguments, logs):
    assert run(file, "--replications", 2, "--out", tmp_path / "out", *arguments).exit_code == 0
    kept = json.loads((tmp_path / "out" / "manifest.json").read_text())["logs"]
    assert len(kept) == logs


def test_log_may_stand_before_the_file(file, tmp_path):
    arguments = ("--replications", 1, "--workers", 1, "--scenario", "given", "--quiet", "--out", tmp_path / "out")
    assert ccsim("run", "--log", file, *arguments).exit_code == 0
    assert (tmp_path / "out" / "visits.csv").is_file()


def test_check_says_how_large_a_run_is(file):
    result = ccsim("check", file)
    assert result.exit_code == 0, result.output
    assert f"{file}: no problems" in result.stdout
    assert "kept: " in result.stdout
    assert "contacts expected, 8 agents" in result.stdout
    assert "given: " in result.stdout
    assert "5 replications: " in result.stdout


def test_check_points_out_doubtful_choices_with_their_place(file):
    """One day of warm-up is short for a weekly roster."""
    result = ccsim("check", file)
    assert "Worth a second look" in result.stdout
    assert "calendar.warm_up" in result.stdout


def test_schema_is_json_schema():
    assert json.loads(ccsim("schema").stdout)["$schema"].startswith("https://json-schema.org/")


def test_a_new_experiment_is_valid_and_never_overwrites(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ccsim("new").exit_code == 0
    assert ccsim("check", "experiment.yaml").exit_code == 0
    again = ccsim("new")
    assert again.exit_code == 2
    assert "experiment.yaml: exists already" in again.stderr


def test_version_is_told():
    assert ccsim("--version").stdout.startswith("ccsim 0.")


def test_a_changed_file_is_read_anew(file, tmp_path):
    file.write_text(TEXT.replace("seed: 7", "seed: 8"))
    assert json.loads(run(file, "--json", "--quiet", "--out", tmp_path / "out").stdout)["seed"] == 8
