"""One self-contained page that a planner shows in a meeting: no script, nothing from elsewhere, prints well."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

from ccsim.quantities import all_of
from ccsim.report import answer, erlang_beside, numbers, penalties, risk, scorecard, sections
from ccsim.report.business_case import Ownership
from ccsim.report.facts import Facts
from ccsim.report.money import FORMULAS, PER, Money
from ccsim.report.page_templates import template
from ccsim.report.penalties import Penalties
from ccsim.report.pictures import inline
from ccsim.report.selection import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccsim.report.facts import Target
    from ccsim.results import Results

COSTS = ("labor_cost_regular", "labor_cost_premium", "labor_cost_overtime")


@dataclass(frozen=True)
class Picture:
    """A figure of the page: SVG text and what it shows."""

    name: str
    caption: str
    svg: str

    @classmethod
    def of(cls, name: str, caption: str, svg: bytes) -> Picture:
        """From an SVG file."""
        return cls(name, caption, inline(svg, name))


def html(results: Results, pictures: Iterable[Picture] | None = None) -> str:
    """
    The report as text of one HTML file.

    Parameters
    ----------
    results
        What a run gave.
    pictures
        Figures already drawn; all of ``ccsim.plots.pages`` if not given.
    """
    from markupsafe import Markup

    facts = Facts(results)
    results = facts.results
    shown = list(pictures) if pictures is not None else drawn(results)
    return template("report.html.j2").render(
        results=results,
        facts=facts,
        answer=answer,
        all_of=all_of,
        erlang_beside=erlang_beside,
        sections=sections.told(facts),
        numbers=numbers,
        colors=colors(facts),
        pictures=[(picture.name, picture.caption, Markup(picture.svg)) for picture in shown],
        axis=Axis.of(facts.targets),
        sites=sites(facts),
        isnan=isnan,
        costs=COSTS,
        money=Money(facts),
        ownership=Ownership(facts),
        choice=Choice(facts),
        per=PER,
        formulas=FORMULAS,
        scorecard=scorecard,
        risk=risk,
        missing=Penalties(results),
        penalties=penalties,
    )


def drawn(results: Results) -> list[Picture]:
    """All figures of a run."""
    from ccsim.plots.pages import pages
    from ccsim.plots.style import picture

    return [Picture.of(name, caption, picture(figure, "svg")) for name, caption, figure in pages(results)]


def colors(facts: Facts) -> dict[str, str]:
    """Color of each scenario, that of the plots."""
    from ccsim.plots.style import color

    return {name: color(facts.scenarios, name) for name in facts.scenarios}


@dataclass(frozen=True)
class Axis:
    """A scale of shares from ``low`` to 100 %, on which intervals are drawn beside their numbers."""

    low: float
    width: float = 120.0

    @classmethod
    def of(cls, targets: list[Target]) -> Axis:
        """The scale on which all targets and intervals can be seen, from a full tenth."""
        values = [number for t in targets for number in (t.low, t.mean, t.share) if not isnan(number)]
        return cls(int(min(values, default=0.0) * 10) / 10 if min(values, default=0.0) < 1 else 0.9)

    def at(self, share: float) -> str:
        """Place of a share. [px]"""
        return f"{self.width * (share - self.low) / (1 - self.low):.1f}"


def sites(facts: Facts) -> dict[str, dict[str, Any]]:
    """Sites at which some scenario has agents, in the order of the file."""
    from ccsim.plots.frames import sites_of

    centers = facts.results.experiment["scenarios"].values()
    known = {name: site for center in centers for name, site in center["sites"].items()}
    return {name: known[name] for name in sites_of(facts.results)}
