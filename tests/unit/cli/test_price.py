"""``ccsim price``: from a stored run and a file of contracts to what it would have cost; sentences for all else."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from ccsim.cli import app
from tests.small_contract import CONTRACTS, SMALL_CONTRACT


def ccsim(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A folder with a run that kept traces, and one that did not."""
    folder = tmp_path_factory.mktemp("stored")
    file = folder / "desk.yaml"
    file.write_text(SMALL_CONTRACT, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ccsim.report.folder.pages", lambda results: [])
        for name, *more in (("kept", "--traces"), ("bare",)):
            done = ccsim("run", file, "--workers", 1, "--replications", 2, "--quiet", "--out", folder / name, *more)
            assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def contracts(tmp_path):
    file = tmp_path / "contracts.yaml"
    file.write_text(CONTRACTS.replace("150.25", "300.50"), encoding="utf-8")
    return file


def test_prices_are_told(stored, contracts):
    result = ccsim("price", stored / "kept", "--contracts", contracts, "--workers", 1)
    assert result.exit_code == 0, result.output
    assert "Who pays whom for what, in USD" in result.stdout
    assert "client to acme (care)" in result.stdout


def test_tables_and_report_are_written_if_a_folder_is_named(stored, contracts, tmp_path, monkeypatch):
    monkeypatch.setattr("ccsim.report.folder.pages", lambda results: [])
    out = tmp_path / "out"
    result = ccsim("price", stored / "kept", "--contracts", contracts, "--workers", 1, "--out", out)
    assert f"Report, tables and plots: {out}" in result.stdout
    assert {"costs.csv", "invoices.csv", "terms.csv", "report.html"} <= {path.name for path in out.iterdir()}
    assert f"<code>ccsim price {stored / 'kept'} --contracts {contracts}</code>" in (out / "report.html").read_text()
    assert (out / "intervals.csv").read_bytes() == (stored / "kept" / "intervals.csv").read_bytes()
    assert (out / "costs.csv").read_bytes() != (stored / "kept" / "costs.csv").read_bytes()


def test_own_contracts_write_the_very_same_tables(stored, tmp_path, monkeypatch):
    """Every file but the manifest and the report, byte by byte."""
    monkeypatch.setattr("ccsim.report.folder.pages", lambda results: [])
    out = tmp_path / "out"
    assert ccsim("price", stored / "kept", "--contracts", stored / "desk.yaml", "--out", out, "--quiet").exit_code == 0
    tables = sorted(path.name for path in (stored / "kept").glob("*.csv"))
    assert "invoices.csv" in tables
    for name in tables:
        assert (out / name).read_bytes() == (stored / "kept" / name).read_bytes(), name


def test_json_is_one_document(stored, contracts):
    result = ccsim("price", stored / "kept", "--contracts", contracts, "--workers", 1, "--json", "--quiet")
    told = json.loads(result.stdout)
    assert told["scenarios"]["helped"]["total"]["total_cost"]["mean"] > 0


def test_what_cannot_be_priced_is_told_in_a_sentence(stored, contracts, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(CONTRACTS.replace("provider: acme", "provider: nobody"), encoding="utf-8")
    for arguments, code, told in (
        ((stored / "nowhere", "--contracts", contracts), 2, "no such folder"),
        ((stored, "--contracts", contracts), 2, "there is no manifest.json"),
        ((stored / "bare", "--contracts", contracts), 2, "run the experiment again with ccsim run FILE --traces"),
        ((stored / "kept", "--contracts", tmp_path / "none.yaml"), 2, "no such file"),
        ((stored / "kept", "--contracts", wrong), 2, "wrong.yaml:3:15 contracts.care.provider: there is no provider"),
        ((stored / "kept",), 2, "Missing option '--contracts'"),
    ):
        result = ccsim("price", *arguments)
        assert result.exit_code == code, result.output
        assert told in " ".join(result.stderr.split())
        assert "Traceback" not in result.output
        assert "The run failed" not in result.output
