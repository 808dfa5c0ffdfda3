"""The folder of a sensitivity analysis: tables, the tornado, and a page that stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.business_case.groups import DIFFERENCE
from ccsim.report.page_templates import template
from ccsim.report.pictures import inline, write_picture
from ccsim.results.files import write_manifest, write_table, written
from ccsim.sensitivities import words
from ccsim.sensitivities.looking import Verdict
from ccsim.sensitivities.sentences import sentences
from ccsim.sensitivities.terminal import about, heading

if TYPE_CHECKING:
    from pathlib import Path

    from ccsim.sensitivities.found import Sensitivity

TORNADO = "tornado"


def write(found: Sensitivity, folder: Path) -> None:
    """
    Write all that was found into ``folder``, which is made if need be.

    ``tornado.csv``, ``break_even_by_runs.csv``, ``manifest.json``; and if nothing was interrupted
    ``plots/tornado.svg``, ``plots/tornado.png`` and ``report.html``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_manifest(folder, found.manifest)
    write_table(folder / f"{TORNADO}.csv", found.tornado())
    write_table(folder / "break_even_by_runs.csv", found.break_even())
    if not found.complete:
        return  # Somebody is waiting for the end.
    svg = write_picture(found.plot(), folder / "plots", TORNADO)
    with written(folder / "report.html") as file:
        file.write(html(found, inline(svg, TORNADO)))


def html(found: Sensitivity, svg: str) -> str:
    """The page as text of one HTML file."""
    from markupsafe import Markup

    return template("sensitivity.html.j2", "ccsim.sensitivities").render(
        found=found,
        about=about(found),
        sentences=sentences(found),
        picture=Markup(svg),
        cases=[(one.case, heading(found, one)) for one in found.now if one.outcome == DIFFERENCE],
        evens=[even for even in found.evens if even.verdict == Verdict.FOUND],
        words=words,
    )
