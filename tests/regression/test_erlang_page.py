"""The page on Erlang shows what its commands really print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ccsim.cli import app

PAGE = Path(__file__).parents[2] / "docs" / "erlang.md"
TEXT = PAGE.read_text(encoding="utf-8")
SHOWN = re.findall(r"^```sh\nccsim (erlang .*?)\n```\n\n```text\n(.*?)```", TEXT, re.M | re.S)


def test_every_command_of_the_page_is_followed_by_its_answer():
    """A command without its answer would not be tested."""
    assert len(SHOWN) == TEXT.count("```sh\n") > 8


@pytest.mark.parametrize(("command", "answer"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_prints_what_the_page_shows(command, answer, tmp_path, monkeypatch):
    """To the letter; a sentence on stderr where there is no answer."""
    (table,) = re.findall(r"^```csv\n(.*?)```", TEXT, re.M | re.S)
    (tmp_path / "day.csv").write_text(table, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, shlex.split(command))
    assert result.output == answer


def test_the_python_example_runs(capsys):
    """And prints whole agents for every half-hour, three patiences of volumes for every team."""
    (code,) = re.findall(r"^```python\n(.*?)```", TEXT, re.M | re.S)
    exec(compile(code, str(PAGE), "exec"), {})
    printed = capsys.readouterr().out
    assert printed.startswith("[14. 19. 27. 22.] [12. 17. 25. 20.] [20. 28. 39. 32.]")
    assert printed.count("\n") == 4
