"""The folder of a run: tables, manifest, plots, report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.plots.pages import pages
from ccsim.plots.style import picture
from ccsim.report.html import Picture, html
from ccsim.report.names import shortened

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
    plots = folder / "plots"
    plots.mkdir(parents=True, exist_ok=True)
    shown = []
    for name, caption, figure in pages(results):
        svg, png = picture(figure, "svg"), picture(figure, "png")
        (plots / f"{name}.svg").write_bytes(svg)
        (plots / f"{name}.png").write_bytes(png)
        shown.append(Picture.of(name, caption, svg))
    (folder / "report.html").write_text(html(results, shown), encoding="utf-8", newline="\n")
