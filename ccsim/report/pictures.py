"""Figures as files, and their SVG made ready to stand in an HTML page beside others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccsim.plots.style import picture
from ccsim.results.files import write_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

WIDTH = re.compile(r'\swidth="([\d.]+)pt"')
LARGEST = 1.6
"""Of a picture whose own width is smaller than the page. [px per point]"""
REFERENCE = re.compile(r'(\bid="|url\(#|href="#)')


def write_picture(drawn: Figure, folder: Path, name: str) -> bytes:
    """Write a figure as SVG and as PNG; gives the SVG, for a page."""
    svg = picture(drawn, "svg")
    write_bytes(folder / f"{name}.svg", svg)
    write_bytes(folder / f"{name}.png", picture(drawn, "png"))
    return svg


def inline(svg: bytes, name: str) -> str:
    """
    An SVG file as an ``<svg>`` element whose ids begin with ``name``, so that those of two figures never meet.

    It has no fixed size: it fills the width that it is given, unless its words would become as large as headings.
    """
    text = svg.decode()
    head, end, rest = text[text.index("<svg") :].partition(">")
    widest = LARGEST * float(WIDTH.findall(head)[0])
    head = re.sub(r'\s(width|height)="[^"]*"', "", head) + f' style="max-width:{widest:.0f}px"'
    return REFERENCE.sub(lambda found: f"{found[0]}{name}-", f"{head}{end}{rest}").strip()
