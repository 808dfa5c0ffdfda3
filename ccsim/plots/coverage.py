"""Hours of the week in which somebody is on duty, and the gaps."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ccsim.measures.tally import CONTACT_TYPE
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
    ax = axes(ax, width=5.0, height=2.2)
    zone = timezone or zone_of_type(results, contact_type)
    length = interval_hours(results)
    for day, fields in enumerate(map_of_week(results, scenario, contact_type, zone)):
        begins = 0.0
        for word, run in groupby(fields):
            width = length * len(list(run))
            ax.broken_barh([(begins, width)], (day + 0.06, 0.88), facecolors=MEANING[word], linewidth=0)
            begins += width
    ax.set_xlim(0, 24)
    ax.set_ylim(7, 0)
    ax.set_xticks(range(0, 25, 6), [f"{hour:02d}" for hour in range(0, 25, 6)])
    ax.set_yticks([day + 0.5 for day in range(7)], DAYS)
    ax.tick_params(length=0, labelsize=8)
    ax.spines[:].set_visible(False)
    ax.set_title(f"{scenario}: {contact_type}", loc="left", fontsize=9, fontweight="bold")
    ax.set_xlabel(zone, color=QUIET, fontsize=8)
    return ax


def map_of_week(results: Results, scenario: str, contact_type: str, zone: str) -> list[list[str]]:
    """For each weekday its planning intervals on the wall clock of ``zone``, each a word of ``MEANING``."""
    length = interval_hours(results)
    found = folded(results, scenario, CONTACT_TYPE, [contact_type], "coverage", zone, step=length)
    fields = [["closed"] * round(24 / length) for _ in DAYS]
    for hour, share in zip(found.index.to_numpy(dtype=float), found, strict=True):
        word = "covered" if share >= 1 else "some of the time" if share > 0 else "nobody"
        fields[int(hour // 24)][int(hour % 24 / length)] = word
    return fields
