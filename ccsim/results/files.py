"""Tables and manifest on disk: the same run writes the same bytes, and a file is there whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from ccsim.errors import CcsimError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

MANIFEST = "manifest.json"
TEXTS = (
    "name",
    "contact_type",
    "blocks",
    "payee",
    "contract",
    "about",
    "dominated_by",
    "measure",
    "statistic",
    "below",
    "above",
    "weekday",
    "worst_day",
    "payer",
    "provider",
    "term",
    "unit",
    "worst_month",
)
"""Columns in which an empty field is an empty text, not a missing value."""
ESTIMATES = (
    "mean",
    "low",
    "high",
    "quantity",
    "credit",
    "credit_low",
    "credit_high",
    "credit_worst",
    "cost",
    "service_level",
    "invoice",
    "penalty",
    "penalty_right",
    "bonus",
    "median",
    "p90",
    "p95",
    "largest",
    "relieved",
    "best",
    "worst",
    "points",
    "at",
    "point",
)
"""Columns that are no whole numbers, even where all of them happen to be."""


@contextmanager
def written(path: Path) -> Iterator[TextIO]:
    """A text file that takes its place only when it is complete."""
    with placed(path) as handle, os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        yield file


def write_bytes(path: Path, data: bytes) -> None:
    """A file that takes its place only when it is complete."""
    with placed(path) as handle, os.fdopen(handle, "wb") as file:
        file.write(data)


@contextmanager
def placed(path: Path) -> Iterator[int]:
    """A descriptor to write to and close; what was written then takes its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        yield handle
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def write_table(path: Path, frame: pd.DataFrame, digits: int | None = None) -> None:
    """
    CSV: numbers as short as they round-trip, or with so many significant digits; times in UTC as ISO 8601, missing
    values empty.
    """
    with written(path) as file:
        shown = None if digits is None else f"%.{digits}g"
        iso(frame).to_csv(file, index=False, lineterminator="\n", float_format=shown)


def iso(frame: pd.DataFrame) -> pd.DataFrame:
    """Instants as text, to the microsecond where they have parts of a second."""
    import pandas as pd

    instants = [name for name in frame.columns if isinstance(frame[name].dtype, pd.DatetimeTZDtype)]
    return frame.assign(**{name: iso_texts(frame[name]) for name in instants})


def iso_texts(instants: pd.Series[Any]) -> pd.Series[Any]:
    whole = (instants.dt.microsecond.fillna(0) == 0).all()
    texts: pd.Series[Any] = instants.dt.strftime("%Y-%m-%dT%H:%M:%SZ" if whole else "%Y-%m-%dT%H:%M:%S.%fZ")
    return texts


def read_table(path: Path) -> pd.DataFrame:
    """What ``write_table`` wrote."""
    import pandas as pd

    frame = pd.read_csv(path, keep_default_na=False, na_values=[""])
    for name in frame.columns.intersection(list(TEXTS)):
        frame[name] = frame[name].fillna("").astype(str)
    for name in frame.columns.intersection(list(ESTIMATES)):
        frame[name] = frame[name].astype(float)
    for name in frame.columns:
        if name.endswith("_utc"):
            frame[name] = pd.to_datetime(frame[name], utc=True, format="ISO8601").dt.as_unit("us")
    return frame


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    with written(folder / MANIFEST) as file:
        json.dump(manifest, file, indent=2, ensure_ascii=False, allow_nan=False)
        file.write("\n")


def read_manifest(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CcsimError(f"{folder}: there is no {MANIFEST}; this is not a folder that a run has written") from None
    except json.JSONDecodeError as problem:
        raise CcsimError(f"{folder / MANIFEST}: not readable as JSON ({problem})") from None
    return found
