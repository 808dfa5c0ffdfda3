"""The README is the first thing anybody runs: its commands and examples must work as they stand."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.M | re.S)
INSTALL = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && "
SCREEN = 30
"""Lines of a first screen."""


def block(language: str, containing: str) -> str:
    """The one example of a language that contains a text."""
    (found,) = [text for name, text in BLOCKS if name == language and containing in text]
    return found


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with the README's experiment file in it, as the working directory."""
    (tmp_path / "one_desk.yaml").write_text(block("yaml", "title:"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_two_commands_stand_on_the_first_screen():
    """A fresh machine needs nothing but these lines."""
    first_screen = README.splitlines()[:SCREEN]

    assert INSTALL + ".venv/bin/ccsim run experiments/follow_the_sun.yaml" in first_screen
    assert INSTALL + ".venv/bin/pytest" in first_screen


def test_ci_runs_what_the_readme_promises():
    """.ci/run does the README's steps; a step that only one of them has would go unnoticed."""
    steps = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    for step in ("pip\" install -q -e '.[dev]'", 'ccsim" run experiments/follow_the_sun.yaml', 'pytest" -q\n'):
        assert step in steps


def test_the_example_answers_its_question_in_python(desk, capsys):
    """The Python example, as it stands, on the experiment of the README."""
    exec(compile(block("python", "ccsim.load"), "README.md", "exec"), {})
    printed = capsys.readouterr().out

    assert "with-manila" in printed
    assert "labor_cost" in printed


@pytest.mark.slow
def test_the_example_of_a_service_level_as_a_test_passes(desk):
    """The plan of the README keeps the promise that its test holds it to."""
    (desk / "test_plan.py").write_text(block("python", "assert_service_level"), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_plan.py"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 passed" in run.stdout


@pytest.mark.slow
def test_the_what_if_runs(tmp_path):
    """The command with --set changes a value that exists, in the file that it names."""
    command = shlex.split(block("sh", "--set"))
    short = ["--replications", "1", "--workers", "1", "--set", "calendar.weeks=1", "--out", str(tmp_path / "out")]
    ccsim = Path(sys.executable).parent / command[0]
    run = subprocess.run([ccsim, *command[1:], *short], cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr


def test_the_example_of_erlang_answers_what_the_readme_says():
    """The command beside the sentence that it is said to print."""
    command = shlex.split(block("sh", "ccsim erlang"))
    run = subprocess.run(
        [Path(sys.executable).parent / command[0], *command[1:]], capture_output=True, text=True, check=True
    )

    assert f"`{run.stdout.splitlines()[0]}`" in README


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\((?!http)([^)#]+)", README))))
def test_every_link_leads_somewhere(target):
    """Links to files of the project."""
    assert (ROOT / target).exists()


@pytest.mark.parametrize("folder", ["experiments/*.yaml", "notebooks/*.ipynb"])
def test_every_experiment_and_notebook_is_named(folder):
    """Whoever looks for an answer finds the file that gives it."""
    there = {str(path.relative_to(ROOT)) for path in ROOT.glob(folder)}
    assert there - set(re.findall(r"\]\(([^)#]+)\)", README)) - {"experiments/follow_the_sun.yaml"} == set()
    assert "ccsim run experiments/follow_the_sun.yaml" in README
