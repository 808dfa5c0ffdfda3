"""What was found, as tables and as one JSON document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ccsim.report.document import plain
from ccsim.sensitivities.sentences import sentences
from ccsim.sensitivities.words import now, written

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.analysis.estimates import Number
    from ccsim.sensitivities.bars import Bar
    from ccsim.sensitivities.found import Sensitivity

SCHEMA_VERSION = 1
NUMBERS = ("", "_low", "_high")


def tornado_table(found: Sensitivity) -> pd.DataFrame:
    """One row for each number, case and outcome, largest swing first."""
    import pandas as pd

    ranges = {range_.name: range_ for range_ in found.ranges}
    values = {(one.case, one.outcome): one.value for one in found.now}
    columns = [
        "case", "outcome", "name", "key", "now", "low", "high", "currency", *prefixed("as_it_is"),
        *prefixed("at_low"), *prefixed("at_high"), *prefixed("swing"), "n", "verdict",
    ]  # fmt: skip
    rows = [
        (
            bar.case, bar.outcome, bar.name, ranges[bar.name].key, now(ranges[bar.name]),
            written(ranges[bar.name].low), written(ranges[bar.name].high), found.currency,
            *rounded(values[bar.case, bar.outcome]), *rounded(bar.at_low), *rounded(bar.at_high), *rounded(bar.swing),
            found.replications, bar.verdict,
        )
        for bar in sorted(found.bars, key=lambda bar: place(found, bar))
    ]  # fmt: skip
    return pd.DataFrame.from_records(rows, columns=columns)


def place(found: Sensitivity, bar: Bar) -> tuple[int, float]:
    """Cases and outcomes as they were told, swings by size."""
    order = [(one.case, one.outcome) for one in found.now]
    return order.index((bar.case, bar.outcome)), -abs(bar.swing.mean)


def prefixed(name: str) -> list[str]:
    return [f"{name}{ending}" for ending in NUMBERS]


def rounded(number: Number) -> list[float]:
    """To the cent."""
    return [round(one, 2) for one in number]


def break_even_table(found: Sensitivity) -> pd.DataFrame:
    """One row for each number and case; numbers in the unit in which they are written."""
    import pandas as pd

    ranges = {range_.name: range_ for range_ in found.ranges}
    rows = []
    for even in found.evens:
        range_ = ranges[even.name]
        scale = range_.scale
        known = scale.number(range_.now[0]) if scale is not None and len(range_.now) == 1 else float("nan")
        ends = (float("nan"), float("nan")) if scale is None else (scale.low, scale.high)
        unit = "" if scale is None else scale.unit
        rows.append(
            (even.case, even.name, range_.key, unit, known, *ends, *even.value, found.replications, even.verdict)
        )
    columns = ["case", "name", "key", "unit", "now", "from", "to", "mean", "low", "high", "n", "verdict"]
    return pd.DataFrame.from_records([(*row[:-1], str(row[-1])) for row in rows], columns=columns)


def document(found: Sensitivity) -> dict[str, Any]:
    """Everything as plain data; what has no value is None, never NaN."""
    manifest = found.manifest
    tables = {"tornado": found.tornado(), "break_even": found.break_even()}
    return {
        "schema_version": SCHEMA_VERSION,
        "title": found.title,
        "seed": manifest["seed"],
        "replications": found.replications,
        "simulated": found.simulated,
        "complete": found.complete,
        "answer": sentences(found),
        **{
            name: [{column: plain(value) for column, value in row.items()} for row in table.to_dict("records")]
            for name, table in tables.items()
        },
    }


def json_text(found: Sensitivity) -> str:
    """The document as text in ASCII; the same results always give the same text."""
    return json.dumps(document(found), indent=1, allow_nan=False)
