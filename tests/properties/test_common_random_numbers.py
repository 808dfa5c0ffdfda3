"""Whatever is added, reordered, scaled or renamed moves no other draw (rule 3)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.chance import draw
from ccsim.plan import AgentChoice, Channel, DemandKind, Law, Plan
from tests.tiny_plan import HOUR, TinyLine, TinyType, constant, exponential, tiny_plan

FEW = settings(max_examples=15, deadline=None)
QUIET = TinyType(per_day=0.0)
SEEDS = st.integers(0, 2**63)

LAWS = st.sampled_from(
    [
        constant(240.0),
        exponential(300.0),
        Law("lognormal", (5.0, 0.9), 222.0, 1.1),
        Law("mixture", (0.4, 0.6), 0.0, 0.0, (exponential(60.0), exponential(600.0))),
    ]
)
TYPES = st.builds(
    TinyType,
    channel=st.sampled_from(list(Channel)),
    kind=st.sampled_from([DemandKind.POISSON, DemandKind.COUNTS]),
    per_day=st.sampled_from([0.0, 3.0, 40.0]),
    pieces=st.sampled_from([((0.0, 24.0, 1.0),), ((8.0, 9.0, 1.0), (12.0, 20.0, 3.0))]),
    work=LAWS,
    wrap=st.none() | LAWS,
    patience=st.none() | LAWS,
    balk=st.sampled_from([0.0, 0.1]),
    agent_choice=st.sampled_from([AgentChoice.LONGEST_IDLE, AgentChoice.RANDOM]),
    day_cv=st.sampled_from([0.0, 0.2]),
    error_cv=st.sampled_from([0.0, 0.2]),
    backlog=st.sampled_from([(), (HOUR, 5 * HOUR)]),
    threshold=st.sampled_from([-1.0, 20.0]),
)
LINES = st.builds(
    TinyLine,
    agents=st.integers(0, 6),
    begins=st.sampled_from([0.0, 8.0]),
    ends=st.sampled_from([12.0, 24.0]),
    breaks=st.sampled_from([(), ((2.0, 0.5, False),), ((1.0, 0.25, True), (2.0, 0.5, False))]),
    numbers=st.sampled_from([(), ((0.0, 2), (9.0, 4), (15.0, 1))]),
    pooled=st.booleans(),
    absence=st.sampled_from([0.0, 0.3]),
    other=st.sampled_from([0.0, 0.2]),
    as_heads=st.booleans(),
)


@st.composite
def centers(draw_: st.DrawFn) -> tuple[tuple[TinyType, ...], tuple[TinyLine, ...]]:
    """One to three contact types and lines of agents, with names in no particular order."""
    names = st.permutations(["b", "d", "f"])
    types = draw_(st.lists(TYPES, min_size=1, max_size=3))
    lines = draw_(st.lists(LINES, max_size=3))
    types = [replace(type_, stream=name) for type_, name in zip(types, draw_(names), strict=False)]
    lines = [replace(line, stream=f"{name}/day") for line, name in zip(lines, draw_(names), strict=False)]
    return tuple(types), tuple(lines)


def visits_by_name(plan: Plan, seed: int) -> dict[tuple[str, int], tuple[float, ...]]:
    """Every visit's draws, by the stream key of its type and its number."""
    rows = draw(plan, seed, 0).visits
    choice = rows.choice if len(rows.choice) else np.zeros(len(rows.type))
    columns = (rows.arrived, rows.work, rows.wrap_up, rows.patience, rows.due, rows.balks, choice)
    keys = [(plan.types.stream[t], n) for t, n in zip(rows.type.tolist(), rows.number.tolist(), strict=True)]
    return dict(zip(keys, zip(*(column.tolist() for column in columns), strict=True), strict=True))


def spells_by_name(plan: Plan, seed: int) -> dict[tuple[str, int, int], tuple[object, ...]]:
    """Every spell's draws with its blocks, by the stream key of the line, seat and begin."""
    rows, agents = draw(plan, seed, 0).spells, plan.agents
    found = {}
    for row, agent in enumerate(rows.agent.tolist()):
        own = slice(*rows.block_offset[row : row + 2])
        blocks = tuple(zip(rows.block_due[own].tolist(), rows.block_length[own].tolist(), strict=True))
        key = (agents.line_name[agents.line[agent]], int(agents.seat[agent]), int(rows.begins[row]))
        found[key] = (int(rows.ends[row]), int(rows.order[row]), bool(rows.absent[row]), blocks)
    return found


def everything(plan: Plan, seed: int) -> tuple[dict, dict]:
    return visits_by_name(plan, seed), spells_by_name(plan, seed)


@FEW
@given(centers(), SEEDS, TYPES, LINES, st.sampled_from(["a", "c", "z"]))
def test_an_added_type_or_pool_moves_nothing(center, seed, type_, line, name):
    """Wherever the new name sorts, all that was there is drawn as before."""
    types, lines = center
    visits, spells = everything(tiny_plan(types, lines, 3), seed)
    more_types, more_lines = (*types, replace(type_, stream=name)), (*lines, replace(line, stream=f"{name}/day"))
    more_visits, more_spells = everything(tiny_plan(more_types, more_lines, 3), seed)
    assert visits.items() <= more_visits.items()
    assert spells.items() <= more_spells.items()


@FEW
@given(centers(), SEEDS)
def test_reordering_changes_nothing(center, seed):
    types, lines = center
    assert everything(tiny_plan(types, lines, 3), seed) == everything(tiny_plan(types[::-1], lines[::-1], 3), seed)


@FEW
@given(centers(), SEEDS)
def test_renaming_with_the_stream_kept_changes_nothing(center, seed):
    types, lines = center
    renamed = tuple(replace(type_, name=f"new {type_.stream}") for type_ in types)
    assert everything(tiny_plan(types, lines, 3), seed) == everything(tiny_plan(renamed, lines, 3), seed)


@FEW
@given(centers(), SEEDS)
def test_an_added_day_moves_nothing(center, seed):
    """Only spells that went on at the old end are longer now."""
    types, lines = center
    visits, spells = everything(tiny_plan(types, lines, 3), seed)
    more_visits, more_spells = everything(tiny_plan(types, lines, 4), seed)
    end = 3 * 24 * HOUR
    assert visits.items() <= more_visits.items()
    assert {k: v for k, v in spells.items() if v[0] < end}.items() <= more_spells.items()
    assert all(more_spells[key][1:3] == value[1:3] for key, value in spells.items())


@FEW
@given(centers(), SEEDS, LAWS)
def test_an_added_column_moves_no_other(center, seed, law):
    """Patience, wrap-up, balking or another law of work: the other columns stay."""
    types, lines = center
    visits = visits_by_name(tiny_plan(types, lines, 3), seed)
    changed = tuple(replace(type_, wrap=law, patience=law, balk=0.5, threshold=60.0) for type_ in types)
    for key, (arrived, work, *_, choice) in visits_by_name(tiny_plan(changed, lines, 3), seed).items():
        assert (arrived, work, choice) == (*visits[key][:2], visits[key][-1])


@FEW
@given(LINES, SEEDS, st.integers(1, 40))
def test_more_agents_are_the_old_ones_and_new(line, seed, agents):
    """
    35 agents are the 34 plus one. (The spreadsheet rule and named leavers choose among all, so they are left out.)
    """
    line = replace(line, agents=agents, numbers=(), as_heads=False)
    spells, more = (
        spells_by_name(tiny_plan((QUIET,), (replace(line, agents=n),), 3), seed) for n in (agents, agents + 1)
    )
    assert spells.items() <= more.items()
    assert {key[1] for key in more.keys() - spells.keys()} == ({agents} if line.ends > line.begins else set())


@FEW
@given(SEEDS, st.integers(1, 30))
def test_a_higher_number_is_the_old_agents_and_new(seed, agents):
    """The same where a pool is staffed by numbers and leavers are pooled."""
    line = TinyLine("floor/heads", numbers=((0.0, agents), (9.0, 2 * agents), (20.0, agents)), absence=0.2, other=0.2)
    more = replace(line, numbers=tuple((hour, number + 1) for hour, number in line.numbers))
    old, new = (spells_by_name(tiny_plan((QUIET,), (each,), 2), seed) for each in (line, more))
    assert {key: value for key, value in old.items() if key[1] < agents}.items() <= new.items()


@FEW
@given(TYPES, SEEDS, st.sampled_from([1.1, 2.0, 7.0]))
def test_contact_n_of_a_date_is_the_same_person_at_every_volume(type_, seed, scale):
    """More demand: the same customers come (other times, same work and patience), and others after them."""
    type_ = replace(type_, kind=DemandKind.POISSON)
    few = visits_by_name(tiny_plan((type_,), days=3), seed)
    many = visits_by_name(tiny_plan((replace(type_, per_day=type_.per_day * scale),), days=3), seed)
    for key, (_, work, wrap_up, patience, _, balks, choice) in few.items():
        assert many[key][1:4] + many[key][5:] == (work, wrap_up, patience, balks, choice)


@FEW
@given(TYPES, SEEDS, st.sampled_from([1.05, 1.5, 3.0]))
def test_a_longer_handle_time_is_longer_for_everybody(type_, seed, factor):
    """A level of 1.5 gives each contact half as much work again, to the rounding of a unit."""
    plain = visits_by_name(tiny_plan((type_,), days=3), seed)
    longer = visits_by_name(tiny_plan((replace(type_, handle_level=factor),), days=3), seed)
    for key, (arrived, work, *_) in plain.items():
        if key[1] >= 0:
            assert longer[key][0] == arrived
            assert abs(longer[key][1] - work * factor) <= factor


@FEW
@given(SEEDS, st.floats(0.01, 0.5), st.floats(0.01, 0.5))
def test_more_variation_keeps_good_days_good(seed, low, high):
    """The day factor is the quantile of one uniform: a day above its median stays above it."""
    counts = []
    for cv in sorted((low, high)):
        plan = tiny_plan((TinyType(per_day=2000.0, day_cv=cv),), days=6)
        counts.append(np.bincount(draw(plan, seed, 0).visits.arrived // (24 * HOUR), minlength=6))
    assert np.all((counts[1] >= counts[0]) | (counts[0] < 2000 * 1.1))
