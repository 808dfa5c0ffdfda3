"""The unit of work: one replication of some scenarios, each that differs simulated once. Only ledgers travel home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.chance import draw
from ccsim.engine import simulate
from ccsim.errors import naming
from ccsim.money.books import books
from ccsim.results.files import write_bytes
from ccsim.results.traces import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ccsim.log import Log
    from ccsim.money.ledger import Ledger
    from ccsim.sensitivities.version import Priced


def one_replication(
    scenarios: Sequence[Priced], seed: int, folder: Path, replication: int, *, keep: bool
) -> list[Ledger]:
    """
    The ledgers of one replication of these scenarios, in their order, on the same chance.

    Logs that lie in the folder are priced again; with ``keep`` those that do not are put there.

    Raises
    ------
    SimulationError
        Naming scenario, replication and seed, so that it can be done again.
    """
    logs: dict[str, Log] = {}
    found = []
    for one in scenarios:
        with naming(one.plan.scenario, replication, seed):
            if one.log not in logs:
                logs[one.log] = log_of(one, seed, folder / f"{one.log}-{replication}", replication, keep=keep)
            made = books(one.plan, logs[one.log])
            assert made is not None
            found.append(made.ledger)
    return found


def log_of(one: Priced, seed: int, file: Path, replication: int, *, keep: bool) -> Log:
    """What happens, or happened when it was simulated before."""
    if file.exists():
        return unpacked(file.read_bytes())
    log = simulate(one.plan, draw(one.plan, seed, replication))
    if keep:
        write_bytes(file, packed(log))
    return log
