"""The installed command as a shell sees it: streams, exit codes, and what it imports. Ctrl-C: tests/faults."""

import ast
import os
import subprocess
import sys

import pytest

from tests.small_run import TEXT, TITLE, experiment_file

MAIN = "from ccsim.cli import main; main()"
WITHOUT_PICTURES = "import ccsim.report.folder as folder; folder.pages = lambda results: []; "
HEAVY = ("numpy", "pandas", "scipy", "matplotlib", "pydantic", "simpy", "ruamel", "rich", "jinja2")


def ccsim(*arguments, code=MAIN, **options):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **options)


def test_help_imports_typer_and_errors_only():
    """``ccsim --help`` answers at once: rooms are imported by the command that needs them."""
    code = f"""
import sys
from ccsim.cli import app
try:
    app(["--help"])
except SystemExit:
    print([name for name in sys.modules if name.startswith("ccsim")], file=sys.stderr)
    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr.splitlines()
    rooms = {name.split(".")[1] for name in ast.literal_eval(told[0]) if "." in name}
    assert rooms == {"cli", "errors"}
    assert told[1] == "[]"


@pytest.mark.slow
def test_a_run_from_a_shell_writes_everything(tmp_path):
    result = ccsim(
        "run", experiment_file(tmp_path), "--replications", "2", "--scenario", "given", "--check", cwd=tmp_path
    )
    assert result.returncode == 1
    assert result.stdout.startswith("Keep <b>it</b>")
    assert "--check: not every target is met" in result.stderr
    (folder,) = (tmp_path / "results").iterdir()
    assert {"report.html", "summary.csv", "plots", "manifest.json"} <= {path.name for path in folder.iterdir()}


@pytest.mark.slow
def test_letters_that_the_terminal_lacks_do_not_lose_the_answer(tmp_path):
    text = TEXT.replace("A question", "¿Quién contesta?").replace(f"title: '{TITLE}'", "title: ¿Manila o Málaga?")
    file = experiment_file(tmp_path, text)
    arguments = ("run", file, "--replications", "1", "--workers", "1", "--out", tmp_path / "out")
    result = ccsim(*arguments, code=WITHOUT_PICTURES + MAIN, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("\\xbfManila o M\\xe1laga?")


def test_a_mistake_leaves_with_2_and_no_traceback(tmp_path):
    result = ccsim("run", tmp_path / "missing.yaml")
    assert (result.returncode, result.stdout) == (2, "")
    assert "no such file" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path):
    """``ccsim schema | head -1``: the pipe closes early."""
    shell = subprocess.run(
        ["bash", "-c", f"{sys.executable} -c '{MAIN}' schema | head -c 10"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert shell.stderr == ""


def test_an_unforeseen_error_is_a_sentence_and_leaves_with_3(tmp_path):
    code = (
        "import ccsim.config, ccsim.cli\n"
        "def broken(*_, **__): raise ZeroDivisionError('by nothing')\n"
        "ccsim.config.load = broken\n"
        "ccsim.cli.main()"
    )
    command = [sys.executable, "-c", code, "run", str(experiment_file(tmp_path))]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert result.returncode == 3
    assert result.stderr.startswith("The run failed on an error inside ccsim: ZeroDivisionError: by nothing")
    assert "Traceback" not in result.stderr
