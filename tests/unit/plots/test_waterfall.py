"""Waterfalls: bars lie where the numbers say."""

from math import nan

import pytest

from ccsim.plots.waterfall import Fall, waterfall

FALLS = [
    Fall("Erlang C", nan, 0.9, nan, nan),
    Fall("days", 0.9, 0.7, 0.68, 0.72),
    Fall("sharing", 0.7, 0.75, nan, nan),
    Fall("nothing", 0.75, 0.75, 0.75, 0.75),
    Fall("the floor", nan, 0.75, 0.73, 0.77),
]


def test_steps_hang_between_the_levels_before_and_after():
    ax = waterfall(FALLS, "calls")
    ends = [sorted((bar.get_x(), bar.get_x() + bar.get_width())) for bar in ax.patches]

    assert ends[1] == pytest.approx([0.7, 0.9])
    assert ends[2] == pytest.approx([0.7, 0.75])
    assert ends[4][1] == pytest.approx(0.75)
    assert [label.get_text() for label in ax.get_yticklabels()] == [fall.label for fall in FALLS]


def test_numbers_stand_beside_the_bars_and_nothing_has_no_sign():
    ax = waterfall(FALLS)

    assert [text.get_text() for text in ax.texts] == ["90.0 %", "-20.0", "+5.0", "0.0", "75.0 %"]
