"""``ccsim sensitivity`` as a shell sees it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from ccsim.cli import app
from tests.small_cases import GIVE_OR_KEEP
from tests.small_sensitivities import OF_MONEY, text


def sensitivity(*arguments):
    return CliRunner().invoke(app, ["sensitivity", *map(str, arguments)])


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    found = tmp_path_factory.mktemp("case") / "case.yaml"
    found.write_text(text(OF_MONEY), encoding="utf-8")
    return found


@pytest.mark.slow
def test_it_says_beforehand_how_much_it_simulates_and_ends_in_a_sentence(file, tmp_path):
    out = tmp_path / "out"
    result = sensitivity(file, "--replications", 2, "--workers", 1, "--out", out)

    assert result.exit_code == 0, result.output
    assert "Simulating 4 replications (2 scenarios that differ, 2 times), about" in result.stderr
    *_, answer, kept = [block for block in result.stdout.split("\n\n") if block.strip()]
    assert answer.startswith("give costs ")
    assert "It would cost what keep does at wage" in " ".join(answer.split())
    assert kept.strip() == f"Report, tables and plot: {out}"
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "sites.newark.wage" in page
    assert {path.name for path in (out / "plots").iterdir()} == {"tornado.svg", "tornado.png"}
    header = "case,name,key,unit,now,from,to,mean,low,high,n,verdict"
    assert (out / "break_even_by_runs.csv").read_text(encoding="utf-8").startswith(header)


def test_json_alone_on_stdout(file, tmp_path):
    arguments = ("--replications", 1, "--workers", 1, "--json", "--quiet", "--out", tmp_path / "out")
    document = json.loads(sensitivity(file, *arguments).stdout)

    assert {row["name"] for row in document["tornado"]} == {"wage", "price", "rate", "discount"}
    assert document["replications"] == 1


@pytest.mark.slow
def test_the_same_run_writes_the_same_tables(file, tmp_path):
    """But for the times in the manifest."""
    for out in ("a", "b"):
        sensitivity(file, "--replications", 2, "--workers", 1, "--quiet", "--out", tmp_path / out)
    for name in ("tornado.csv", "break_even_by_runs.csv", "report.html", "plots/tornado.svg", "plots/tornado.png"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_file_without_sensitivities_leaves_with_2(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text(GIVE_OR_KEEP, encoding="utf-8")
    result = sensitivity(file, "--out", tmp_path / "out")

    assert result.exit_code == 2
    assert "business_case: there are no sensitivities; write for example" in result.stderr
    assert not (tmp_path / "out").exists()


def test_ctrl_c_leaves_with_130_and_what_was_finished(file, tmp_path, monkeypatch):
    """Tables of the numbers that were done; no plot, since somebody is waiting for the end."""
    from ccsim.sensitivities import floor

    played = floor.Floor.totals
    times = []

    def interrupted(self, versions):
        times.append(len(times))
        if len(times) > 2:
            raise KeyboardInterrupt
        return played(self, versions)

    monkeypatch.setattr(floor.Floor, "totals", interrupted)
    result = sensitivity(file, "--workers", 1, "--out", tmp_path / "out")

    assert result.exit_code == 130
    assert "interrupted after 1 of 4 numbers" in " ".join(result.stdout.split())
    assert f"Interrupted; what was finished until then is in {tmp_path / 'out'}." in result.stderr
    assert (tmp_path / "out" / "tornado.csv").read_text(encoding="utf-8").count("wage") > 0
    assert not (tmp_path / "out" / "report.html").exists()
    times.extend([0, 0])
    assert "Interrupted before the experiment as it is" in sensitivity(file, "--out", tmp_path / "other").stderr
