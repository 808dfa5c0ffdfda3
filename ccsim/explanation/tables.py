"""What was found, as tables and as one JSON document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ccsim.explanation.sentences import sentence
from ccsim.report.document import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ccsim.analysis.estimates import Number
    from ccsim.explanation.decomposition import Charge, Gap
    from ccsim.explanation.explanation import Explanation

SCHEMA_VERSION = 1


def gaps_table(explanation: Explanation) -> pd.DataFrame:
    """One row for each contact type of each scenario."""
    import pandas as pd

    return pd.DataFrame.from_records(
        [
            {
                "scenario": gap.scenario,
                "contact_type": gap.contact_type,
                "threshold_s": gap.threshold,
                "erlang_c": gap.erlang_c,
                "erlang_a": gap.erlang_a,
                "erlang_c_unstable_share": gap.unstable_share,
                **prefixed("floor", gap.floor),
                **prefixed("gap", gap.total),
                "n": gap.replications,
                "sentence": sentence(gap),
            }
            for gap in explanation.gaps
        ]
    )


def steps_table(explanation: Explanation) -> pd.DataFrame:
    """One row for each step, in both orders; ``charge`` is what the step adds to the service level."""
    import pandas as pd

    return pd.DataFrame.from_records(
        [
            {"scenario": gap.scenario, "contact_type": gap.contact_type, "order": order, **step(charge)}
            for gap in explanation.gaps
            for order, charge in both_orders(gap)
        ]
    )


def both_orders(gap: Gap) -> Iterator[tuple[str, Charge]]:
    """Charges with the name of their order."""
    yield from (("forward", charge) for charge in gap.forward)
    yield from (("reverse", charge) for charge in gap.backward)


def step(charge: Charge) -> dict[str, Any]:
    """A step as plain values."""
    return {
        "step": charge.step.name,
        "applies": charge.applies,
        "service_level": charge.level,
        **prefixed("charge", charge.points),
        "real": charge.is_real,
    }


def prefixed(name: str, level: Number) -> dict[str, float]:
    """``name``, ``name_low``, ``name_high``."""
    return {name: level.mean, f"{name}_low": level.low, f"{name}_high": level.high}


def document(explanation: Explanation) -> dict[str, Any]:
    """Everything but the intervals as plain data; what has no value is None, never NaN."""
    manifest = explanation.manifest
    return {
        "schema_version": SCHEMA_VERSION,
        "title": explanation.title,
        "seed": manifest["seed"],
        "replications": explanation.replications,
        "complete": explanation.complete,
        "gaps": [
            {name: plain(value) for name, value in row.items()}
            | {
                order: [
                    {name: plain(value) for name, value in step(charge).items()}
                    for of, charge in both_orders(gap)
                    if of == order
                ]
                for order in ("forward", "reverse")
            }
            for row, gap in zip(gaps_table(explanation).to_dict("records"), explanation.gaps, strict=True)
        ],
    }


def json_text(explanation: Explanation) -> str:
    """The document as text in ASCII; the same results always give the same text."""
    return json.dumps(document(explanation), indent=1, allow_nan=False)
