"""The figures of a run's folder and report: several Axes on one page, ready to be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.plots import style
from ccsim.plots.business_case import baseline_of, cases_of, cost_bridge, cumulative_cost, groups_of
from ccsim.plots.comparison import cost_and_service
from ccsim.plots.course import happens_once, service_level_over_time, staffing_over_time
from ccsim.plots.coverage import MEANING, coverage_map
from ccsim.plots.frames import cost_measure, names_of, points, scenarios_of, sites_of, zone_of_site
from ccsim.plots.frontier import frontier
from ccsim.plots.money import HEIGHT, client_lines, cost_waterfall
from ccsim.plots.occupancy import occupancy
from ccsim.plots.risk import billed, contract_risk, cost_risk, total_costs, varies
from ccsim.plots.selection import bids
from ccsim.plots.sheets import grid, key, rows_of_key, sheet
from ccsim.plots.style import figure
from ccsim.plots.week import service_level_over_week, staffing_over_week
from ccsim.plots.weeks import week_by_week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ccsim.results import Results

ONE_TYPE = 2
"""Groups of a frontier that has one contact type: it and the whole."""
PANELS_A_ROW = 4
WIDE = 9.5
"""Width of a page of lines. [inches]"""
WATERFALLS_A_ROW = 3
MOST_WATERFALLS = 6
"""Scenarios whose cost lines can be read side by side."""
FEWEST_PLACES = 4
"""Scenarios with total costs from which on a frontier can be seen."""
MOST_BIDS = 20
"""Bids whose points can be compared under each other."""
FEWEST_REPLICATIONS = 5
"""From which on a distribution can be spoken of."""
MOST_RISKS = 12
"""Distributions that can be compared under each other."""
FEWEST_WEEKS = 3
"""Weeks from which on a line tells more than the numbers."""


def pages(results: Results) -> Iterator[tuple[str, str, Figure]]:
    """Name for a file, caption, and figure, one after the other."""
    if 0 < results.selection()["candidate"].nunique() <= MOST_BIDS:
        yield "bids", "Which bid to choose", bids_page(results)
    if points(results, "total", cost_measure(results)) and points(results, "contact_type", "service_level"):
        yield "comparison", "What service costs", comparison_page(results)
    if not results.costs().empty and len(scenarios_of(results)) <= MOST_WATERFALLS:
        yield "costs", "What the client pays", costs_page(results)
    if results.replications >= FEWEST_REPLICATIONS:
        if varies(total_costs(results).values()) and len(total_costs(results)) <= MOST_RISKS:
            yield "cost-risk", "What chance does to the cost", cost_risk_page(results)
        if varies(billed(results, "invoice").values()) and len(billed(results, "invoice")) <= MOST_RISKS:
            yield "contract-risk", "What chance does to invoices and penalties", contract_risk_page(results)
    if results.frontier("")["scenario"].nunique() >= FEWEST_PLACES:
        yield "frontier", "Cost against service", frontier_page(results)
    if not results.ownership_months().empty:
        yield "ownership", "What each case has cost until when", ownership_page(results)
        if 1 < len(cases_of(results)) <= MOST_WATERFALLS + 1:
            yield "bridge", f"What makes the difference to {baseline_of(results)}", bridge_page(results)
    if results.weeks()["week_start_local"].nunique() >= FEWEST_WEEKS:
        yield "weeks", "Week by week", weeks_page(results)
    for site in sites_of(results):
        zone = zone_of_site(results, site)
        if happens_once(results):
            yield f"course-{site}", f"Day by day on the clock of {site} ({zone})", week_page(results, site, zone)
        else:
            yield f"week-{site}", f"The week on the clock of {site} ({zone})", week_page(results, site, zone)
    if points(results, "pool", "occupancy"):
        yield "occupancy", "How busy the agents are", occupancy_page(results)
    if points(results, "contact_type", "coverage"):
        yield "coverage", "Hours of the week in which somebody is on duty", coverage_page(results)


def bids_page(results: Results) -> Figure:
    """Points of every bid."""
    page = figure(WIDE, 1.1 + 0.45 * results.selection()["candidate"].nunique())
    style.key(bids(results, ax=page.subplots()))
    return page


def types_of(results: Results) -> list[str]:
    """Contact types in the order of the file."""
    return names_of(points(results, "contact_type", "offered"))


def comparison_page(results: Results) -> Figure:
    """Cost against service level, one panel per contact type with a service level."""
    names = names_of(points(results, "contact_type", "service_level"))
    page, panels = grid(len(names), PANELS_A_ROW, lambda across, down: (max(2.6 * across, 4.5), 2.6 * down + 0.3))
    for panel, name in zip(panels, names, strict=True):
        cost_and_service(results, name, ax=panel)
    panels[0].set_ylabel("service level", fontsize=8)
    key(page, results, marker="o")
    return page


def costs_page(results: Results) -> Figure:
    """Cost lines of every scenario side by side, at most three in a row."""
    scenarios = scenarios_of(results)
    page, panels = waterfalls(len(scenarios), len(client_lines(results).columns) + 1)
    for place, (panel, scenario) in enumerate(zip(panels, scenarios, strict=True)):
        cost_waterfall(results, scenario, labels=place % WATERFALLS_A_ROW == 0, ax=panel)
    return page


def waterfalls(count: int, rows: int) -> tuple[Figure, list[Axes]]:
    """Room for so many waterfalls of so many rows each."""
    return grid(count, WATERFALLS_A_ROW, lambda _, down: (WIDE, (0.8 + HEIGHT * rows) * down))


def cost_risk_page(results: Results) -> Figure:
    """The client's cost of each scenario under each other, on one axis."""
    names = list(total_costs(results))
    page, panels = risk_panels(len(names), 1)
    for (panel,), name in zip(panels, names, strict=True):
        cost_risk(results, name, ax=panel)
    panels[-1][0].set_xlabel(f"the client in all, {results.currency}; a dot is a replication", fontsize=8)
    risk_key(page, panels)
    return page


def contract_risk_page(results: Results) -> Figure:
    """Invoices of each contract under each other, and beside them penalties where there are any."""
    items = [item for item in ("invoice", "penalty") if varies(billed(results, item).values())]
    contracts = list(billed(results, "invoice"))
    page, panels = risk_panels(len(contracts), len(items))
    for row, (scenario, contract) in zip(panels, contracts, strict=True):
        for panel, item in zip(row, items, strict=True):
            contract_risk(results, scenario, contract, item, ax=panel)
    for panel, item in zip(panels[-1], items, strict=True):
        panel.set_xlabel(f"{item}, {results.currency}; a dot is a replication", fontsize=8)
    risk_key(page, panels)
    return page


def risk_panels(down: int, across: int) -> tuple[Figure, list[list[Axes]]]:
    """Panels whose axes have numbers at the bottom alone."""
    page, panels = sheet(WIDE, 1.1, down, across, top=0.65, bottom=0.45, left=0.2, right=0.2, between=(0.5, 0.35))
    for row in panels[:-1]:
        for panel in row:
            panel.tick_params(axis="x", labelbottom=False)
    return page, panels


def risk_key(page: Figure, panels: list[list[Axes]]) -> None:
    """Which line is which, above all panels."""
    lines, words = panels[0][0].get_legend_handles_labels()
    page.legend(lines, words, loc="upper right", ncols=len(words), frameon=False, fontsize=8)


def frontier_page(results: Results) -> Figure:
    """The frontier of each contact type, after that of all contacts together where there are several types."""
    names = list(dict.fromkeys(results.frontier()["contact_type"]))
    names = names[1:] if len(names) == ONE_TYPE else names
    page, panels = grid(len(names), PANELS_A_ROW, lambda across, down: (max(3.2 * across, 5.5), 3.0 * down + 0.3))
    for panel, name in zip(panels, names, strict=True):
        frontier(results, name, ax=panel)
    panels[0].set_ylabel("service level", fontsize=8)
    key(page, results, marker="o")
    return page


def ownership_page(results: Results) -> Figure:
    """Cumulative cost of every case."""
    page = figure(WIDE, 3.8)
    style.key(cumulative_cost(results, ax=page.subplots()))
    return page


def bridge_page(results: Results) -> Figure:
    """From the baseline to every other case, side by side, at most three in a row."""
    cases = [case for case in cases_of(results) if case != baseline_of(results)]
    page, panels = waterfalls(len(cases), len(groups_of(results)) + 2)
    for place, (panel, case) in enumerate(zip(panels, cases, strict=True)):
        cost_bridge(results, case, labels=place % WATERFALLS_A_ROW == 0, ax=panel)
    return page


def weeks_page(results: Results) -> Figure:
    """
    A row for every contact type, its service level and handle time; a row for every pool, its agents and occupancy.
    """
    rows = [(name, "service_level", "handle_time_mean_s") for name in types_of(results)]
    pools = names_of(points(results, "pool", "occupancy"))
    rows += [(name, "agents_present", "occupancy") for name in pools]
    top = 0.35 + 0.2 * rows_of_key(results, WIDE)
    page, panels = sheet(WIDE, 1.75, len(rows), 2, top=top, bottom=0.3, left=0.5, right=0.1, between=(0.55, 0.5))
    known = set(results.weeks()[["name", "measure"]].itertuples(index=False, name=None))
    for (name, *measures), row in zip(rows, panels, strict=True):
        for measure, panel in zip(measures, row, strict=True):
            if (name, measure) in known:
                week_by_week(results, name, measure, ax=panel)
            else:
                panel.set_axis_off()
    key(page, results)
    return page


def week_page(results: Results, site: str, zone: str) -> Figure:
    """
    Agents of the site, and under them the service level of every contact type, on the clock of the site: of the counted
    period as it went where something happens once, else of the week.
    """
    once = happens_once(results)
    staffing, service_level = (
        (staffing_over_time, service_level_over_time) if once else (staffing_over_week, service_level_over_week)
    )
    names = names_of(points(results, "contact_type", "service_level"))
    top = 0.3 + 0.2 * rows_of_key(results, WIDE)
    page, panels = sheet(WIDE, 1.2, 1 + len(names), 1, top=top, bottom=0.45, left=0.5, right=0.1, between=(0.35, 0))
    staffing(results, site, ax=panels[0][0], timezone=zone)
    for row, name in zip(panels[1:], names, strict=True):
        service_level(results, name, ax=row[0], timezone=zone)
    for row in panels[:-1]:
        row[0].set_xlabel("")
        row[0].tick_params(axis="x", which="both", labelbottom=False)
    key(page, results)
    return page


def occupancy_page(results: Results) -> Figure:
    """Occupancy of every pool, beside the ceiling that the experiment declares."""
    page = figure(9.0, 0.9 + 0.32 * len(points(results, "pool", "occupancy")))
    occupancy(results, ax=page.subplots(), ceiling=results.experiment["judged"]["occupancy_ceiling"])
    return page


def coverage_page(results: Results) -> Figure:
    """Maps of coverage, scenario by scenario, at most four in a row; those of one scenario are never torn apart."""
    from matplotlib.patches import Patch

    names, scenarios = names_of(points(results, "contact_type", "coverage")), scenarios_of(results)
    maps = [(scenario, name) for scenario in scenarios for name in names]
    across = min(len(maps), PANELS_A_ROW if len(names) > PANELS_A_ROW else PANELS_A_ROW // len(names) * len(names))
    page, panels = sheet(
        2.9 * max(across, 2),
        1.75,
        -(-len(maps) // across),
        across,
        top=0.5,
        bottom=0.45,
        left=0.45,
        right=0.15,
        between=(0.6, 0.5),
    )
    flat = [panel for row in panels for panel in row]
    for panel, (scenario, name) in zip(flat, maps, strict=False):
        coverage_map(results, scenario, name, ax=panel)
    for panel in flat[len(maps) :]:
        panel.set_axis_off()
    patches = [Patch(facecolor=tone, edgecolor="#bbbbbb", linewidth=0.5, label=word) for word, tone in MEANING.items()]
    page.legend(handles=patches, loc="upper right", ncols=len(patches), frameon=False, fontsize=8)
    return page
