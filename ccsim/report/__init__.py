"""The answer, told: on a terminal, as JSON, as one HTML file, as a folder."""

from ccsim.report.document import document, json_text
from ccsim.report.folder import write
from ccsim.report.html import html
from ccsim.report.terminal import prices, terminal

__all__ = ["document", "html", "json_text", "prices", "terminal", "write"]
