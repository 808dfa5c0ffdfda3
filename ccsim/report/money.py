"""Who pays whom for what, as terminal and page tell it: rows of amounts, a column for each scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ccsim.analysis.comparisons import difference, simultaneous
from ccsim.money import customers, strings
from ccsim.money.ledger import CLIENT
from ccsim.money.own import IN_HOUSE
from ccsim.report.facts import Estimate
from ccsim.results.money import MARGIN, TOTAL
from ccsim.results.notes import of_months

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.plan import Floats
    from ccsim.report.facts import Facts
    from ccsim.results import Results

PER = {
    "total_cost_per_answered": "per answered contact",
    "total_cost_per_handled_minute": "per handled minute",
    "total_cost_per_resolution": "per resolution",
    "total_cost_per_productive_hour": "per productive hour",
}
KEEPS, WAGE = "margin: what it keeps", "wage"
TITLED = ("payer", "payee", "contract", "item", "about")
FORMULAS = (
    "A handled minute is one of an agent's time on answered contacts, wrap-up included; a resolution a customer whose "
    "matter is resolved in the end (any answered contact where nobody comes again); an hour is productive while an "
    "agent handles contacts or is available for them."
)


@dataclass(frozen=True)
class Row:
    """An item, a total or a price of one, and its amount in each scenario."""

    label: str
    cells: list[Estimate]
    is_sum: bool = False
    """Sums up rows above, and is told with its interval."""


@dataclass(frozen=True)
class Part:
    """What one party pays for one thing: its own sites, or a contract."""

    title: str
    rows: list[Row] = field(default_factory=list)


class Money:
    """The frames of money of one run by what a reader asks of them."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.costs = facts.results.costs()

    @property
    def exists(self) -> bool:
        return not self.costs.empty

    def parts(self) -> list[Part]:
        """The client's own sites, its contracts, what it pays in all and for one of each; then each provider."""
        payers = sorted(self.costs["payer"].unique(), key=lambda payer: payer != CLIENT)
        return [part for payer in payers for part in self.of_payer(payer)]

    def of_payer(self, payer: str) -> list[Part]:
        """What one party pays: for its sites, by contract, for what comes with outsourcing, and in all."""
        own = self.costs[self.costs["payer"] == payer]
        lines = own[~own["item"].isin([TOTAL, MARGIN])]
        parts = [self.part(*line) for line in lines[list(TITLED)].itertuples(index=False, name=None)]
        in_order = sorted(dict.fromkeys(parts), key=lambda part: part[0])
        found = [self.lines(title, lines[[part[1] == title for part in parts]]) for _, title in in_order]
        sums = Part(f"{payer} in all", [self.row("pays", own[own["item"] == TOTAL], is_sum=True)])
        if payer == CLIENT:
            sums.rows.extend(Row(label, self.totals(measure), is_sum=True) for measure, label in PER.items())
        elif (own["item"] == MARGIN).any():
            sums.rows.append(self.row(KEEPS, own[own["item"] == MARGIN], is_sum=True))
        return [*(part for part in found if part.rows), sums]

    def part(self, payer: str, payee: str, contract: str, item: str, about: str) -> tuple[int, str]:
        """Place and title of the part to which a line belongs."""
        if contract:
            provider = payee or self.provider(contract)
            return 1, f"{payer} to {provider}" + ("" if contract == provider else f" ({contract})")
        if item in customers.ITEMS:
            return 3, f"{payer}, lost customers"
        if item in strings.ITEMS and about in self.providers:
            return 2, f"{payer}, beside the fees of {about}"
        return 0, f"{payer}, own sites"

    @cached_property
    def providers(self) -> set[str]:
        """All who run a site."""
        centers = self.facts.results.experiment["scenarios"].values()
        return {site["provider"] for center in centers for site in center["sites"].values()}

    def provider(self, contract: str) -> str:
        """Who is paid by a contract."""
        return str(next(filter(None, self.costs[self.costs["contract"] == contract]["payee"]), ""))

    def lines(self, title: str, lines: pd.DataFrame) -> Part:
        """Items without those of which nothing is paid anywhere."""
        rows = [self.row(str(item), lines[lines["item"] == item]) for item in lines["item"].unique()]
        return Part(title, [row for row in rows if any(cell.mean for cell in row.cells if cell.exists)])

    def row(self, label: str, rows: pd.DataFrame, *, is_sum: bool = False) -> Row:
        """Rows of the frame added up in each scenario; an interval only where there is one row."""
        cells = []
        for scenario in self.facts.scenarios:
            found = rows[rows["scenario"] == scenario]
            if found.empty:
                cells.append(Estimate())
                continue
            one = found.iloc[0] if len(found) == 1 else None
            low, high = (float("nan"),) * 2 if one is None else (float(one["low"]), float(one["high"]))
            cells.append(Estimate(float(found["mean"].sum()), low, high, unit=self.facts.results.currency))
        return Row(label, cells, is_sum)

    def totals(self, measure: str) -> list[Estimate]:
        """A measure of the whole center in each scenario."""
        return [self.facts.total(scenario, measure) for scenario in self.facts.scenarios]

    def sentences(self) -> list[str]:
        """What is not counted, and months that are counted in part."""
        missing: dict[str, list[str]] = {}
        for scenario in self.facts.scenarios:
            for name, keys in self.facts.results.not_counted.get(scenario, {}).items():
                missing.setdefault(self.left_out(scenario, name, keys), []).append(scenario)
        unpaid = [scenario for scenario in self.facts.scenarios if self.is_paid_in_part(scenario)]
        told = f"Not counted: {'; '.join(missing)}." if missing else "Everything that a file can give is counted."
        in_part = [f"Of {', '.join(unpaid)} there is no total cost, since nobody pays for some of the work."]
        return [told, *(in_part if unpaid else []), *of_months(self.facts.results)]

    def left_out(self, scenario: str, name: str, keys: list[str]) -> str:
        """Of a site or a provider, the keys that are missing; a provider's site of which nothing is known, in short."""
        site = self.facts.results.experiment["scenarios"][scenario]["sites"].get(name)
        if site and site["provider"] != IN_HOUSE and site["costs"] is None and WAGE in keys:
            return f"what {name} costs {site['provider']}"
        return f"{name}: {', '.join(keys)}"

    def is_paid_in_part(self, scenario: str) -> bool:
        """Whether some agents have no wage, or a provider no contract, so that the client's sum is none."""
        return scenario in set(self.costs["scenario"]) and not self.facts.total(scenario, "total_cost").exists


class Change(NamedTuple):
    """What the client of a scenario pays in all under two sets of contracts, and the difference, paired."""

    scenario: str
    before: Estimate
    now: Estimate
    difference: Estimate


def changes(before: Results, now: Results) -> list[Change]:
    """
    Of every scenario for which both have a total, on the very same replications; the intervals hold together.
    """
    pairs = {name: (total_costs(before, name), total_costs(now, name)) for name in now.scenarios}
    known = {name: (a, b) for name, (a, b) in pairs.items() if (a[1] > 0).any() and (b[1] > 0).any()}
    confidence = simultaneous(len(known), now.manifest["confidence"])
    found = []
    for name, (a, b) in known.items():
        gap = Estimate(*difference("amount", a, b, confidence).alone, unit=now.currency)
        found.append(Change(name, mean_of(a, now.currency), mean_of(b, now.currency), gap))
    return found


def mean_of(sums: tuple[Floats, Floats], unit: str) -> Estimate:
    """Ratio of sums, without an interval."""
    numerator, denominator = sums
    return Estimate(float(numerator.sum() / denominator.sum()), unit=unit)


def total_costs(results: Results, scenario: str) -> tuple[Floats, Floats]:
    """Numerator and denominator of a scenario's total cost, [R, 1]."""
    sums = results.sums()
    rows = sums[(sums["scenario"] == scenario) & (sums["measure"] == "total_cost")].sort_values("replication")
    numerator, denominator = (rows[[side]].to_numpy(dtype=float) for side in ("numerator", "denominator"))
    return numerator, denominator
