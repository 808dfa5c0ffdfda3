"""``ccsim erlang``: the answer to whatever is left out, and sentences for nonsense."""

from __future__ import annotations

import csv
import io
import json
import shlex

import pytest
from typer.testing import CliRunner

from ccsim.cli import app
from ccsim.erlang.erlang_a import erlang_a

CALLS = '--volume "100 per 30 min" --handle-time "3 min"'
"""10 erlang."""
TARGET = '--target "80% in 20 s"'
CHATS = '--volume "100 per 30 min" --work "6 min" --speed "1, 0.8, 0.65"'
EMAIL = '--handle-time "6 min" --open 08:00-18:00 --business-hours --target "90% in 4 h"'


def erlang(command):
    return CliRunner().invoke(app, ["erlang", *shlex.split(command)])


def answered(command):
    """Lines of an answer."""
    result = erlang(command)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


@pytest.mark.parametrize(
    ("command", "first"),
    [
        (f"c {CALLS} {TARGET}", "14 agents keep 80 % in 20 s; 13 would not do."),
        (
            f"c {CALLS} --asa 30s --max-occupancy 80%",
            "13 agents keep a speed of answer of 30 s and an occupancy of 80 %; 12 would not do.",
        ),
        (
            f"c --agents 14 --handle-time 3min {TARGET}",
            "14 agents can carry 108.7 calls per 30 min and keep 80 % in 20 s.",
        ),
        (f"c {CALLS} --agents 14", "14 agents answer 88.8 % of the calls within 20 s."),
        (f"c {CALLS} --agents 14 --within 0s", "14 agents answer 82.6 % of the calls within 0 s."),
        (f"c {CALLS} --agents 13 {TARGET}", "13 agents answer 79.6 % of the calls within 20 s and miss 80 % in 20 s."),
        (f"c --volume '1 per hour' --handle-time 3min {TARGET}", "1 agent keeps 80 % in 20 s."),
        (f"a {CALLS} --patience 2min {TARGET}", "12 agents keep 80 % in 20 s; 11 would not do."),
        (
            f"a {CALLS} --patience 2min {TARGET} --abandonment 5%",
            "13 agents keep 80 % in 20 s and an abandonment of 5 %; 12 would not do.",
        ),
        (f"a {CALLS} --patience 2min --agents 8", "8 agents answer 40.3 % of the calls within 20 s."),
        (
            f"a {CALLS} --agents 8 --abandonment 25%",
            "A mean patience of 2.6 min explains that 25 % of the calls are abandoned.",
        ),
        (
            'a --volume "100 per 30 min" --patience 2min --agents 10 --abandonment 30%',
            "A mean handle time of 4.1 min explains that 30 % of the calls are abandoned.",
        ),
        (f"x {CALLS} --patience 2min --again 50% --agents 12", "12 agents answer 79.7 % of the calls within 20 s."),
        (f"x {CALLS} --patience 2min --again 50% {TARGET}", "13 agents keep 80 % in 20 s; 12 would not do."),
        (
            f"x {CALLS} --patience 2min --again 50% --asa 5s --max-occupancy 74%",
            "14 agents keep a speed of answer of 5 s and an occupancy of 74 %; 13 would not do.",
        ),
        (f"x {CALLS} --patience 2min --volume-cv 20% {TARGET}", "13 agents keep 80 % in 20 s; 12 would not do."),
        (f"b {CALLS} --blocking 1%", "18 lines keep a blocking of 1 %; 17 would not do."),
        (f"b {CALLS} --lines 12", "12 lines lose 12.0 % of the calls."),
        (
            "b --lines 18 --handle-time 3min --blocking 0.01",
            "18 lines can carry 104.4 calls per 30 min and keep a blocking of 1 %.",
        ),
        (f"chat {CHATS} --target '80% in 30 s'", "12 agents keep 80 % in 30 s; 11 would not do."),
        (f"chat {CHATS} --agents 11", "11 agents answer 53.6 % of the chats within 20 s."),
        (
            f"deferred --volume '1200 per day' {EMAIL}",
            "16 agents in opening hours complete 90 % in 4 h; 15 would not do.",
        ),
        (
            f"deferred --volume '1200 per day' --agents 15 {EMAIL}",
            "15 agents in opening hours complete 87.6 % in time; the target of 90 % in 4 h is missed.",
        ),
    ],
)
def test_whatever_is_left_out_is_answered_in_a_sentence(command, first):
    """Agents, volume, service level, patience or handle time."""
    assert answered(command)[0] == first


def test_the_staffing_table_reaches_three_agents_either_way():
    """The answer is marked; who would be overloaded is said to be."""
    lines = answered(f"c {CALLS} --agents 12 {TARGET}")
    table = [line.split() for line in lines[4:11]]
    assert [row[1] if row[0] == ">" else row[0] for row in table] == ["9", "10", "11", "12", "13", "14", "15"]
    assert table[0][-1] == table[1][-1] == "unstable"
    assert [row[0] for row in table].index(">") == 3
    assert lines[-1].startswith("Assumes: Poisson arrivals")


def test_formulas_are_named_and_differ():
    """Who hangs up in time counts for one formula and not for the other."""
    offered = answered(f"a {CALLS} --patience 30s --agents 10 --formula offered")
    positive = answered(f"a {CALLS} --patience 30s --agents 10 --formula positive")
    assert offered[0] != positive[0]
    assert positive[2].endswith("service level within 20 s, formula positive")


def test_shrinkage_divides():
    """100 agents at 30 % are 143 people, not 130."""
    result = json.loads(
        erlang('c --volume "10 per min" --handle-time "9 min" --agents 100 --shrinkage 30% --json').stdout
    )
    assert result["scheduled"] == 143


def test_json_is_one_document_in_si_units():
    """For programs: the same numbers as the functions, shares as fractions."""
    found = json.loads("\n".join(answered(f"a {CALLS} --patience 2min {TARGET} --json")))
    exact = erlang_a(100 / 1800, 180.0, 120.0, 12)
    assert (found["solved_for"], found["agents"], found["scheduled"]) == ("agents", 12, None)
    assert found["measures"]["service_level"] == pytest.approx(float(exact.service_level(20.0)), rel=1e-12)
    assert found["measures"]["abandonment"] == pytest.approx(float(exact.abandonment_probability), rel=1e-12)
    assert [row["agents"] for row in found["staffing"]] == [9, 10, 11, 12, 13, 14, 15]


def test_json_has_no_number_where_a_queue_is_unstable():
    """null, which no program takes for a number."""
    found = json.loads("\n".join(answered(f"c {CALLS} --agents 12 --json")))
    assert found["staffing"][0]["stable"] is False
    assert found["staffing"][0]["service_level"] is None


@pytest.mark.parametrize(
    ("command", "sentences"),
    [
        (
            f"c {CALLS} --agents 10",
            ["10 agents cannot carry 100 calls per 30 min (10.00 erlang of work)", "--patience"],
        ),
        (f"c {CALLS} --agents 0", ["--agents: 0 is not a whole number from 1"]),
        (f"c {CALLS} --agents 12.5", ["--agents: 12.5 is not a whole number from 1"]),
        (f"c {CALLS} --target '140% in 20 s'", ["--target: 140% is not a share; it must lie between 0% and 100%"]),
        (f"c {CALLS} --target '0% in 20 s'", ["--target: 0% asks for nothing"]),
        (f"c {CALLS} --target '100% in 20 s'", ["--target: 100% is kept by no number of agents"]),
        (
            "c --volume '-5 per hour' --handle-time 3 --agents 2",
            ["--volume: -5 per hour is negative", "--handle-time: 3"],
        ),
        (
            "c --volume '0 per hour' --handle-time 3min --agents 2",
            ["--volume: 0 per hour is nothing; write more than 0"],
        ),
        (f"c --handle-time 3min {TARGET}", ["--volume: is needed unless --agents and a target are given"]),
        (f"c {CALLS}", ["--target: what is to be kept?"]),
        (f"c --volume '1 per min' {TARGET}", ["--handle-time: is needed; write for example"]),
        (f"c {CALLS} {TARGET} --shrinkage 100%", ["--shrinkage: 100% leaves nothing"]),
        (f"c {CALLS} {TARGET} --within 30s", ["--within: the target names its time already"]),
        (f"c {CALLS} --max-occupancy 0%", ["--max-occupancy: 0% is nothing"]),
        (f"c {CALLS} --max-occupancy 0.0000001", ["More than 10,000,000 agents would be needed for an occupancy of"]),
        (f"a {CALLS} {TARGET}", ["--patience: is needed; write for example --patience"]),
        (f"a {CALLS} --patience 2min --agents 9 --formula best", ["--formula: best is not a formula"]),
        (f"a {CALLS} --agents 10 --abandonment 30%", ["No patience explains an abandonment of 30 % with 10 agents"]),
        (f"a {CALLS} --patience 2min --agents 9 --room -1", ["--room: -1 is not a number of waiting places"]),
        (f"x {CALLS} --patience 2min --agents 9", ["--again: Erlang X is about customers who call again or about"]),
        (f"x {CALLS} --patience 2min --agents 9 --again 5% --volume-cv 5%", ["write one of the two"]),
        (f"x {CALLS} --patience 2min --agents 9 --again 100%", ["--again: 100% leaves nothing"]),
        (f"x {CALLS} --patience 2min --agents 9 --volume-cv 400%", ["--volume-cv: 400% is more than 300%"]),
        (f"b {CALLS} --blocking 101%", ["--blocking: 101% is not a share"]),
        ("b --lines 12 --handle-time 3min", ["--blocking: what is to be kept?"]),
        (f"chat {CHATS} --agents 9", ["9 agents cannot carry 100 chats per 30 min"]),
        (f"chat {CHATS} --agents 55", ["--agents: 55 are more than can be solved exactly: at most 54"]),
        (f"chat {CHATS} --speed '1, 0' --agents 9", ["--speed: 1, 0: a speed is more than 0"]),
        (f"deferred --volume '9 per h' {EMAIL} --open 08:01-18:00", ["--open: 08:01-18:00 does not begin and end at"]),
        (
            "deferred --volume '9 per h' --handle-time 6min --open 08:00-18:00 --target '90% in 1 h'",
            ["No number of agents keeps 90 % in 60 min: with any number"],
        ),
        (
            "deferred --volume '1200 per day' --handle-time 6min --agents 3 --target '90% in 5 weeks'",
            ["3 agents cannot complete 8,400 items per week", "840.0 hours of work, agents have 504.0"],
        ),
        (
            "deferred --volume '9 per h' --handle-time 6min --target '90% in 20 weeks'",
            ["--target: no item falls due in the 13 weeks"],
        ),
        ("c", ["--handle-time: is needed", "--volume: is needed unless --agents and a target"]),
        (f"chat {CHATS} --speed '' --agents 9", ["--speed: : a speed is more than 0 and at most 10"]),
        ("b --lines 0 --handle-time 3min", ["--lines: 0 is not a whole number", "--blocking: what is to be kept?"]),
    ],
)
def test_nonsense_gets_a_sentence_and_never_a_number(command, sentences):
    """Exit code 2, nothing on stdout, everything wrong told at once."""
    result = erlang(command)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    for sentence in sentences:
        assert sentence in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_a_backlog_that_grows_keeps_no_target():
    """Three agents would still be within five weeks after a quarter: five are needed to keep up at all."""
    lines = answered("deferred --volume '1200 per day' --handle-time 6min --target '90% in 5 weeks'")
    assert lines[0] == "5 agents in opening hours complete 90 % in 35 days; 4 would not do."
    assert [line.split()[-1] for line in lines if line.strip().startswith(("3", "4"))] == ["unstable"] * 2
    carried = answered("deferred --agents 5 --handle-time 6min --target '90% in 1 day'")
    assert carried[0] == "5 agents in opening hours can complete 90 % in 24 h of 8,400 items per week."


def test_chat_is_solved_for_a_speed_of_answer_and_however_patient_customers_are():
    """Of answered chats only; ten years of patience are no more to count than a minute."""
    first = answered(f"chat {CHATS} --patience 2min --asa 10s")[0]
    assert first == "10 agents keep a speed of answer of 10 s; 9 would not do."
    assert "9 agents answer" in answered(f"chat {CHATS} --agents 9 --patience '500 weeks'")[0]


TABLE = """interval_start,offered,handle_time_s,agents,note
2026-03-02 08:00,100,180,12,first
2026-03-02 08:30,150,180,15,"second, busy"
2026-03-02 09:00,0,,0,
2026-03-02 09:30,10,180,0,
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "day.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_a_table_comes_back_with_its_requirements(file):
    """What came in is kept; nobody is needed where nobody calls; no number where there is none."""
    result = erlang(f"table {file} {TARGET} --shrinkage 30%")
    assert result.exit_code == 0, result.output
    found = rows(result.stdout)
    assert [row["required"] for row in found] == ["14", "19", "0", "3"]
    assert [row["scheduled"] for row in found] == ["20", "28", "0", "5"]
    assert [row["service_level"] for row in found] == ["0.6402", "unstable", "", "no agents"]
    assert [row["note"] for row in found] == ["first", "second, busy", "", ""]


def test_a_table_with_patience_is_erlang_a(file, tmp_path):
    """From the command line, or from a column of its own."""
    first = rows(erlang(f'table {file} {TARGET} --patience "2 min"').stdout)
    assert [row["required"] for row in first] == ["12", "17", "0", "3"]
    assert float(first[1]["abandonment"]) == pytest.approx(0.1126)
    lines = TABLE.splitlines()
    own = tmp_path / "own.csv"
    own.write_text("\n".join([lines[0] + ",patience_s", *(line + ",120" for line in lines[1:])]), encoding="utf-8")
    assert [row["required"] for row in rows(erlang(f"table {own} {TARGET}").stdout)] == ["12", "17", "0", "3"]


def test_a_table_goes_into_a_file(file, tmp_path):
    out = tmp_path / "out.csv"
    result = erlang(f"table {file} {TARGET} --out {out}")
    assert (result.exit_code, result.stdout) == (0, f"Written: {out}\n")
    assert [row["required"] for row in rows(out.read_text(encoding="utf-8"))] == ["14", "19", "0", "3"]


def test_mistakes_in_a_table_are_told_by_row_and_column(file):
    """All at once, with what to do."""
    file.write_text(TABLE.replace("150,180", "-150,abc").replace(",100,", ",,"), encoding="utf-8")
    result = erlang(f"table {file} {TARGET}")
    assert (result.exit_code, result.stdout) == (2, "")
    for place in (
        ":2:2  offered: the cell is empty",
        ":3:2  offered: -150 is negative",
        ":3:3  handle_time_s: abc is not",
    ):
        assert f"{file}{place}" in result.stderr


@pytest.mark.parametrize(
    ("change", "arguments", "sentence"),
    [
        (("offered", "offerd"), TARGET, "unknown column offerd; did you mean offered?"),
        (("handle_time_s", "aht"), TARGET, "the column handle_time_s is missing"),
        (("03-02 08:30", "03-02 8 Uhr"), TARGET, "interval_start: 2026-03-02 8 Uhr is not a date and time"),
        (("150,180", "150,0"), TARGET, "handle_time_s: a duration is more than 0"),
        (("03-02 08:30", "03-02 08:30+01:00"), TARGET, "some have an offset from UTC and some have none"),
        (("note", "volume"), TARGET, "volume and offered are two names of one column"),
        (("note", "required"), TARGET, "the column required is there already"),
        (("", ""), "", "--target: what are the agents to keep?"),
        (("", ""), "--abandonment 5%", "--abandonment: nobody gives up without --patience"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(file, change, arguments, sentence):
    file.write_text(TABLE.replace(*change), encoding="utf-8")
    result = erlang(f"table {file} {arguments}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


def test_patience_is_said_once(file):
    """By the option or by the column."""
    lines = TABLE.splitlines()
    file.write_text("\n".join([lines[0] + ",patience_s", *(line + ",120" for line in lines[1:])]), encoding="utf-8")
    result = erlang(f"table {file} {TARGET} --patience 60s")
    assert "--patience: the table has a column patience_s; leave one of them out" in result.stderr


def test_what_ten_million_agents_cannot_keep_is_no_number(file):
    file.write_text(TABLE.replace(",100,", ",1e9,"), encoding="utf-8")
    found = rows(erlang(f"table {file} {TARGET} --shrinkage 30%").stdout)
    assert (found[0]["required"], found[0]["scheduled"]) == ("more than 10000000",) * 2


def test_one_row_does_not_tell_how_long_an_interval_is(file):
    """Then the option does."""
    file.write_text("\n".join(TABLE.splitlines()[:2]), encoding="utf-8")
    assert "--interval: one interval does not tell how long it is" in erlang(f"table {file} {TARGET}").stderr
    result = erlang(f'table {file} {TARGET} --interval "30 min"')
    assert [row["required"] for row in rows(result.stdout)] == ["14"]


def test_one_agent_is_singular():
    """Verbs, too."""
    alone = '--volume "1 per hour" --handle-time "3 min" --patience "2 min" --agents 1'
    assert answered(f"a {alone}")[0].startswith("1 agent answers 9")
    assert answered(f"a {alone} --formula answered")[0].startswith("1 agent reaches a service level (answered) of 9")
    assert answered(f"a {alone} {TARGET}")[0].endswith(" and keeps 80 % in 20 s.")
    assert answered(f"a {alone} --target '99% in 20 s'")[0].endswith(" and misses 99 % in 20 s.")
