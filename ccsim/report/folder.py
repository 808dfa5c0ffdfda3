"""The folder of a run: tables, manifest, plots, report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.plots.pages import pages
from ccsim.report.html import Picture, html
from ccsim.report.names import shortened
from ccsim.report.pictures import write_picture
from ccsim.results.files import written

if TYPE_CHECKING:
    from pathlib import Path

    from ccsim.results import Results


def write(results: Results, folder: Path) -> None:
    """
    Write everything that a run gave into ``folder``, which is made if need be.

    Tables and manifest by ``Results.save``; ``plots/*.svg`` and ``plots/*.png``; ``report.html``, which stands alone.
    """
    results.save(folder)
    results = shortened(results)
    shown = [
        Picture.of(name, caption, write_picture(figure, folder / "plots", name))
        for name, caption, figure in pages(results)
    ]
    with written(folder / "report.html") as file:
        file.write(html(results, shown))
