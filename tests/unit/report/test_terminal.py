"""The answer on one screen."""

from io import StringIO

import pytest
from rich.console import Console

import ccsim
from ccsim.report import terminal
from tests.small_run import TITLE, experiment_file, small_run


def told(width=120, **console):
    file = StringIO()
    terminal(small_run(), Console(file=file, width=width, **console))
    return file.getvalue()


def test_where_there_is_no_terminal_it_is_plain_ascii():
    """Logs, mails and old consoles show it as it was meant."""
    assert told().isascii()
    assert "\x1b" not in told()


def test_it_fits_the_width():
    assert max(map(len, told().splitlines())) <= 120


def test_text_of_the_file_is_not_markup():
    assert TITLE in told()


@pytest.mark.parametrize(
    "word", ["service level", "Erlang C", "paid hours", "labor cost", "coverage", "newark", "given"]
)
def test_it_tells_what_a_planner_asks(word):
    assert word in told()


def test_what_the_headline_says_of_a_single_scenario_is_not_said_again(tmp_path):
    file = StringIO()
    alone = ccsim.run(experiment_file(tmp_path), scenarios=["given"], workers=1)
    terminal(alone, Console(file=file, width=120))
    sentences = [line for line in file.getvalue().splitlines() if line.startswith("given")]
    assert len(sentences) == len(set(sentences)) >= 1


def test_gaps_are_told_in_local_hours():
    assert "Nobody on duty for phone and email in kept: mon-sun 06:00-08:00 (America/New_York)." in told()


def test_real_differences_are_told_in_a_sentence():
    assert (
        "given against kept: service level higher for phone; abandonment rate lower for phone; labor cost lower"
        in told()
    )


def test_a_terminal_gets_colors_for_verdicts():
    assert "\x1b[31m" in told(force_terminal=True)


def test_no_color_is_respected(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in told(force_terminal=True)
    assert told(force_terminal=True).replace("\x1b[1m", "").replace("\x1b[0m", "").replace("\x1b[2m", "").isascii()
