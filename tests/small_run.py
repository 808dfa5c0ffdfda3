"""A small run for tests of what is told: two scenarios over one week, five replications, made once per session."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.results import Results

TITLE = 'Keep <b>it</b> & "give" it away? <script>alert(1)</script>'
TEXT = f"""
title: '{TITLE}'
description: 'A question with <i>tags</i>.'
calendar: {{start: 2026-03-02, weeks: 1, warm_up: 1 day, timezone: America/New_York}}
replications: 5
seed: 7
currency: {{report: USD, PHP: 0.0175}}
contact_types:
  phone:
    channel: phone
    demand: {{rate: 20 per hour}}
    handle_time: {{exponential: 5 min}}
    patience: {{exponential: 3 min}}
    service_level: 80% in 20 s
  email:
    channel: email
    demand: {{rate: 4 per hour}}
    handle_time: {{exponential: 6 min}}
    service_level: 90% in 12 hours
sites:
  newark: {{location: in-house, country: US, timezone: America/New_York, wage: 25 USD per hour}}
  manila: {{location: offshore, country: PH, timezone: Asia/Manila, wage: 300 PHP per hour}}
pools:
  newark:
    site: newark
    handles: {{phone: {{}}, email: {{}}}}
    shifts:
      day: {{from: 08:00, to: 20:00, agents: 5}}
      night: {{from: 20:00, to: 06:00, agents: 3}}
  manila: {{site: manila, handles: {{phone: {{}}, email: {{}}}}, staffing: 4}}
scenarios:
  kept: {{pools: [newark]}}
  given: {{pools: [manila]}}
"""


def experiment_file(folder: Path, text: str = TEXT) -> Path:
    """The experiment as a file in a folder."""
    file = folder / "small.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@cache
def small_run() -> Results:
    """What the experiment gave."""
    from ccsim import config, runner

    with TemporaryDirectory() as folder:
        return runner.run(config.load(experiment_file(Path(folder))), workers=1)
