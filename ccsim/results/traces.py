"""
Logs on disk, exactly: what a stored run is priced from again.

One compressed file of NumPy arrays for each replication of a scenario; what happened takes some 40 bytes for each
contact.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import numpy as np

from ccsim.errors import CcsimError
from ccsim.log import (
    Downtime,
    Log,
    LoggedCalls,
    LoggedHires,
    LoggedJourneys,
    LoggedOutages,
    LoggedSpells,
    LoggedVisits,
    Segments,
)
from ccsim.results.files import write_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from hashlib import _Hash as Hash
    from pathlib import Path

    from ccsim.plan import Plan

FOLDER, ABOUT = "traces", "experiment.json"
RUN_AGAIN = "run the experiment again with ccsim run FILE --traces"
OF_MONEY = frozenset({"scenario", "currency", "exchange", "sites", "costs", "contracts", "strings", "satisfaction"})
"""Parts of a Plan that no Log depends on."""
FASTEST = 1
"""Of zlib's levels; the usual one, which NumPy takes, saves 2 % of the bytes and takes four times as long."""
PARTS: dict[str, type[Any]] = {
    "visits": LoggedVisits,
    "segments": Segments,
    "spells": LoggedSpells,
    "journeys": LoggedJourneys,
    "calls": LoggedCalls,
    "downtime": Downtime,
    "outages": LoggedOutages,
    "hires": LoggedHires,
}


def packed(log: Log) -> bytes:
    """The same bytes for the same Log."""
    arrays: dict[str, Any] = {}
    for field in fields(log):
        value = getattr(log, field.name)
        if field.name in PARTS and value is not None:
            arrays |= {f"{field.name}.{column.name}": getattr(value, column.name) for column in fields(value)}
        else:
            arrays[field.name] = value
    data = BytesIO()
    there = {name: np.asarray(array) for name, array in arrays.items() if array is not None}
    with ZipFile(data, "w", ZIP_DEFLATED, compresslevel=FASTEST) as file:
        for name, array in there.items():
            with file.open(f"{name}.npy", "w") as member:
                np.lib.format.write_array(member, array, allow_pickle=False)
    return data.getvalue()


def unpacked(data: bytes) -> Log:
    """What ``packed`` was given; parts and columns that the run did not have are None."""
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        there = {name.partition(".")[0] for name in arrays.files}
        parts = {
            part: kind(**{column.name: arrays.get(f"{part}.{column.name}") for column in fields(kind)})
            for part, kind in PARTS.items()
            if part in there
        }
        own = {name: arrays[name] for name in there - {*PARTS, "stopped"}}
        return Log(stopped=int(arrays["stopped"]), **parts, **own)


@dataclass(frozen=True)
class Traces:
    """All that is needed to price a run again."""

    experiment: Any
    """Exactly, as plain data for JSON."""
    fingerprints: Mapping[str, str]
    """By scenario: of the Plan that the logs came from."""
    logs: Mapping[tuple[int, int], bytes]
    """By place of the scenario in the experiment and number of the replication."""

    def save(self, folder: Path) -> None:
        """Into ``folder/traces``."""
        about = {"experiment": self.experiment, "fingerprints": dict(self.fingerprints)}
        write_bytes(folder / FOLDER / ABOUT, json.dumps(about).encode())
        for (scenario, replication), log in self.logs.items():
            write_bytes(place(folder, scenario, replication), log)


def read_about(folder: Path) -> tuple[Any, dict[str, str]]:
    """
    The experiment of a stored run as plain data, and the fingerprints of its Plans.

    Raises
    ------
    CcsimError
        If the run has kept no traces.
    """
    path = folder / FOLDER / ABOUT
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
        return about["experiment"], about["fingerprints"]
    except FileNotFoundError:
        raise CcsimError(
            f"{folder}: the run has kept no traces, which tell what was done for whom; {RUN_AGAIN}"
        ) from None
    except (ValueError, KeyError, TypeError):
        raise CcsimError(f"{path}: damaged; {RUN_AGAIN}") from None


def read_log(folder: Path, scenario: int, replication: int) -> Log:
    """
    The log of one replication; scenarios count from 0.

    Raises
    ------
    CcsimError
        If the file is missing or damaged.
    """
    path = place(folder, scenario, replication)
    try:
        return unpacked(path.read_bytes())
    except (OSError, ValueError, KeyError, BadZipFile):
        raise CcsimError(f"{path}: missing or damaged; {RUN_AGAIN}") from None


def place(folder: Path, scenario: int, replication: int) -> Path:
    """Where the log of a replication lies; scenarios count from 0."""
    return folder / FOLDER / f"{scenario + 1:02}-{replication:04}.npz"


def fingerprint(plan: Plan, leaving_out: frozenset[str] = OF_MONEY) -> str:
    """
    SHA-256 of a Plan without some of its parts: as it is, of all that a Log depends on, and so the same for every way
    to pay for what was done.
    """
    digest = sha256()
    parts = {field.name: getattr(plan, field.name) for field in fields(plan) if field.name not in leaving_out}
    add(digest, tuple((name, part) for name, part in parts.items() if part is not None))
    return digest.hexdigest()


def add(digest: Hash, value: Any) -> None:
    """
    A part of a Plan: arrays by their bytes, dataclasses and tuples by their parts, all else as it is written.

    What is not there leaves no trace, so that a later version of ccsim, which knows more, can still price the run.
    """
    if isinstance(value, np.ndarray):
        add(digest, (str(value.dtype), value.shape))
        digest.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value):
        parts = ((field.name, getattr(value, field.name)) for field in fields(value))
        add(digest, tuple((name, part) for name, part in parts if part is not None))
    elif isinstance(value, tuple):
        digest.update(b"(%d" % len(value))
        for part in value:
            add(digest, part)
    else:
        digest.update(repr(value).encode() + b";")
