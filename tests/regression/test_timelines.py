"""
Small days written as experiment files, every contact followed from arrival to end with numbers made by hand.

Arrivals are recorded, all work is deterministic, and agents work from 08:00: times are seconds after that.
What happened is told as ``type arrival: outcome, pool from-to, pool from-to (why)``; ``done`` is not said.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import ccsim

if TYPE_CHECKING:
    from pathlib import Path

EIGHT = 8 * 3600
HEAD = """
title: A timeline
calendar: {start: 2026-01-05, days: 1, timezone: UTC}
replications: 1
sites: {hall: {location: in-house, country: US, timezone: UTC}}
"""
Kind = dict[str, str]
CALL = {
    "channel": "phone",
    "handle_time": "{deterministic: 100 s}",
    "patience": "endless",
    "service_level": "80% in 20 s",
}
CHAT = {**CALL, "channel": "chat", "handle_time": "{deterministic: 60 s}"}
MAIL = {"channel": "email", "handle_time": "{deterministic: 600 s}", "service_level": "80% in 1 h"}
PAIRS = "chat: {concurrency: 2, speed: [1, 0.5]}"


def day(shift: str = "from: 08:00, to: 12:00, agents: 1") -> str:
    return f"shifts: {{day: {{{shift}}}}}"


def but(kind: Kind, **keys: str) -> Kind:
    return kind | keys


def seconds(time: float) -> str:
    return f"{time - EIGHT:.1f}".removesuffix(".0")


def story(
    folder: Path, types: dict[str, Kind], pools: dict[str, str], arrivals: dict[str, list[float]], rest: str = ""
) -> list[str]:
    """What happened to every contact, in the order of arrival."""
    start = datetime(2026, 1, 5, 8)
    for name, times in arrivals.items():
        lines = [(start + timedelta(seconds=time)).isoformat(" ") for time in times]
        (folder / f"{name}.csv").write_text("\n".join(["arrived", *lines]) + "\n")
    kinds = []
    for name, kind in types.items():
        keys = but(kind, demand=f"{{recorded: {{times: {name}.csv}}}}")
        kinds.append(f"  {name}: {{{', '.join(f'{key}: {value}' for key, value in keys.items())}}}")
    teams = [f"  {name}: {{site: hall, {pool}}}" for name, pool in pools.items()]
    file = folder / "timeline.yaml"
    file.write_text("\n".join([HEAD, "contact_types:", *kinds, "pools:", *teams, rest]))
    visits, segments, _ = ccsim.simulate(file)
    told = []
    for visit in visits.itertuples():
        work = []
        for part in segments[segments.visit == visit.visit].itertuples():
            why = "" if part.why == "done" else f" ({part.why})"
            work.append(f"{part.agent.split('/')[0]} {seconds(part.start_s)}-{seconds(part.end_s)}{why}")
        outcome = visit.outcome if work else f"{visit.outcome} {seconds(visit.left_s)}"
        told.append(f"{visit.contact_type} {seconds(visit.arrived_s)}: {', '.join([outcome, *work])}")
    return told


AT_ONE = "breaks: [{between: [1 h, 1 h], length: 10 min}]"
MORNING, LATER = "from: 08:00, to: 09:00, agents: 1", "from: 09:10, to: 12:00, agents: 1"
TIMELINES = {
    "a shift that begins, and a completion, answer before patience ends": (
        {"calls": but(CALL, patience="{deterministic: 50 s}")},
        {"team": f"handles: {{calls: {{}}}}, {day()}"},
        {"calls": [-50, 0, 50]},
        ["calls -50: answered, team 0-100", "calls 0: abandoned 50", "calls 50: answered, team 100-200"],
        "",
    ),
    "who arrives as another gives up still finds the line taken": (
        {"calls": but(CALL, patience="{deterministic: 30 s}")},
        {"team": f"handles: {{calls: {{}}}}, {day()}"},
        {"calls": [0, 1, 31, 40]},
        ["calls 0: answered, team 0-100", "calls 1: abandoned 31", "calls 31: blocked 31", "calls 40: abandoned 70"],
        "lines: {trunk: {types: [calls], limit: 2}}",
    ),
    "a call under way when the break is due moves it; nothing is begun meanwhile": (
        {"calls": CALL},
        {"team": f"handles: {{calls: {{}}}}, {day('from: 08:00, to: 12:00, agents: 1, ' + AT_ONE)}"},
        {"calls": [3550, 3600]},
        ["calls 3550: answered, team 3550-3650", "calls 3600: answered, team 4250-4350"],
        "",
    ),
    "a call that ends as the break is due is the last one": (
        {"calls": CALL},
        {"team": f"handles: {{calls: {{}}}}, {day('from: 08:00, to: 12:00, agents: 1, ' + AT_ONE)}"},
        {"calls": [3500, 3550]},
        ["calls 3500: answered, team 3500-3600", "calls 3550: answered, team 4200-4300"],
        "",
    ),
    "a break pauses mail, and calls go before it afterwards": (
        {"mail": but(MAIL, resume_overhead="30 s"), "calls": CALL},
        {"team": f"handles: {{calls: {{}}, mail: {{}}}}, {day('from: 08:00, to: 12:00, agents: 1, ' + AT_ONE)}"},
        {"mail": [3300], "calls": [3700]},
        ["mail 3300: answered, team 3300-3600 (paused), team 4300-4630", "calls 3700: answered, team 4200-4300"],
        "",
    ),
    "mail handed over keeps its place, with the work left at the next one's pace and the overhead": (
        {"mail": but(MAIL, hand_over="60 s")},
        {
            "slow": f"handles: {{mail: {{handle_time: x2}}}}, {day(MORNING)}",
            "late": f"handles: {{mail: {{}}}}, {day(LATER)}",
        },
        {"mail": [3000, 3100]},
        ["mail 3000: answered, slow 3000-3600 (handed_over), late 4200-4560", "mail 3100: answered, late 4560-5160"],
        "",
    ),
    "finish_if_under is under, not at": (
        {"mail": but(MAIL, at_shift_end="{finish_if_under: 5 min}")},
        {
            "early": f"handles: {{mail: {{}}}}, {day('from: 08:00, to: 09:00, agents: 2')}",
            "late": f"handles: {{mail: {{}}}}, {day(LATER)}",
        },
        {"mail": [3299, 3300]},
        ["mail 3299: answered, early 3299-3899", "mail 3300: answered, early 3300-3600 (handed_over), late 4200-4500"],
        "",
    ),
    "kept mail is handed over at shift end while the call goes on": (
        {"mail": but(MAIL, hand_over="60 s"), "calls": but(CALL, handle_time="{deterministic: 200 s}")},
        {
            "early": f"handles: {{calls: {{}}, mail: {{}}}}, interruptible: true, {day(MORNING)}",
            "late": f"handles: {{mail: {{}}}}, {day(LATER)}",
        },
        {"mail": [3300], "calls": [3500]},
        [
            "mail 3300: answered, early 3300-3500 (interrupted), late 4200-4660",
            "calls 3500: answered, early 3500-3700",
        ],
        "",
    ),
    "the mail begun last is interrupted, and none twice before it went on": (
        {"mail": MAIL, "calls": CALL},
        {"team": "handles: {calls: {}, mail: {}}, interruptible: true, " + day("from: 08:00, to: 12:00, agents: 2")},
        {"mail": [0, 50], "calls": [100, 101, 102]},
        [
            "mail 0: answered, team 0-101 (interrupted), team 201-700",
            "mail 50: answered, team 50-100 (interrupted), team 300-850",
            "calls 100: answered, team 100-200",
            "calls 101: answered, team 101-201",
            "calls 102: answered, team 200-300",
        ],
        "",
    ),
    "nobody is interrupted while a later rank has somebody free": (
        {"mail": MAIL, "calls": CALL},
        {
            "first": f"handles: {{calls: {{}}, mail: {{}}}}, interruptible: true, {day()}",
            "second": f"handles: {{calls: {{}}}}, {day()}",
        },
        {"mail": [0], "calls": [100, 110]},
        [
            "mail 0: answered, first 0-110 (interrupted), first 210-700",
            "calls 100: answered, second 100-200",
            "calls 110: answered, first 110-210",
        ],
        "routing: {calls: [first, second]}",
    ),
    "chats share an agent, and a freed slot goes to the chat that waits, not to the call": (
        {"chats": CHAT, "calls": CALL},
        {"team": f"handles: {{calls: {{}}, chats: {{}}}}, {PAIRS}, {day()}"},
        {"chats": [0, 30, 50], "calls": [40]},
        [
            "chats 0: answered, team 0-90",
            "chats 30: answered, team 30-150",
            "calls 40: answered, team 180-280",
            "chats 50: answered, team 90-180",
        ],
        "",
    ),
    "a call beside a chat slows the chat, not itself": (
        {"chats": CHAT, "calls": CALL},
        {"team": f"handles: {{calls: {{}}, chats: {{}}}}, {PAIRS[:-1]}, mix_calls: true}}, {day()}"},
        {"chats": [0, 100], "calls": [30]},
        ["chats 0: answered, team 0-90", "calls 30: answered, team 30-130", "chats 100: answered, team 100-175"],
        "",
    ),
    "open chats are finished after the shift, one by one faster": (
        {"chats": but(CHAT, handle_time="{deterministic: 120 s}")},
        {"team": f"handles: {{chats: {{}}}}, {PAIRS}, {day(MORNING)}"},
        {"chats": [3500, 3550]},
        ["chats 3500: answered, team 3500-3690", "chats 3550: answered, team 3550-3740"],
        "",
    ),
    "overflow begins with the wait, and the first pool comes first at a tie": (
        {"calls": CALL},
        {"near": f"handles: {{calls: {{}}}}, {day()}", "far": f"handles: {{calls: {{}}}}, {day()}"},
        {"calls": [0, 1, 85]},
        ["calls 0: answered, near 0-100", "calls 1: answered, far 16-116", "calls 85: answered, near 100-200"],
        "routing: {calls: [near, {pool: far, after: 15 s}]}",
    ),
    "a window that opens lets those who wait in, and one that closed does not": (
        {"calls": but(CALL, handle_time="{deterministic: 1000 s}")},
        {"near": f"handles: {{calls: {{}}}}, {day()}", "far": f"handles: {{calls: {{}}}}, {day()}"},
        {"calls": [0, 5, 1800]},
        ["calls 0: answered, near 0-1000", "calls 5: answered, far 600-1600", "calls 1800: answered, near 1800-2800"],
        "routing: {calls: [near, {pool: far, when: {hours: 08:10-08:30}}]}",
    ),
    "a pool falls asleep at its shift's end though its agent still talks": (
        {"calls": CALL},
        {"near": f"handles: {{calls: {{}}}}, {day(MORNING)}", "far": f"handles: {{calls: {{}}}}, {day()}"},
        {"calls": [3550, 3590]},
        ["calls 3550: answered, near 3550-3650", "calls 3590: answered, far 3600-3700"],
        "routing: {calls: [near, {pool: far, when: {asleep: near}}]}",
    ),
    "closing disconnects who waits, but not who is answered at that instant": (
        {"calls": but(CALL, opening_hours="{mon-sun: 08:00-09:00}", at_close="disconnect")},
        {"team": f"handles: {{calls: {{}}}}, {day()}"},
        {"calls": [-1, 3500, 3590, 3591, 3600]},
        [
            "calls -1: closed -1",
            "calls 3500: answered, team 3500-3600",
            "calls 3590: answered, team 3600-3700",
            "calls 3591: disconnected 3600",
            "calls 3600: closed 3600",
        ],
        "",
    ),
    "due first goes by the target, not by the wait": (
        {"calls": but(CALL, service_level="80% in 1 h"), "orders": CALL},
        {"team": f"handles: {{calls: {{}}, orders: {{}}}}, choose: due first, {day()}"},
        {"calls": [0, 1], "orders": [2]},
        ["calls 0: answered, team 0-100", "calls 1: answered, team 200-300", "orders 2: answered, team 100-200"],
        "",
    ),
    "three times the weight is three times the wait": (
        {"calls": CALL, "orders": but(CALL, weight="3")},
        {"team": f"handles: {{calls: {{}}, orders: {{}}}}, choose: weighted, {day()}"},
        {"calls": [0, 1], "orders": [60]},
        ["calls 0: answered, team 0-100", "calls 1: answered, team 200-300", "orders 60: answered, team 100-200"],
        "",
    ),
    "the longest queue goes first, and at a tie who came first": (
        {"calls": CALL, "orders": CALL},
        {"team": f"handles: {{calls: {{}}, orders: {{}}}}, choose: longest queue, {day()}"},
        {"calls": [0, 1], "orders": [2, 3]},
        [
            "calls 0: answered, team 0-100",
            "calls 1: answered, team 200-300",
            "orders 2: answered, team 100-200",
            "orders 3: answered, team 300-400",
        ],
        "",
    ),
    "mail begins only while more than the agents kept free are idle": (
        {"mail": but(MAIL, handle_time="{deterministic: 50 s}"), "calls": CALL},
        {
            "team": "handles: {calls: {}, mail: {}}, keep_free: {agents: 1, below_priority: 1}, "
            + day("from: 08:00, to: 12:00, agents: 2")
        },
        {"mail": [0, 5, 20], "calls": [10]},
        [
            "mail 0: answered, team 0-50",
            "mail 5: answered, team 110-160",
            "calls 10: answered, team 10-110",
            "mail 20: answered, team 160-210",
        ],
        "",
    ),
    "of a number of agents whoever is free first leaves, and calls wait until then": (
        {"calls": CALL},
        {"team": "handles: {calls: {}}, staffing: {mon: {08:00-09:00: 2, 09:00-10:00: 1}}"},
        {"calls": [3550, 3560, 3590]},
        [
            "calls 3550: answered, team 3550-3650",
            "calls 3560: answered, team 3560-3660",
            "calls 3590: answered, team 3660-3760",
        ],
        "",
    ),
    "the parts of a split shift are two spells": (
        {"calls": CALL},
        {"team": "handles: {calls: {}}, shifts: {day: {parts: [08:00-09:00, 10:00-11:00], agents: 1}}"},
        {"calls": [3599, 3600]},
        ["calls 3599: answered, team 3599-3699", "calls 3600: answered, team 7200-7300"],
        "",
    ),
    "the oldest of the backlog comes first and is as old as written": (
        {"mail": but(MAIL, opening_backlog="{contacts: 2, oldest: 2 h}")},
        {"team": f"handles: {{mail: {{}}}}, {day()}"},
        {"mail": [0]},
        [
            f"mail {-EIGHT - 7200}: answered, team 0-600",
            f"mail {-EIGHT - 3600}: answered, team 600-1200",
            "mail 0: answered, team 1200-1800",
        ],
        "",
    ),
}


@pytest.mark.parametrize("name", TIMELINES)
def test_it_happens_as_reckoned_by_hand(name, tmp_path):
    types, pools, arrivals, expected, rest = TIMELINES[name]
    assert story(tmp_path, types, pools, arrivals, rest) == expected
