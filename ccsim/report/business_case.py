"""What each case of a business case costs, as terminal and page tell it: groups of lines, a column for each case."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

from ccsim.business_case.groups import DIFFERENCE, GROUPS, TOTAL
from ccsim.business_case.levers import TIMES
from ccsim.report.facts import Estimate
from ccsim.report.numbers import MISSING, percent, value
from ccsim.results.business_case import PAID, PRESENT_VALUE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ccsim.report.facts import Facts


class Group(NamedTuple):
    """Lines of one kind, or a sum, in each case."""

    label: str
    cells: list[Estimate]
    is_sum: bool


class Even(NamedTuple):
    """A number at which a case would cost what the baseline does."""

    case: str
    of: str
    now: str
    value: str
    interval: str


class Ownership:
    """The frames of a business case by what a reader asks of them."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.table = facts.results.ownership()

    @property
    def exists(self) -> bool:
        return not self.table.empty

    @property
    def question(self) -> dict[str, Any]:
        """As the file asks."""
        found: dict[str, Any] = self.facts.results.experiment["business_case"]
        return found

    @property
    def title(self) -> str:
        months, discount = self.question["months"], self.question["discount"]
        worth = f", present value at {100 * discount:g} % a year" if discount else ""
        return f"Total cost of ownership over {months} months, in {self.facts.results.currency}{worth}"

    @property
    def cases(self) -> list[str]:
        return list(dict.fromkeys(self.table["case"]))

    @property
    def baseline(self) -> str:
        """The only case that differs from nothing."""
        others = set(self.table.loc[self.table["group"] == DIFFERENCE, "case"])
        return next(case for case in self.cases if case not in others)

    def groups(self) -> list[Group]:
        """Groups and total as they are worth today, the difference to the baseline, and the total as it is paid."""
        now = self.table[self.table["basis"] == PRESENT_VALUE]
        names = [name for name in GROUPS if name in set(now["group"])]
        rows = [self.group(name, now[now["group"] == name], is_sum=False) for name in names]
        rows = [row for row in rows if any(cell.mean for cell in row.cells if cell.exists)]
        rows.append(self.group("in all", now[now["group"] == TOTAL], is_sum=True))
        if len(self.cases) > 1:
            rows.append(self.group(f"more than {self.baseline}", now[now["group"] == DIFFERENCE], is_sum=True))
        if self.question["discount"]:
            paid = self.table[(self.table["basis"] == PAID) & (self.table["group"] == TOTAL)]
            rows.append(self.group("in all, as it is paid", paid, is_sum=True))
        return rows

    def group(self, label: str, rows: pd.DataFrame, *, is_sum: bool) -> Group:
        """Intervals of sums alone."""
        by_case = {row["case"]: row for row in rows.to_dict("records")}
        return Group(label, [self.cell(by_case.get(case), is_sum=is_sum) for case in self.cases], is_sum)

    def cell(self, row: Mapping[Any, Any] | None, *, is_sum: bool) -> Estimate:
        if row is None:
            return Estimate()
        low, high = (row["low"], row["high"]) if is_sum else (float("nan"), float("nan"))
        return Estimate(row["mean"], low, high, unit=self.facts.results.currency)

    def answers(self) -> list[str]:
        """A sentence for each case: what it costs beside the baseline, as far as that is sure, and from when on."""
        worth = self.table[self.table["basis"] == PRESENT_VALUE].set_index(["case", "group"]).to_dict("index")
        since = dict(self.facts.results.break_even_months()[["case", "of_mean"]].itertuples(index=False, name=None))
        others = [case for case in self.cases if case != self.baseline]
        keep = worth.get((self.baseline, TOTAL), {"mean": 0.0})["mean"]
        return [
            sentence for case in others if (sentence := self.answer(case, worth[case, DIFFERENCE], keep, since[case]))
        ]

    def answer(self, case: str, apart: Mapping[Any, Any], keep: float, since: float) -> str:
        """Empty where too few replications leave the difference without an interval."""
        if isnan(apart["low"]):
            return ""
        over, unit = f"Over {self.question['months']} months {case}", self.facts.results.currency
        if apart["low"] <= 0 <= apart["high"]:
            return f"{over} and {self.baseline} cannot be told apart by what they cost."
        word = "less" if apart["high"] < 0 else "more"
        part = f" ({percent(abs(apart['mean']) / keep, 0)})" if keep > 0 else ""
        paid = f"; it has paid for itself in month {since:.0f}" if word == "less" and since > 1 else ""
        return f"{over} costs {value(abs(apart['mean']), unit)}{part} {word} than {self.baseline}{paid}."

    def numbers(self) -> list[Even]:
        """Wages, prices and exchange rates at which a case would cost what the baseline does."""
        return [even(row) for row in self.facts.results.break_even().to_dict("records")]

    def sentences(self) -> list[str]:
        """What the months are made of, and from when on each case has cost no more than the baseline."""
        calendar = self.facts.results.experiment["calendar"]
        number, what = (calendar["weeks"], "week") if calendar["weeks"] else (calendar["days"], "day")
        counted, stand = (f"1 counted {what}", "stands") if number == 1 else (f"{number} counted {what}s", "stand")
        told = [
            f"{counted} of each scenario {stand} for all months of the {self.question['months']} in which it runs; "
            "prices stay as they are then, and what comes once with a provider comes once in a case."
        ]
        missing = [name for name in self.asked if name not in self.cases]
        if missing:
            told.append(f"Of {', '.join(missing)} there is no total cost: work is unpaid, or scenarios were left out.")
        return told + [self.month(row) for row in self.facts.results.break_even_months().to_dict("records")]

    @property
    def asked(self) -> list[str]:
        """Cases of the file, priced or not."""
        return list(self.question["cases"] or self.facts.results.scenarios)

    def month(self, row: Mapping[Any, Any]) -> str:
        """From when on a case has cost no more than the baseline: on average, and in the replications."""
        case, share = row["case"], row["share"]
        if isnan(row["of_mean"]):
            often = f"; in {percent(share)} of replications it does" if share else ""
            return f"{case} never comes to cost no more than {self.baseline}{often}."
        first = f"{case} costs no more than {self.baseline} from month {row['of_mean']:.0f} on"
        if row["earliest"] == row["latest"] == row["of_mean"] and share == 1:
            return f"{first}, in every replication."
        return (
            f"{first} (in {percent(share)} of replications; of these half by month {row['median']:.0f}, "
            f"the first in {row['earliest']:.0f}, the last in {row['latest']:.0f})."
        )


def even(row: Mapping[Any, Any]) -> Even:
    """One row of ``break_even`` as text."""
    times, unit = ("x", "") if row["unit"] == TIMES else ("", f" {row['unit']}")
    low, high, mean, now = (f"{times}{row[key]:,.4g}" for key in ("low", "high", "mean", "now"))
    interval = "" if isnan(row["low"]) else f"{low} to {high}"
    shown = MISSING if isnan(row["mean"]) else mean
    return Even(row["case"], f"{row['of']} {row['name']}", f"{now}{unit}", shown, interval)
