"""The folder of an explanation: tables, waterfalls, and a page that stands alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccsim.explanation.sentences import sentence
from ccsim.explanation.steps import ERLANG_A, ERLANG_C, INTERVALS, SWITCHED
from ccsim.explanation.terminal import about, between, charged, told
from ccsim.report.numbers import percent, points
from ccsim.report.page_templates import template
from ccsim.report.pictures import inline, write_picture
from ccsim.results.files import write_manifest, write_table, written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ccsim.explanation.decomposition import Gap
    from ccsim.explanation.explanation import Explanation

MEANINGS = (
    (ERLANG_C.name, "The formula for the same staffing: agents of each interval less breaks, absence and shrinkage."),
    (ERLANG_A.name, "The formula with exponential patience of the same mean."),
    (INTERVALS.name, "Dedicated teams simulated in real time, with whole agents; everything else as Erlang A has it."),
    *((step.name, f"From here on {step.reason}.") for step in SWITCHED.values()),
    ("in reverse order", "The same things switched on last to first: what a step is charged depends on what is there."),
)


def write(explanation: Explanation, folder: Path) -> None:
    """
    Write all that was found into ``folder``, which is made if need be.

    ``gaps.csv``, ``steps.csv``, ``intervals.csv``, ``manifest.json``; and if every replication was finished
    ``plots/*.svg``, ``plots/*.png`` and ``report.html``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_manifest(folder, explanation.manifest)
    write_table(folder / "gaps.csv", explanation.summary())
    write_table(folder / "steps.csv", explanation.steps())
    write_table(folder / "intervals.csv", explanation.intervals)
    if not explanation.complete:
        return  # Somebody is waiting for the end.
    shown = []
    for contact_type in dict.fromkeys(gap.contact_type for gap in explanation.gaps):
        drawn = {"falls": explanation.waterfall(contact_type), "week": explanation.week(contact_type)}
        pictures = []
        for kind, figure in drawn.items():
            name = f"{kind}-{file_name(contact_type)}"
            pictures.append(inline(write_picture(figure, folder / "plots", name), name))
        shown.append((contact_type, pictures))
    with written(folder / "report.html") as file:
        file.write(html(explanation, shown))


def file_name(contact_type: str) -> str:
    """A name as a file's and an id's; contact types differ in more than signs."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", contact_type)


def html(explanation: Explanation, pictures: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The page as text of one HTML file; ``pictures`` are contact types and their SVGs."""
    from markupsafe import Markup

    return template("explain.html.j2", "ccsim.explanation").render(
        title=explanation.title,
        about=about(explanation),
        gaps=explanation.gaps,
        pictures=[(name, [Markup(svg) for svg in drawn]) for name, drawn in pictures],
        sentence=sentence,
        percent=percent,
        charged=charged,
        told=told,
        total=total,
        meanings=MEANINGS,
    )


def total(gap: Gap) -> str:
    """The floor less Erlang C, in points."""
    return f"{points(gap.total.mean)}{between(gap.total.low, gap.total.high)}"
