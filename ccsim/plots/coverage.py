"""Hours of the week in which somebody is on duty, and the gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.plots.frames import folded, interval_hours, zone_of_type
from ccsim.plots.style import CLOSED, COVERED, GAP, PARTLY, QUIET, axes
from ccsim.plots.week import DAYS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.results import Results

MEANING = {"closed": CLOSED, "nobody": GAP, "some of the time": PARTLY, "covered": COVERED}


def coverage_map(
    results: Results, scenario: str, contact_type: str, *, ax: Axes | None = None, timezone: str | None = None
) -> Axes:
    """
    24 hours by 7 days: whether an agent who may take the contact type is on duty, by plan.

    A field is *covered* if somebody is on duty in all open time of all weeks, *nobody* if in none of it.

    Parameters
    ----------
    scenario, contact_type
        Which center, and which of its contact types.
    ax
        Where to draw; a new figure if not given.
    timezone
        IANA zone of the wall clock; that of the contact type if not given.
    """
    import numpy as np
    from matplotlib.colors import ListedColormap

    ax = axes(ax, width=5.0, height=2.2)
    zone = timezone or zone_of_type(results, contact_type)
    length = interval_hours(results)
    found = folded(results, scenario, "contact_type", [contact_type], "coverage", zone, step=length)
    fields = np.zeros((7, round(24 / length)), dtype=int)
    for hour, share in zip(found.index.to_numpy(dtype=float), found, strict=True):
        fields[int(hour // 24), int(hour % 24 / length)] = 3 if share >= 1 else 2 if share > 0 else 1
    ax.imshow(
        fields,
        cmap=ListedColormap(list(MEANING.values())),
        vmin=-0.5,
        vmax=3.5,
        extent=(0, 24, 7, 0),
        aspect="auto",
        interpolation="nearest",
    )
    ax.set_xticks(range(0, 25, 6), [f"{hour:02d}" for hour in range(0, 25, 6)])
    ax.set_yticks([day + 0.5 for day in range(7)], DAYS)
    ax.set_yticks(range(8), minor=True)
    ax.grid(visible=True, which="minor", axis="y", color="white", linewidth=1.5)
    ax.tick_params(which="both", length=0, labelsize=8)
    ax.spines[:].set_visible(False)
    ax.set_title(f"{scenario}: {contact_type}", loc="left", fontsize=9, fontweight="bold")
    ax.set_xlabel(zone, color=QUIET, fontsize=8)
    return ax
