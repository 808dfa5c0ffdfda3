"""The answer in plain sentences: which scenario keeps its promises, at what cost, and which differences are real."""

from __future__ import annotations

from itertools import groupby
from math import isnan
from typing import TYPE_CHECKING

from ccsim.analysis.estimates import FEWEST
from ccsim.quantities import all_of
from ccsim.report.business_case import Ownership
from ccsim.report.erlang_beside import because, marks
from ccsim.report.numbers import count, percent, points, seconds, value, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.report.facts import Difference, Facts, Target


MOST_TOLD = 6
"""Scenarios of whom a sentence each can be read."""
WHAT_IF = {
    "yardstick": ("is a yardstick for the others, not a choice", "are yardsticks for the others, not choices"),
    "right_forecast": (
        "is what would be if the forecast were right",
        "are what would be if the forecast were right",
    ),
    "ignore_restrictions": (
        "puts aside where data may go: what that is worth, not what is allowed",
        "put aside where data may go: what that is worth, not what is allowed",
    ),
}
"""What is said of one scenario, and of several, that ask what would be if."""
ALIKE = 0.01
"""Costs that differ by no more, as a share, decide nothing."""
MUCH_LESS = 0.05
"""What is cheaper per resolution by so much less than per contact, as a share, is told."""
MOST_UNSTABLE = 0.1
"""Share of a type's volume that Erlang C may call unstable without further words."""


def promise(facts: Facts, target: Target) -> str:
    """``80% in 20 s`` as in the file, with the formula where it is not the default."""
    business = " (business)" if facts.in_business_hours(target) else ""
    text = f"{100 * target.share:g}% in {seconds(target.threshold_s)}{business}"
    return text if target.formula == "offered" else f"{text} ({target.formula})"


def words(measure: str) -> str:
    """A measure's name as words."""
    return measure.removesuffix("_s").replace("_", " ")


def headline(facts: Facts) -> str:
    """One sentence: which scenario to take, as far as targets and cost decide, of those that can be chosen."""
    if not facts.targets:
        return "No target is declared, so no scenario is judged."
    good = [scenario for scenario in facts.choices if is_proved(facts, scenario)]
    if len(facts.choices) == 1:
        return f"{facts.choices[0]} {'meets every target' if good else 'is not shown to meet every target'}."
    if not good:
        possible = "" if facts.choices == facts.scenarios else " that can be chosen"
        return f"No scenario{possible} is shown to meet every target."
    if len(good) == 1:
        return f"Only {good[0]} is shown to meet every target{at_cost(facts, good[0])}."
    return f"{all_of(good)} meet every target{cheapest_of(facts, good)}."


def is_proved(facts: Facts, scenario: str) -> bool:
    """The scenario has targets, and all are met beyond doubt of their intervals."""
    targets = facts.targets_of(scenario)
    return bool(targets) and all(target.verdict == "met" for target in targets)


def cheapest_of(facts: Facts, good: list[str]) -> str:
    """
    ``; of these offshore costs least, at ...``, as far as differences are real and worth a word; empty if a wage is
    missing.
    """
    costs = {scenario: facts.total(scenario, facts.cost) for scenario in good}
    if not all(cost.exists for cost in costs.values()):
        return ""
    first, last = (of(costs, key=lambda scenario: costs[scenario].mean) for of in (min, max))
    if 0 < costs[last].mean <= (1 + ALIKE) * costs[first].mean:
        spread = percent(costs[last].mean / costs[first].mean - 1)
        return f"; they cost alike, within {spread}{at_cost(facts, first)}"
    real = {frozenset((d.a, d.b)) for d in facts.differences if d.measure == facts.cost and d.is_real}
    dearer = [other for other in good if frozenset((first, other)) in real]
    if not dearer:
        return "; which of them costs least cannot be told apart"
    alike = "" if len(dearer) == len(good) - 1 else " on average"
    return f"; of these {first} costs least{alike}{at_cost(facts, first)}"


def at_cost(facts: Facts, scenario: str) -> str:
    """``, at 401,234 USD of labor``, or ``in all`` where books are kept; empty without wages."""
    cost, of = facts.total(scenario, facts.cost), "of labor" if facts.cost == "labor_cost" else "in all"
    return f", at {value(cost.mean, cost.unit)} {of}" if cost.exists else ""


def verdicts(facts: Facts, scenario: str) -> str:
    """One sentence per scenario: targets met, missed, undecided, and open hours in which nobody is on duty."""
    targets = facts.targets_of(scenario)
    parts = [] if targets else ["has no target"]
    for verdict, verb in (("missed", "misses"), ("undecided", "is undecided on"), ("met", "meets")):
        found = [t for t in targets if t.verdict == verdict]
        if found and len(found) == len(targets) and verdict == "met":
            parts.append("meets every target")
        elif found:
            parts.append(f"{verb} {all_of(told(t) for t in found)}")
    if bare := list(bare_hours(facts, scenario)):
        parts.append(f"leaves nobody on duty in {all_of(bare)}")
    return f"{scenario} {'; '.join(parts)}."


def shortcomings(facts: Facts) -> list[str]:
    """Of few scenarios, what the headline leaves out: targets missed and undecided, and hours without anybody."""
    few = facts.scenarios if len(facts.scenarios) <= MOST_TOLD else []
    known = "meets every target" if facts.targets else "has no target"
    told = {scenario: verdicts(facts, scenario) for scenario in few}
    return [sentence for scenario, sentence in told.items() if sentence != f"{scenario} {known}."]


def bare_hours(facts: Facts, scenario: str) -> Iterator[str]:
    """``3.0 % of the open hours of spanish-phone``, for each contact type that is not covered always."""
    for name in facts.types(scenario):
        coverage = facts.of_type(scenario, name, "coverage")
        if coverage.exists and coverage.mean < 1:
            yield f"{percent(1 - coverage.mean)} of the open hours of {name}"


def told(target: Target) -> str:
    """A target with what was found: ``us-phone (78.3 % of 80 %)``."""
    if target.verdict == "met":
        return target.contact_type
    found = percent(target.mean).removesuffix(" %")
    enough = (
        "" if isnan(target.replications_needed) else f"; about {target.replications_needed:,.0f} replications would do"
    )
    return f"{target.contact_type} ({found} for {percent(target.share, 0)}{enough})"


def comparison(facts: Facts, a: str, b: str) -> str:
    """One sentence per pair: which differences are real, and which are not."""
    rows = [d for d in facts.differences if (d.a, d.b) == (a, b) and d.exists]
    by_measure = [(measure, list(of)) for measure, of in groupby(rows, key=lambda d: d.measure)]
    parts = [part for measure, of in by_measure if (part := real(measure, of))]
    if unsure := [part for measure, of in by_measure if (part := not_real(measure, of))]:
        parts.append(f"not distinguishable: {', '.join(unsure)}")
    return f"{b} against {a}: {'; '.join(parts) or 'nothing can be compared'}."


def real(measure: str, rows: list[Difference]) -> str:
    """``service level higher for us-phone, lower for us-chat``; ``labor cost lower``; empty if nothing is real."""
    sides = []
    for verdict in ("higher", "lower"):
        found = [d.contact_type for d in rows if d.verdict == verdict]
        if found:
            sides.append(f"{verdict} for {all_of(found)}" if all(found) else verdict)
    return f"{words(measure)} {', '.join(sides)}" if sides else ""


def not_real(measure: str, rows: list[Difference]) -> str:
    """``service level of us-phone and email``; empty if all are real."""
    found = [d.contact_type for d in rows if not d.is_real]
    return f"{words(measure)} of {all_of(found)}" if any(found) else words(measure) if found else ""


def findings(facts: Facts) -> list[str]:
    """
    What may decide otherwise than targets and cost do: scenarios that are no choices, cost over years, dear
    resolutions; of few scenarios bad weeks and outages.
    """
    few = facts.scenarios if len(facts.scenarios) <= MOST_TOLD else []
    of_scenarios = [sentence for scenario in few for sentence in (weeks(facts, scenario), outage(facts, scenario))]
    return [*what_ifs(facts), *over_years(facts), *resolutions(facts), *filter(None, of_scenarios)]


def what_ifs(facts: Facts) -> list[str]:
    """Which scenarios nobody can choose, and what they are for; empty if there is none."""
    asking = {word: [name for name in facts.scenarios if facts.what_if(name) == word] for word in WHAT_IF}
    return [f"{all_of(names)} {WHAT_IF[word][len(names) > 1]}." for word, names in asking.items() if names]


def over_years(facts: Facts) -> list[str]:
    """What few cases of a business case cost beside the baseline; empty without one."""
    ownership = Ownership(facts)
    return ownership.answers() if ownership.exists and len(ownership.cases) <= MOST_TOLD else []


def resolutions(facts: Facts) -> list[str]:
    """
    For each pair of scenarios of which one is surely cheaper per contact, but dearer or by much less cheaper per
    resolution, a sentence.
    """
    costs = {(d.measure, d.a, d.b): d for d in facts.differences if d.is_real}
    found = []
    for a, b in facts.pairs():
        contact, resolution = (costs.get((f"{facts.cost}_per_{of}", a, b)) for of in ("answered", "resolution"))
        if contact and resolution:
            pair = (b, a) if contact.verdict == "lower" else (a, b)
            tell = less_cheap if contact.verdict == resolution.verdict else cheap_but_dear
            found.append(tell(facts, *pair))
    return list(filter(None, found))


def less_cheap(facts: Facts, cheap: str, other: str) -> str:
    """By how much less a scenario is cheaper per resolution than per contact; empty if that is hardly less."""
    costs = [
        [facts.total(scenario, f"{facts.cost}_per_{of}").mean for scenario in (cheap, other)]
        for of in ("answered", "resolution")
    ]
    # Credits may leave nothing to pay, of which there is no percentage.
    if min(map(min, costs)) <= 0:
        return ""
    contact, resolution = (1 - low / high for low, high in costs)
    if contact - resolution < MUCH_LESS:
        return ""
    return (
        f"{cheap} is {percent(contact, 0)} cheaper than {other} per answered contact, and {percent(resolution, 0)} per "
        f"resolution{unresolved(facts, cheap, other)}."
    )


def unresolved(facts: Facts, cheap: str, other: str) -> str:
    """``, and leaves 6 more of 100 phone customers without one``, of each type of which that is sure."""
    parts = []
    for found in facts.differences:
        if found.measure == "resolution_rate" and found.is_real and {found.a, found.b} == {cheap, other}:
            more = 100 * (found.mean if found.b == other else -found.mean)
            if more >= 1:
                parts.append(f"{more:.0f} more of 100 {found.contact_type} customers")
    return f", and leaves {all_of(parts)} without one" if parts else ""


def cheap_but_dear(facts: Facts, cheap: str, other: str) -> str:
    """What a contact and a resolution cost in a scenario and another one, and how many contacts a resolution takes."""
    cost = {
        (scenario, of): facts.total(scenario, f"{facts.cost}_per_{of}")
        for scenario in (cheap, other)
        for of in ("answered", "resolution")
    }
    (low, high), (dear, fair) = (
        [value(cost[scenario, of].mean, cost[scenario, of].unit) for scenario in (cheap, other)]
        for of in ("answered", "resolution")
    )
    more, fewer = (cost[name, "resolution"].mean / cost[name, "answered"].mean for name in (cheap, other))
    return (
        f"{cheap} is cheaper than {other} per answered contact ({low} against {high}) but dearer per resolution "
        f"({dear} against {fair}): a resolution takes {more:.2f} answered contacts instead of {fewer:.2f}."
    )


def outage(facts: Facts, scenario: str) -> str:
    """What the outages of a scenario cost, in one sentence; empty if it has none."""
    hours = facts.total(scenario, "outage_hours")
    if not hours.mean > 0:
        return ""
    often = "" if isnan(hours.low) else " on average"
    lost = facts.total(scenario, "lost_in_outage").mean
    customers = facts.total(scenario, "customers_lost_in_outage").mean
    for_good = f", {count(round(customers))} customers for good" if facts.has_further_visits else ""
    parts = [
        f"{count(round(lost))} contacts are lost meanwhile{for_good}" if lost >= 0.5 else "no contact is lost meanwhile"
    ]
    for name in facts.types(scenario):
        back = facts.of_type(scenario, name, "outage_recovery_hours").mean
        missing = facts.of_type(scenario, name, "outage_headroom_agents").mean
        if back > 0 and facts.of_type(scenario, name, "lost_in_outage").mean >= 0.5:
            parts.append(f"it takes {name} up to {count(back)} h to be back in target")
        if missing > 0:
            agents = f"{whole(missing)} more agent{'s' if missing > 1 else ''}"
            parts.append(f"by Erlang C {agents} within its reach would have kept {name} in target")
    return f"{scenario} is hit by outages for {count(hours.mean)} h{often}: {'; '.join(parts)}."


def weeks(facts: Facts, scenario: str) -> str:
    """In which weeks a contact type surely misses a target that it meets in others; empty if there is no such type."""
    parts = []
    for target in facts.targets_of(scenario):
        of_type = [week for week in facts.weeks if (week.scenario, week.name) == (scenario, target.contact_type)]
        below = [week for week in of_type if week.high < target.share]
        if below and len(below) < len(of_type):
            worst = min(below, key=lambda week: week.mean)
            parts.append(
                f"{target.contact_type} surely misses its target in {len(below)} of {len(of_type)} weeks, at worst "
                f"with {percent(worst.mean)} in that of {worst.start}, last in that of {below[-1].start}"
            )
    return f"{scenario} week by week: {'; '.join(parts)}." if parts else ""


def erlang_c(facts: Facts) -> str:
    """How far Erlang C is from the simulation, over all types it can say something of, and what it does not know."""
    blind = " It knows first visits only, not who comes again or is passed on." if facts.has_further_visits else ""
    dark = " It knows no outages." if facts.has_outages else ""
    return f"{erlang_c_errors(facts)}{unstable(facts)}{blind}{dark}"


def unstable(facts: Facts) -> str:
    """Types of which Erlang C promises a part nothing, often for splitting a pool; empty if there is none."""
    names = dict.fromkeys(
        name
        for scenario in facts.scenarios
        for name in facts.types(scenario)
        if facts.of_type(scenario, name, "erlang_c_unstable_share").mean > MOST_UNSTABLE
    )
    rule = "It says 0 % where agents, shared ones split by load, are too few for its queue"
    return f" {rule}: a part of {all_of(names)}." if names else ""


def is_split_too_small(facts: Facts, scenario: str, name: str) -> bool:
    """Whether Erlang C promises a type nothing much of the time, for its part of shared agents."""
    share = facts.of_type(scenario, name, "erlang_c_unstable_share").mean
    return share > MOST_UNSTABLE and "a" in marks(facts, scenario, name)


def erlang_c_errors(facts: Facts) -> str:
    """
    One sentence: from the smallest to the largest error; without types of which ``unstable`` tells that their part of
    shared agents is no queue of its own.
    """
    errors = sorted(
        (error, "; ".join(filter(None, [f"{name}, {scenario}", because(marks(facts, scenario, name))])))
        for scenario in facts.scenarios
        for name in facts.types(scenario)
        if not isnan(error := facts.erlang_c_error(scenario, name)) and not is_split_too_small(facts, scenario, name)
    )
    if not errors:
        return "Erlang C has nothing to say about these contact types."
    low, high = errors[0], errors[-1]
    if len(errors) == 1:
        return f"Erlang C is off by {points(low[0])} points ({low[1]})."
    return f"Erlang C is off by {points(low[0])} ({low[1]}) to {points(high[0])} points ({high[1]})."


def gaps(facts: Facts) -> list[str]:
    """When nobody is on duty, in local hours; one sentence if there is no such time."""
    if not facts.gaps:
        return ["Somebody is on duty in all open hours, in every scenario."]
    return [f"Nobody on duty for {whom(facts, where)}: {hours}." for hours, where in facts.gaps.items()]


def whom(facts: Facts, where: list[tuple[str, str]]) -> str:
    """``email in offshore``; ``us-phone and email in offshore and in-house``; ``email in all scenarios``."""
    types_of: dict[str, list[str]] = {}
    for scenario, name in where:
        types_of.setdefault(scenario, []).append(name)
    scenarios_of: dict[tuple[str, ...], list[str]] = {}
    for scenario, names in types_of.items():
        scenarios_of.setdefault(tuple(names), []).append(scenario)
    everywhere = len(types_of) == len(facts.scenarios) > 1
    return all_of(
        f"{all_of(names)} in {'all scenarios' if everywhere and len(scenarios_of) == 1 else all_of(scenarios)}"
        for names, scenarios in scenarios_of.items()
    )


def run(facts: Facts) -> str:
    """What was simulated, and how often."""
    results, calendar = facts.results, facts.results.experiment["calendar"]
    number, unit = (calendar["weeks"], "week") if calendar["weeks"] else (calendar["days"], "day")
    period = f"{number} {unit}{'s' if number != 1 else ''} from {calendar['start']} ({results.timezone})"
    finished = "" if results.complete else ", stopped before all were finished"
    few = f"; fewer than {FEWEST} replications: no intervals, no verdicts" if results.replications < FEWEST else ""
    times = f"{results.replications} replication{'s' if results.replications != 1 else ''}"
    return f"{times} of {period}, seed {results.seed}{finished}{few}"
