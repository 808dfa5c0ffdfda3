"""SVG made ready to stand in an HTML page beside others."""

from __future__ import annotations

import re

REFERENCE = re.compile(r'(\bid="|url\(#|href="#)')


def inline(svg: bytes, name: str) -> str:
    """
    An SVG file as an ``<svg>`` element whose ids begin with ``name``, so that those of two figures never meet.

    It has no fixed size: it fills the width that it is given.
    """
    text = svg.decode()
    head, end, rest = text[text.index("<svg") :].partition(">")
    head = re.sub(r'\s(width|height)="[^"]*"', "", head)
    return REFERENCE.sub(lambda found: f"{found[0]}{name}-", f"{head}{end}{rest}").strip()
