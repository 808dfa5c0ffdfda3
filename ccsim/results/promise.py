"""Results held to a promised service level."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from ccsim.analysis.assertion import PROVED, Finding, examine
from ccsim.analysis.targets import UNDECIDED
from ccsim.errors import CcsimError
from ccsim.measures.tally import CONTACT_TYPE
from ccsim.quantities import service_level
from ccsim.results.words import percent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ccsim.plan import Floats
    from ccsim.results.results import Results


def assert_service_level(
    results: Results,
    *,
    contact_type: str,
    at_least: str,
    scenario: str | None = None,
    formula: str | None = None,
    alpha: float = 0.001,
    beta: float = 0.05,
    shortfall: float = 0.02,
    looks: int = 1,
) -> None:
    """
    Pass if it is proved that a contact type keeps its service level, within the smallest shortfall that matters.

    Parameters
    ----------
    at_least
        As in ``80% in 20 s``. The time must be the one that the experiment declares for the type, since contacts are
        counted against that one; the share is free.
    scenario
        May be left out if there is only one.
    formula
        ``offered``, ``answered``, ``ignored``, ``positive`` or ``short-excluded``; the declared one if not given.
    alpha, beta
        Error of calling a kept promise broken, and of calling one proved that is missed by ``shortfall``.
    shortfall
        The smallest shortfall that matters. [share; 0.02 = 2 points]
    looks
        How often the question may be asked in all, at most 3: if undecided, the experiment is run again with more
        replications, and each look spends an equal part of alpha and beta.

    Raises
    ------
    AssertionError
        If the promise is refuted, or undecided: the message says about how many replications would do.
    CcsimError
        If the results cannot answer: no such scenario or type, another threshold, no value.
    """
    __tracebackhide__ = True
    share, within = service_level(at_least)
    scenario = the_scenario(results, scenario)
    declared = declaration(results, scenario, contact_type, within)
    formula = formula or str(declared["formula"])
    for look in range(1, looks + 1):
        numerator, denominator = sums_of(results, scenario, contact_type, formula)
        finding = examine(numerator, denominator, share, alpha=alpha, beta=beta, shortfall=shortfall, looks=looks)
        if finding.outcome != UNDECIDED or look == looks:
            break
        results = results.repeated(replications_to_try(finding))
    if finding.outcome != PROVED:
        raise AssertionError(message(results, scenario, contact_type, at_least, formula, finding, shortfall))


def the_scenario(results: Results, scenario: str | None) -> str:
    if scenario is None and len(results.scenarios) == 1:
        return results.scenarios[0]
    if scenario not in results.scenarios:
        asked = "scenario is missing" if scenario is None else f"there is no scenario {scenario}"
        raise CcsimError(f"{asked}; there are {', '.join(results.scenarios)}")
    return scenario


def declaration(results: Results, scenario: str, contact_type: str, within: float) -> Mapping[Any, Any]:
    """The declared target of a type, which must have this threshold."""
    rows = results.targets()
    rows = rows[(rows["scenario"] == scenario) & (rows["contact_type"] == contact_type)]
    if rows.empty:
        declared = ", ".join(results.targets().query("scenario == @scenario")["contact_type"]) or "none"
        raise CcsimError(
            f"{contact_type} has no declared service level in {scenario} (declared: {declared}), so nothing was counted"
            f" against {within:g} s; declare it in the file, or run with "
            f"changes=['contact_types.{contact_type}.service_level=80% in {within:g} s']"
        )
    found: Mapping[Any, Any] = rows.to_dict("records")[0]
    if abs(found["threshold_s"] - within) > 1e-6:
        raise CcsimError(
            f"{contact_type} is counted against {found['threshold_s']:g} s, as declared, not against {within:g} s; run "
            f"with changes=['contact_types.{contact_type}.service_level={found['share'] * 100:g}% in {within:g} s']"
        )
    return found


def sums_of(results: Results, scenario: str, contact_type: str, formula: str) -> tuple[Floats, Floats]:
    """Numerator and denominator of the service level by this formula, [R]."""
    measure = f"service_level_{formula.replace('-', '_')}"
    rows = results.sums()
    rows = rows[(rows["scenario"] == scenario) & (rows["scope"] == CONTACT_TYPE)]
    rows = rows[(rows["name"] == contact_type) & (rows["measure"] == measure)].sort_values("replication")
    if not (rows["denominator"] > 0).any():
        raise CcsimError(f"{contact_type} has no service level by the formula {formula} in {scenario}")
    return rows["numerator"].to_numpy(dtype=float), rows["denominator"].to_numpy(dtype=float)


def replications_to_try(finding: Finding) -> int:
    """What would do, but at least twice and at most ten times as many as there are."""
    wanted = finding.replications_needed
    most = 10 * finding.n
    return max(2 * finding.n, most if wanted != wanted else min(int(wanted), most))


def message(
    results: Results,
    scenario: str,
    contact_type: str,
    at_least: str,
    formula: str,
    finding: Finding,
    shortfall: float,
) -> str:
    """What was promised, what was found, how sure that is, and the command that shows it again."""
    about = ""
    if finding.outcome == UNDECIDED:
        wanted = finding.replications_needed
        about = (
            ": no sensible number of replications would do"
            if wanted != wanted
            else (f": about {wanted:,.0f} replications would do")
        )
    return "\n".join(
        (
            f"{scenario}: {contact_type} at least {at_least} is {finding.outcome}{about}",
            f"  formula {formula}, service level {percent(finding.mean, 2)},"
            f" surely above {percent(finding.low, 2)} and below {percent(finding.high, 2)}"
            f" ({finding.n} replications; a shortfall of {shortfall * 100:g} points would matter)",
            f"  seed {results.seed}; to see it again: {command(results, scenario)}",
        )
    )


def command(results: Results, scenario: str) -> str:
    words = ["ccsim", "run", results.file or "FILE", "--scenario", scenario, "--seed", str(results.seed)]
    words += ["--replications", str(results.replications)]
    for change in results.manifest["changes"]:
        words += ["--set", change]
    return shlex.join(words)
