"""What a reader is told: sentences, tables and bars from numbers made by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from math import isnan, nan

from matplotlib.colors import to_hex
from rich.console import Console

from ccsim.analysis.estimates import NOTHING, Number
from ccsim.plots.tornado import HIGH, LOW, End, Swing, tornado
from ccsim.sensitivities.bars import Bar, Now
from ccsim.sensitivities.design import Range
from ccsim.sensitivities.found import Sensitivity
from ccsim.sensitivities.looking import BreakEven, Verdict
from ccsim.sensitivities.pictures import page
from ccsim.sensitivities.sentences import sentences
from ccsim.sensitivities.tables import json_text
from ccsim.sensitivities.terminal import about, terminal
from ccsim.sensitivities.words import around, now

EXPERIMENT = {"currency": {"report": "USD"}, "business_case": {"months": 36}}


def asked(name, low, high, *now_, key="a.b"):
    return Range(name, key, low, high, now_, None, None)


def exactly(number, half=10.0):
    return Number(number, number - half, number + half)


def bar(name, low, high, half=10.0, case="give"):
    return Bar(case, "difference", name, exactly(low), exactly(high), exactly(high - low, half))


WAGE = asked("wage", "15 USD per hour", "27 USD per hour", "21 USD per hour")
RESOLUTION = asked("resolution", "60%", "80%", "74%", "68%")
LAW = asked("patience", {"exponential": "2 min"}, {"gamma": {"mean": "3 min", "cv": 0.5}})
AGENTS = asked("agents", 3, 5, 4)


def found(value=-100.0, bars=(), evens=(), half=10.0, replications=10, complete=True):
    manifest = {
        "title": "Case", "seed": 1, "replications": list(range(replications)), "complete": complete,
        "simulated": 30, "experiment": EXPERIMENT,
    }  # fmt: skip
    cases = (
        Now("give", "difference", exactly(value, half)),
        Now("keep", "total", exactly(900)),
    )
    return Sensitivity(manifest, (WAGE, RESOLUTION, LAW, AGENTS), cases, tuple(bars), tuple(evens))


BARS = (
    bar("wage", 150, -300),
    bar("resolution", -95, -105),
    bar("patience", -100, -102, half=0.5),
    bar("agents", -5, -180),
)
EVENS = (
    BreakEven("give", "wage", Verdict.FOUND, Number(19.004, 18.2, nan)),
    BreakEven("give", "resolution", Verdict.NONE, NOTHING),
)


def test_the_answer_says_what_stays_what_matters_and_what_would_turn_it():
    assert sentences(found(bars=BARS, evens=EVENS)) == [
        "give costs 100 USD less than keep over 36 months (± 10 USD). "
        "It stays cheaper at both ends of every number but wage; at an end of agents chance does not tell. "
        "Most depends on wage (from 15 USD per hour to 27 USD per hour it costs 450 USD less), then on agents, then on "
        "patience. It would cost what keep does at wage 19 USD per hour (18.2 USD per hour to above 27 USD per hour; "
        "now 21 USD per hour). Of resolution no effect can be told."
    ]


def test_what_stays_over_all_is_said_to():
    """A number that leads nowhere is named apart from those that chance hides."""
    idle = Bar("give", "difference", "patience", exactly(500), exactly(500), Number(0.0, 0.0, 0.0))
    told = sentences(found(500.0, [bar("wage", 300, 700), bar("resolution", 400, 600), idle, bar("agents", 500, 505)]))[
        0
    ]

    assert "give costs 500 USD more than keep" in told
    assert "It stays dearer at both ends of every number." in told
    assert "Nothing changes with patience. Of agents no effect can be told." in told
    assert "would cost" not in told


def test_what_chance_may_have_made_is_not_said_to_stay():
    told = sentences(found(-5.0, BARS))[0]

    assert "costs 5 USD less than keep over 36 months, which 10 replications cannot tell from nothing" in told
    assert "stays" not in told


def test_a_range_that_does_not_hold_what_stands_in_the_file_is_pointed_out():
    """Often a slip: a range of another site, or of the other scenario."""
    ranges = asked("wage", "27 USD per hour", "22 USD per hour", "21 USD per hour"), asked("resolution", "60%", "80%")
    told = sentences(replace(found(bars=BARS[:2]), ranges=ranges))

    assert told[1:] == [
        "wage: what stands in the file, 21 USD per hour, does not lie between 27 USD per hour and 22 USD per hour; "
        "is that meant?"
    ]


def test_without_intervals_nothing_is_marked():
    """Two replications say nothing of chance, not that all is chance."""
    few = found(
        bars=[Bar("give", "difference", "wage", *[Number(5.0, nan, nan)] * 2, Number(-9.0, nan, nan))], replications=2
    )

    assert not few.bars[0].is_unsure
    assert few.bars[0].verdict == "not distinguishable"
    assert "no effect" not in sentences(few)[0]
    assert "Fewer than 5 replications have no intervals." in about(few)


def test_an_interrupted_answer_speaks_of_what_was_finished():
    early = found(bars=BARS[1:2], complete=False)
    paper = StringIO()
    terminal(early, Console(width=200, file=paper))

    assert "at both ends of every number that was finished" in sentences(early)[0]
    assert "interrupted after 1 of 4 numbers" in paper.getvalue()
    assert sentences(found(complete=False)) == [
        "give: costs 100 USD less than keep over 36 months (± 10 USD); no sensitivity was finished."
    ]


def test_an_interval_that_reaches_beyond_the_range_says_so():
    assert around(RESOLUTION, Number(61.3, nan, 66.02)) == "below 60% to 66%"
    assert around(RESOLUTION, Number(61.3, nan, nan)) == "beyond both ends"
    assert around(RESOLUTION, NOTHING) == ""
    assert now(RESOLUTION) == "74% or 68%"


def test_tables_have_the_largest_swing_first_and_values_as_written():
    table = found(bars=BARS, evens=EVENS).tornado()

    assert table["name"].tolist() == ["wage", "agents", "resolution", "patience"]
    assert table["low"].tolist()[::3] == ["15 USD per hour", "{exponential: 2 min}"]
    assert table["high"].tolist()[3] == "{gamma: {mean: 3 min, cv: 0.5}}"
    assert table["verdict"].tolist() == ["lower", "lower", "not distinguishable", "lower"]


def test_break_evens_are_in_the_unit_of_the_key():
    table = found(bars=BARS, evens=EVENS).break_even()

    assert table["unit"].tolist() == ["USD per hour", "%"]
    assert table[["now", "from", "to"]].iloc[0].tolist() == [21.0, 15.0, 27.0]
    assert isnan(table["now"].iloc[1]), "two scenarios have two values"
    assert table["verdict"].tolist() == ["found", "none between"]


def test_the_document_has_no_number_that_json_does_not_know():
    document = json.loads(json_text(found(bars=BARS, evens=EVENS)))

    assert document["break_even"][0]["high"] is None
    assert document["answer"] == sentences(found(bars=BARS, evens=EVENS))
    assert [row["name"] for row in document["tornado"]] == ["wage", "agents", "resolution", "patience"]


def test_bars_begin_at_what_is_and_end_at_what_would_be():
    low, high = End("15 USD", -50.0, -60.0, -40.0), End("27 USD", -180.0, -190.0, -170.0)
    ax = tornado([Swing("wage", low, high, is_unsure=False)], -100.0)
    ends = [(to_hex(patch.get_facecolor()), patch.get_x() + patch.get_width()) for patch in ax.patches]

    assert {patch.get_x() for patch in ax.patches} == {-100.0}
    assert sorted(ends) == sorted([(LOW.lower(), -50.0), (HIGH.lower(), -180.0)])
    sides = {text.get_text(): text.get_ha() for text in ax.texts}
    assert sides == {"15 USD": "left", "27 USD": "right"}


def test_what_cannot_be_told_is_hatched_and_marked():
    end = End("1", -99.0, -110.0, -88.0)
    ax = tornado([Swing("agents", end, End("2", -101.0, -112.0, -90.0), is_unsure=True)], -100.0)

    assert all(patch.get_hatch() for patch in ax.patches)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["agents *"]


def test_of_two_ends_on_one_side_the_nearer_ones_value_stands_across_the_line():
    near, far = End("2 h", -110.0, nan, nan), End("9 h", -160.0, nan, nan)
    ax = tornado([Swing("delay", near, far, is_unsure=False)], -100.0)

    assert {text.get_text(): text.get_ha() for text in ax.texts} == {"2 h": "left", "9 h": "right"}


def test_a_page_has_a_panel_for_each_case_and_says_which_color_is_which():
    drawn = page(found(bars=BARS))

    assert [panel.get_title(loc="left") for panel in drawn.axes] == ["give less keep"]
    assert [text.get_text() for text in drawn.legends[0].get_texts()][:2] == [
        "with the low value",
        "with the high value",
    ]
