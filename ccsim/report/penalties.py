"""How service-level terms were kept, what missing them may cost, and what of that the forecast's error brings about."""

from __future__ import annotations

from collections import Counter
from math import isnan
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from ccsim.report.numbers import MISSING, percent, seconds, signed, span, value
from ccsim.results.penalties import ALL_TERMS, WHOLE_PERIOD, WORST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccsim.results import Results

OF = ("scenario", "contract", "term")
KEPT = ("contract: term", "goal", "result", "months missed", "penalty", "worst tenth", "worst month", "bonus")
KEPT_NOTE = (
    "Result: all months and replications together. Months missed: share of the months of all replications. Penalty and "
    "bonus: means over replications. Worst tenth: in a tenth of the replications the penalty is at least about this. "
    "Worst month: the one with the highest expected penalty, and its result."
)
COSTS = ("", "any month missed", "penalty", "median", "worst tenth", "largest", "worst month alone")
COSTS_NOTE = (
    "Any month missed: share of the replications in which at least one month is. Median and worst tenth: half and 90 % "
    "of the replications cost no more; the interval goes from one replication to another one, and has no upper end "
    "where so few of them cannot tell. Worst month alone: each replication's own, mean and worst tenth. All months "
    "and 95 % quantiles: penalties.csv; each replication: billed.csv."
)


class Kept(NamedTuple):
    """One service-level term."""

    name: str
    goal: str
    result: str
    missed: str
    penalty: str
    tenth: str
    worst: str
    bonus: str


class Cost(NamedTuple):
    """One service-level term, or all terms of a contract."""

    name: str
    missed: str
    penalty: str
    median: str
    tenth: str
    largest: str
    worst: str


class Penalties:
    """The frames of penalties of one run by what a reader asks of them."""

    def __init__(self, results: Results) -> None:
        self.results = results
        self.terms = {tuple(row[key] for key in OF): row for row in results.terms().to_dict("records")}
        self.rows: dict[tuple[str, ...], dict[str, Mapping[Any, Any]]] = {}
        """Months of each term, and of all terms of a contract."""
        for row in results.penalties().to_dict("records"):
            self.rows.setdefault(tuple(row[key] for key in OF), {})[row["month"]] = row

    @property
    def exists(self) -> bool:
        return bool(self.rows)

    @property
    def headings(self) -> tuple[str, ...]:
        """Of ``kept``: bonuses only where there are any."""
        has_bonus = any(months[WHOLE_PERIOD]["bonus"] for months in self.rows.values())
        return KEPT if has_bonus else KEPT[:-1]

    def kept(self) -> dict[str, list[Kept]]:
        """By scenario."""
        found: dict[str, list[Kept]] = {}
        for (scenario, *_), term in self.terms.items():
            found.setdefault(scenario, []).append(self.kept_term(term))
        return found

    def kept_term(self, term: Mapping[Any, Any]) -> Kept:
        tell, currency = percent if term["unit"] == "share" else seconds, term["currency"]
        row = self.rows[tuple(term[key] for key in OF)][WHOLE_PERIOD]
        month, result = self.worst_month(term)
        return Kept(
            f"{term['contract']}: {term['term']}",
            tell(term["goal"]),
            tell(term["value"]),
            percent(row["months_missed"]) + within(row["months_missed_low"], row["months_missed_high"], "share"),
            value(row["penalty"], currency),
            value(row["p90"], currency),
            f"{month}: {tell(result)}" if month else MISSING,
            value(row["bonus"], currency),
        )

    def worst_month(self, term: Mapping[Any, Any]) -> tuple[str, float]:
        """Name and result of the month that costs most on average; where none does, the one that is missed most."""
        months = self.rows[tuple(term[key] for key in OF)]
        dearest = max((months[name] for name in months.keys() - {WHOLE_PERIOD, WORST}), key=itemgetter("penalty"))
        if dearest["penalty"]:
            return dearest["month"], dearest["value"]
        return term["worst_month"], term["worst_month_value"]

    def costs(self) -> dict[str, list[Cost]]:
        """By scenario: each term, and all of a contract where it has several."""
        several = Counter((scenario, contract) for scenario, contract, _ in self.terms)
        found: dict[str, list[Cost]] = {}
        for (scenario, contract, term), months in self.rows.items():
            if term != ALL_TERMS or several[scenario, contract] > 1:
                found.setdefault(scenario, []).append(cost(months[WHOLE_PERIOD], months[WORST]))
        return found

    def sentences(self) -> list[str]:
        """What relief excuses, what is due to the forecast's error, and of which scenarios that could be asked."""
        return [*self.relieved(), *self.due(), *self.askable()]

    def relieved(self) -> Iterator[str]:
        """Of contracts with relief that excuses anything."""
        for (scenario, contract, term), months in self.rows.items():
            row = months[WHOLE_PERIOD]
            if term == ALL_TERMS and row["relieved"] > 0:
                currency = row["currency"]
                yield (
                    f"{scenario}: relief excuses {value(row['relieved'], currency)}"
                    f"{within(row['relieved_low'], row['relieved_high'], currency)} of penalties that {contract} would "
                    f"pay on the same work without it; {value(row['penalty'], currency)} are left."
                )

    def due(self) -> Iterator[str]:
        """One for each contract of a scenario whose forecast errs, where another one has it right."""
        for row in self.results.forecast_error().to_dict("records"):
            if row["term"] == ALL_TERMS and (row["penalty"] or row["penalty_right"]):
                yield (
                    f"{row['scenario']}: penalties of {row['contract']} are {value(row['penalty'], row['currency'])}, "
                    f"and {value(row['penalty_right'], row['currency'])} if the forecast is right ({row['right']}): "
                    f"{blamed(row)}."
                )

    def askable(self) -> Iterator[str]:
        """Scenarios with penalties whose forecast errs, and of which none is right."""
        told = set(self.results.forecast_error()["scenario"])
        costly = {scenario for (scenario, *_), months in self.rows.items() if months[WHOLE_PERIOD]["penalty"] > 0}
        unknown = [name for name in self.results.scenarios if name in costly - told and self.errs(name)]
        if unknown:
            yield (
                f"In {', '.join(unknown)} what comes is not what was forecast; how much of the penalties is due to "
                "that tells a scenario that extends it with what_if: right_forecast."
            )

    def errs(self, scenario: str) -> bool:
        """Whether what comes differs from the forecast, on average or by chance."""
        kinds = self.results.experiment["scenarios"][scenario]["contact_types"].values()
        demands = [kind["demand"] for kind in kinds]
        return any(of["actual"] != 1 or (of["forecast_error"] or {"cv": 0})["cv"] > 0 for of in demands)


def cost(row: Mapping[Any, Any], worst: Mapping[Any, Any]) -> Cost:
    """Of the counted period, and of the worst month of each replication."""
    currency = row["currency"]
    return Cost(
        f"{row['contract']}: {row['term'] or 'all terms'}",
        percent(row["missed"]) + within(row["missed_low"], row["missed_high"], "share"),
        value(row["penalty"], currency) + within(row["low"], row["high"], currency),
        value(row["median"], currency),
        value(row["p90"], currency) + reach(row["p90_low"], row["p90_high"], currency),
        value(row["largest"], currency),
        f"{value(worst['penalty'], currency)}, {value(worst['p90'], currency)}",
    )


def blamed(row: Mapping[Any, Any]) -> str:
    """What of the penalties is due to the forecast's error, as far as its interval tells."""
    mean, low, high, currency = row["mean"], row["low"], row["high"], row["currency"]
    if low > 0:
        return f"{value(mean, currency)}{within(low, high, currency)} are due to the client's own forecast error"
    if high < 0:
        spared = f"{value(-mean, currency)}{within(-high, -low, currency)}"
        return f"the client's own forecast error spares the provider {spared}"
    interval = "" if isnan(low) or low == high else f" ({signed(low, currency)} to {signed(high, currency)})"
    return f"{signed(mean, currency)} {currency}{interval} are not surely due to the client's own forecast error"


def within(low: float, high: float, unit: str) -> str:
    """`` (1,204 to 1,390)``: an interval behind its mean, whose unit it has; empty where there is none."""
    text = span(low, high, unit).removesuffix(" %").removesuffix(f" {unit}")
    return f" ({text})" if text else ""


def reach(low: float, high: float, unit: str) -> str:
    """The interval of a quantile, of which the upper end, or both, may not be known."""
    if isnan(low):
        return ""
    if isnan(high):
        return f" (from {value(low, unit).removesuffix(f' {unit}')} on)"
    return within(low, high, unit) if high else ""
