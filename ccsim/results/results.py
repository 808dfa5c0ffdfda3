"""What a run gave, to look at, to compute with, and to keep."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccsim.errors import CcsimError
from ccsim.results.columns import frame
from ccsim.results.files import read_manifest, read_table, write_manifest, write_table
from ccsim.results.log_tables import LogTables, log_tables
from ccsim.results.notes import notes
from ccsim.results.words import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from ccsim.results.record import Record
    from ccsim.results.traces import Traces

TABLES = ("summary", "intervals", "comparisons", "targets", "agents", "replications")
DIGITS = {"intervals": 7}
"""Significant digits on disk, of a table that is by far the largest; no estimate is known so well."""
SOME_RUNS = (
    "weeks", "costs", "invoices", "terms", "penalties", "forecast_error", "billed", "risk", "shifts", "scorecard",
    "frontier", "ownership", "ownership_months", "break_even_months", "break_even",
    "selection", "selection_requirements", "selection_differences", "selection_weights",
)  # fmt: skip
"""
Tables of some runs: those over two weeks or more, those with costs, with contracts, with service-level terms, with
total costs, with a business case, with a selection of bids.
"""


class Results:
    """
    Tables of a run, made or read when first asked for; each call gives a copy. Columns: docs/results.md.

    ``manifest`` says what was run: title, seed, replications, the resolved experiment, versions, wall time.
    """

    def __init__(
        self,
        manifest: dict[str, Any],
        tables: Mapping[str, Callable[[], pd.DataFrame]],
        logs: Mapping[tuple[str, int], Callable[[], LogTables]],
        again: Callable[[int], Results] | None = None,
        traces: Traces | None = None,
    ) -> None:
        self.manifest = manifest
        self._tables = tables
        self._logs = logs
        self._again = again
        self._traces = traces
        self._made: dict[str, pd.DataFrame] = {}

    @classmethod
    def of(
        cls,
        record: Record,
        manifest: dict[str, Any],
        again: Callable[[int], Results] | None = None,
        traces: Traces | None = None,
    ) -> Results:
        """Results of a run in memory; ``again`` runs it with another number of replications."""
        from ccsim.results.frames import MAKERS

        def maker(name: str) -> Callable[[], pd.DataFrame]:
            return lambda: MAKERS[name](record)

        def reader(scenario: str, row: int) -> Callable[[], LogTables]:
            log = record.finished[scenario][row].log
            assert log is not None
            return lambda: log_tables(record.plans[scenario], log)

        logs = {
            (scenario, replication): reader(scenario, row)
            for scenario, finished in record.finished.items()
            for row, replication in enumerate(record.replications)
            if finished[row].log is not None
        }
        return cls(manifest, {name: maker(name) for name in (*TABLES, *SOME_RUNS)}, logs, again, traces)

    @classmethod
    def load(cls, folder: str | Path) -> Results:
        """
        Results that ``save`` wrote.

        Raises
        ------
        CcsimError
            If the folder holds no run, or a table is missing.
        """
        folder = Path(folder)
        manifest = read_manifest(folder)
        missing = [name for name in TABLES if not (folder / f"{name}.csv").is_file()]
        if missing:
            raise CcsimError(f"{folder}: {', '.join(f'{name}.csv' for name in missing)} is missing")

        def maker(name: str) -> Callable[[], pd.DataFrame]:
            return lambda: read_table(folder / f"{name}.csv")

        def if_there(name: str) -> Callable[[], pd.DataFrame]:
            return maker(name) if (folder / f"{name}.csv").is_file() else lambda: frame(name, [])

        def reader(scenario: str, replication: int) -> Callable[[], LogTables]:
            return lambda: LogTables(
                *(one_log(read_table(folder / f"{name}.csv"), scenario, replication) for name in LogTables._fields)
            )

        logs = {(scenario, number): reader(scenario, number) for scenario, number in manifest["logs"]}
        tables = {name: maker(name) for name in TABLES} | {name: if_there(name) for name in SOME_RUNS}
        return cls(manifest, tables, logs)

    def save(self, folder: str | Path) -> Path:
        """Write all tables as CSV, kept logs and traces too, and the manifest last; the folder is made if need be."""
        folder = Path(folder)
        for name in TABLES:
            write_table(folder / f"{name}.csv", self._table(name), DIGITS.get(name))
        for name in SOME_RUNS:
            if len(self._table(name)):
                write_table(folder / f"{name}.csv", self._table(name))
        if self._logs:
            tables = [(scenario, replication, self.log(scenario, replication)) for scenario, replication in self._logs]
            for field in LogTables._fields:
                write_table(folder / f"{field}.csv", all_logs((s, r, getattr(log, field)) for s, r, log in tables))
        if self._traces is not None:
            self._traces.save(folder)
        write_manifest(folder, self.manifest | {"logs": [list(key) for key in self._logs]})
        return folder

    @property
    def title(self) -> str:
        return str(self.manifest["title"])

    @property
    def description(self) -> str:
        return str(self.experiment["description"])

    @property
    def file(self) -> str:
        """The experiment file as the user named it, empty if there was none."""
        return str(self.experiment["file"])

    @property
    def seed(self) -> int:
        return int(self.manifest["seed"])

    @property
    def replications(self) -> int:
        """How many replications were finished."""
        return len(self.manifest["replications"])

    @property
    def complete(self) -> bool:
        """False if the run was interrupted."""
        return bool(self.manifest["complete"])

    @property
    def scenarios(self) -> tuple[str, ...]:
        return tuple(self.experiment["scenarios"])

    @property
    def choices(self) -> tuple[str, ...]:
        """Scenarios that can be chosen, since they ask no ``what_if``; all, where none can."""
        centers = self.experiment["scenarios"].items()
        return tuple(name for name, center in centers if not center["what_if"]) or self.scenarios

    @property
    def currency(self) -> str:
        """In which costs are told."""
        return str(self.experiment["currency"]["report"])

    @property
    def timezone(self) -> str:
        """Of the calendar."""
        return str(self.experiment["calendar"]["timezone"])

    @property
    def not_counted(self) -> dict[str, dict[str, list[str]]]:
        """What the books of each scenario leave out, by site or provider; empty without books."""
        found: dict[str, dict[str, list[str]]] = self.manifest.get("not_counted", {})
        return found

    @property
    def experiment(self) -> dict[str, Any]:
        """The resolved experiment as plain data."""
        found: dict[str, Any] = self.manifest["experiment"]
        return found

    def summary(self) -> pd.DataFrame:
        """Every measure of the counted period, with its interval."""
        return self._table("summary")

    def intervals(self) -> pd.DataFrame:
        """Measures of contact types and pools per planning interval."""
        return self._table("intervals")

    def weeks(self) -> pd.DataFrame:
        """Measures of contact types and pools per week of the counted period; empty if it has fewer than two."""
        return self._table("weeks")

    def comparisons(self) -> pd.DataFrame:
        """Paired differences between scenarios; their intervals hold together."""
        return self._table("comparisons")

    def targets(self) -> pd.DataFrame:
        """Declared service levels: met, missed or undecided."""
        return self._table("targets")

    def agents(self) -> pd.DataFrame:
        """Hours of every agent, means over replications."""
        return self._table("agents")

    def costs(self) -> pd.DataFrame:
        """Who paid whom for what, in the reporting currency; empty without costs and contracts."""
        return self._table("costs")

    def invoices(self) -> pd.DataFrame:
        """What each contract billed in each month, in its currency; empty without contracts."""
        return self._table("invoices")

    def terms(self) -> pd.DataFrame:
        """Service-level terms of contracts: how often they are missed, and what that costs; empty without terms."""
        return self._table("terms")

    def penalties(self) -> pd.DataFrame:
        """What missing each term may cost, and all terms of each contract; empty without service-level terms."""
        return self._table("penalties")

    def forecast_error(self) -> pd.DataFrame:
        """Penalties that are due to errors of the forecast; empty where no scenario has it right."""
        return self._table("forecast_error")

    def billed(self) -> pd.DataFrame:
        """What each contract came to in each replication; empty without contracts."""
        return self._table("billed")

    def risk(self) -> pd.DataFrame:
        """How much invoices and margins vary between replications, and with what; empty without contracts."""
        return self._table("risk")

    def shifts(self) -> pd.DataFrame:
        """What each party has more or less under other contracts for the same service; empty where none differ so."""
        return self._table("shifts")

    def scorecard(self) -> pd.DataFrame:
        """Each month of each term as the provider reports it, next to what customers met; empty without terms."""
        return self._table("scorecard")

    def frontier(self, contact_type: str | None = None) -> pd.DataFrame:
        """
        Cost against service of all scenarios, and which of them are dominated; empty without total costs.

        Of one contact type, or of all contacts together (``""``); of both and all if none is given.
        """
        found = self._table("frontier")
        return found if contact_type is None else found[found["contact_type"] == contact_type].reset_index(drop=True)

    def ownership(self) -> pd.DataFrame:
        """Total cost of ownership of each case by group of lines, paid and as present value; of a business case."""
        return self._table("ownership")

    def ownership_months(self) -> pd.DataFrame:
        """What each case pays in each month, and the present value of all until then; of a business case."""
        return self._table("ownership_months")

    def break_even_months(self) -> pd.DataFrame:
        """From which month on each case has cost no more than the baseline; of a business case."""
        return self._table("break_even_months")

    def break_even(self) -> pd.DataFrame:
        """At which wage, price or exchange rate each case would cost what the baseline does; of a business case."""
        return self._table("break_even")

    def selection(self) -> pd.DataFrame:
        """Points of each candidate by criterion and in all; of a selection."""
        return self._table("selection")

    def selection_requirements(self) -> pd.DataFrame:
        """What each candidate must reach to be chosen, and whether it does; of a selection."""
        return self._table("selection_requirements")

    def selection_differences(self) -> pd.DataFrame:
        """Points of each pair of candidates; their intervals hold together; of a selection."""
        return self._table("selection_differences")

    def selection_weights(self) -> pd.DataFrame:
        """For which weight of each criterion the first candidate stays first; of a selection."""
        return self._table("selection_weights")

    def sums(self) -> pd.DataFrame:
        """Numerator and denominator of every measure in each replication: what all estimates are made of."""
        return self._table("replications")

    def notes(self) -> list[str]:
        """What to know before believing the tables: an interrupted run, unstable types, too few replications."""
        return notes(self)

    def log(self, scenario: str, replication: int = 1) -> LogTables:
        """
        Visits, segments and spells of a replication whose log was kept.

        Raises
        ------
        CcsimError
            If it was not kept.
        """
        if (scenario, replication) not in self._logs:
            kept = ", ".join(f"{name} {number}" for name, number in self._logs) or "none"
            raise CcsimError(
                f"the log of {scenario}, replication {replication}, was not kept (kept: {kept}); "
                'run with keep_log="first" or "all", or simulate this replication alone'
            )
        return self._logs[scenario, replication]()

    def repeated(self, replications: int) -> Results:
        """
        The same run with another number of replications, of which the first are those of this one.

        Raises
        ------
        CcsimError
            If the results were loaded from disk: tables cannot be run.
        """
        if self._again is None:
            raise CcsimError("results loaded from disk cannot be run again; run their experiment")
        return self._again(replications)

    def _table(self, name: str) -> pd.DataFrame:
        if name not in self._made:
            self._made[name] = self._tables[name]()
        return self._made[name].copy()

    def __repr__(self) -> str:
        state = "" if self.complete else ", interrupted"
        return f"<Results of {self.title!r}: {len(self.scenarios)} scenarios, {self.replications} replications{state}>"

    def _repr_html_(self) -> str:
        """A short table of targets for notebooks; everything from the file is escaped."""
        rows = "".join(target_row(row) for row in self.targets().to_dict("records"))
        state = "" if self.complete else " (interrupted)"
        return (
            f"<p><b>{escape(self.title)}</b><br>{self.replications} replications{state}, seed {self.seed}</p>"
            "<table><thead><tr><th>scenario</th><th>contact type</th><th>service level</th><th>target</th>"
            f"<th>verdict</th></tr></thead><tbody>{rows}</tbody></table>"
            + "".join(f"<p>{escape(note)}</p>" for note in self.notes())
        )


def target_row(target: dict[Any, Any]) -> str:
    """One declared service level as a row of HTML."""
    found = " ".join((percent(target["mean"]), f"({percent(target['low'])} to {percent(target['high'])})"))
    promise = f"{percent(target['share'])} in {target['threshold_s']:g} s"
    cells = (target["scenario"], target["contact_type"], found, promise, target["verdict"])
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def all_logs(tables: Iterable[tuple[str, int, pd.DataFrame]]) -> pd.DataFrame:
    """One table of several logs, scenario and replication first."""
    import pandas as pd

    parts = []
    for scenario, replication, table in tables:
        table.insert(0, "scenario", scenario)
        table.insert(1, "replication", replication)
        parts.append(table)
    return pd.concat(parts, ignore_index=True)


def one_log(table: pd.DataFrame, scenario: str, replication: int) -> pd.DataFrame:
    """The rows of one log, without scenario and replication."""
    rows = (table["scenario"] == scenario) & (table["replication"] == replication)
    return table[rows].drop(columns=["scenario", "replication"]).reset_index(drop=True)
