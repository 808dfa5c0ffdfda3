"""Which bid is best, as terminal and page tell it: a row for each criterion, a column for each bid, and sentences."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from math import ceil, isnan
from typing import TYPE_CHECKING, Any, NamedTuple

from ccsim.analysis.estimates import FEWEST
from ccsim.analysis.scoring import ALL
from ccsim.model.selection import IN_ALL
from ccsim.quantities import all_of
from ccsim.report.numbers import MISSING, percent, span, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccsim.report.facts import Facts

TOLD = 2
"""Ends of ranges of weights in a sentence, the nearest ones; the page has all."""
FEWEST_TO_CHOOSE = 2
"""Bids, or criteria, of which one can weigh more than another."""


class Cell(NamedTuple):
    """Points of a bid for a criterion, and what was measured."""

    points: str
    measured: str


class Line(NamedTuple):
    """A criterion."""

    name: str
    weight: str
    anchors: str
    """From no points to all of them."""
    point: str
    """What one point in all is worth of the measure."""
    cells: list[Cell]


class Stay(NamedTuple):
    """Weights of a criterion with which the first bid stays first, and who would be first beyond."""

    name: str
    weight: str
    low: str
    below: str
    high: str
    above: str


class Choice:
    """The frames of a selection by what a reader asks of them."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.points = facts.results.selection()
        self.leads = facts.results.selection_differences()
        self.ranges = facts.results.selection_weights()
        self.requirements = facts.results.selection_requirements()

    @property
    def exists(self) -> bool:
        return not self.points.empty

    @property
    def candidates(self) -> list[str]:
        return list(dict.fromkeys(self.points["candidate"]))

    @cached_property
    def totals(self) -> dict[str, Mapping[Any, Any]]:
        """Rows of all points of a bid."""
        rows = self.points[self.points["criterion"] == IN_ALL]
        return {row["candidate"]: row for row in rows.to_dict("records")}

    @property
    def ranked(self) -> list[str]:
        """Bids that may be chosen, the first one first."""
        able = [row for row in self.totals.values() if not isnan(row["rank"])]
        return [row["candidate"] for row in sorted(able, key=lambda row: float(row["rank"]))]

    @cached_property
    def criteria(self) -> dict[str, dict[str, Mapping[Any, Any]]]:
        """Rows by criterion and candidate."""
        found: dict[str, dict[str, Mapping[Any, Any]]] = {}
        for row in self.points[self.points["criterion"] != IN_ALL].to_dict("records"):
            found.setdefault(row["criterion"], {})[row["candidate"]] = row
        return found

    def lines(self) -> list[Line]:
        """Criteria with their points and what was measured."""
        return [self.line(name, rows) for name, rows in self.criteria.items()]

    def line(self, name: str, rows: Mapping[str, Mapping[Any, Any]]) -> Line:
        some = next(iter(rows.values()))
        unit = some["unit"]
        cells = [Cell(in_points(rows[one]["points"]), value(rows[one]["mean"], unit)) for one in self.candidates]
        point = abs(some["best"] - some["worst"]) / (ALL * some["weight"])
        return Line(name, share(some["weight"]), span(some["worst"], some["best"], unit), worth(point, unit), cells)

    def in_all(self) -> list[Cell]:
        """Points and their interval."""
        return [
            Cell(in_points(row["points"]), between(row["points_low"], row["points_high"]))
            for row in (self.totals[one] for one in self.candidates)
        ]

    def ranks(self) -> list[str]:
        """``1``, ``2``, or why a bid has none."""
        return [str(self.ranked.index(one) + 1) if one in self.ranked else self.why_not(one) for one in self.candidates]

    def why_not(self, candidate: str) -> str:
        return "no points" if isnan(self.totals[candidate]["points"]) else "out"

    def stays(self) -> list[Stay]:
        """Every criterion, in the order of the file."""
        return [
            Stay(
                row["criterion"], share(row["weight"]), share(row["low"]), row["below"], share(row["high"]),
                row["above"],
            )
            for row in self.ranges.to_dict("records")
        ]  # fmt: skip

    def sentences(self) -> list[str]:
        """The answer first, then what it hangs on."""
        told = [self.winner(), self.weights(), *self.required(), *self.beyond(), *self.unscored(), *self.too_few()]
        return [sentence for sentence in told if sentence]

    def winner(self) -> str:
        """Who is first, by how much, and whether that is more than chance."""
        if not self.ranked:
            return "No bid may be chosen: each one misses a requirement or lacks a value."
        first = self.ranked[0]
        total = self.totals[first]
        points = f"{in_points(total['points'])} of 100 points{bracketed(total['points_low'], total['points_high'])}"
        if len(self.ranked) == 1:
            alone = "is the only bid" if len(self.candidates) == 1 else "is the only one of the bids that may be chosen"
            return f"{first} {alone}, with {points}."
        second = self.ranked[1]
        lead, low, high = self.lead(first, second)
        if isnan(low):
            return f"{first} is first with {points}, {in_points(lead)} ahead of {second}; how surely, is not known."
        if low > 0:
            return f"{first} wins with {points}, {in_points(lead)} ahead of {second}{bracketed(low, high)}."
        return (
            f"{first} is first with {points}, but its lead of {in_points(lead)} over {second}{bracketed(low, high)} "
            "may be chance."
        )

    def lead(self, first: str, second: str) -> tuple[float, float, float]:
        """Points ahead, with the interval."""
        for row in self.leads.to_dict("records"):
            if (row["b"], row["a"]) == (first, second):
                return row["mean"], row["low"], row["high"]
            if (row["a"], row["b"]) == (first, second):
                return -row["mean"], -row["high"], -row["low"]
        raise KeyError((first, second))

    def weights(self) -> str:
        """For which weights the first one stays first, the nearest ends of all ranges."""
        if min(len(self.ranked), len(self.ranges)) < FEWEST_TO_CHOOSE:
            return ""
        ends = []
        for row in self.ranges.to_dict("records"):
            if row["below"]:
                told = f'"{row["criterion"]}" weighs more than {share(row["low"])} (else {row["below"]})'
                ends.append((row["weight"] - row["low"], told))
            if row["above"]:
                told = f'"{row["criterion"]}" weighs less than {share(row["high"])} (else {row["above"]})'
                ends.append((row["high"] - row["weight"], told))
        if not ends:
            return "It would be first with any weight of any one criterion, the others in proportion."
        nearest = [told for _, told in sorted(ends)[:TOLD]]
        return f"It stays first as long as {all_of(nearest)}; one weight at a time, the others in proportion."

    def required(self) -> Iterator[str]:
        """Requirements that a bid misses, may miss, or keeps on average alone."""
        for row in self.requirements.to_dict("records"):
            limit = f"{row['limit'].replace('_', ' ')} {value(row['at'], row['unit'])}"
            found = f"{value(row['mean'], row['unit'])}{interval(row)}"
            often = "" if isnan(row["missed"]) else f", {chance(row)} of replications miss it"
            name = f'{row["candidate"]}, "{row["requirement"]}"'
            keeps = row["mean"] <= row["at"] if row["limit"] == "at_most" else row["mean"] >= row["at"]
            if isnan(row["mean"]):
                yield f"{name}: out, since it has no value ({limit} is required)."
            elif not keeps:
                surely = "" if row["verdict"] == "missed" else ", though not surely"
                yield f"{name}: out{surely}, {found} where {limit} is required{often}."
            elif row["verdict"] != "met" and not isnan(row["low"]):
                yield f"{name}: {limit} is required and not surely met, {found}{often}."
            elif row["missed"] > 0:
                yield f"{name}: met on average, {found} for {limit}; {chance(row)} of replications miss it."

    def beyond(self) -> Iterator[str]:
        """Bids that are better than best, or worse than worst, of a criterion: what lies there is not seen."""
        for name, rows in self.criteria.items():
            for end in ("best", "worst"):
                beyond = [one for one, row in rows.items() if is_beyond(row, end)]
                if beyond:
                    lie = "lies" if len(beyond) == 1 else "lie"
                    yield f'"{name}": {", ".join(beyond)} {lie} beyond {end}; how far, makes no difference to points.'

    def unscored(self) -> Iterator[str]:
        for name, rows in self.criteria.items():
            without = [one for one, row in rows.items() if isnan(row["mean"])]
            if without:
                yield f'{", ".join(without)} cannot be scored: "{name}" has no value.'

    def too_few(self) -> Iterator[str]:
        """Tails that hold too few replications for an interval."""
        for name, rows in self.criteria.items():
            row = next(iter(rows.values()))
            if row["statistic"].startswith("worst") and isnan(row["low"]) and not isnan(row["mean"]):
                part = Fraction(row["statistic"].removeprefix("worst ").rstrip("%")) / 100
                held, needed = float(row["n"] * part), ceil(FEWEST / part)
                yield (
                    f'"{name}": the {row["statistic"]} of {row["n"]} replications are {held:g}, too few to say how '
                    f"sure anything is; run at least {needed}."
                )


def is_beyond(row: Mapping[Any, Any], end: str) -> bool:
    """Whether the estimate lies beyond an anchor, not just on it."""
    away = (row["mean"] - row[end]) * (row["best"] - row["worst"])
    return bool(away > 0 if end == "best" else away < 0)


def worth(number: float, unit: str) -> str:
    """What a point is of a measure."""
    return f"{100 * number:.2g} %" if unit == "share" else value(number, unit)


def share(number: float) -> str:
    return MISSING if isnan(number) else percent(number, 0 if abs(number - round(number, 2)) < 1e-9 else 1)


def in_points(number: float) -> str:
    return MISSING if isnan(number) else f"{number:.1f}"


def between(low: float, high: float) -> str:
    return "" if isnan(low) else f"{low:.1f} to {high:.1f}"


def bracketed(low: float, high: float) -> str:
    return "" if isnan(low) else f" ({between(low, high)})"


def interval(row: Mapping[Any, Any]) -> str:
    """Of a requirement, in brackets."""
    text = span(row["low"], row["high"], row["unit"])
    return f" ({text})" if text else ""


def chance(row: Mapping[Any, Any]) -> str:
    """How many replications miss a requirement, with the interval: ``15 % (3 to 38)``."""
    interval = "" if isnan(row["missed_low"]) else f" ({100 * row['missed_low']:.0f} to {100 * row['missed_high']:.0f})"
    return f"{percent(row['missed'], 0)}{interval}"
