"""A desk alone and with a provider who is paid by contract: three days over the end of a month."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.results import Results

CONTRACTS = """\
contracts:
  care:
    provider: acme
    currency: PHP
    price:
      - {per: contact, rate: 150.25 PHP}
      - {per: month, rate: 10000 PHP}
    at_risk: 12%
    terms:
      - {type: phone, measure: service_level, target: 90%, penalty: {per_point: 1%}}
"""
SMALL_CONTRACT = f"""\
title: A desk and its provider
calendar: {{start: 2026-03-30, days: 3, timezone: America/New_York}}
replications: 6
seed: 5
currency: {{report: USD, PHP: {{rate: 0.0175, spread: 1%}}}}
contact_types:
  phone:
    channel: phone
    demand: {{rate: 20 per hour, day_factor: {{cv: 20%}}}}
    handle_time: {{exponential: 5 min}}
    patience: {{exponential: 3 min}}
    service_level: 80% in 20 s
sites:
  newark:
    location: in-house
    country: US
    timezone: America/New_York
    wage: 29 USD per hour
    costs: {{benefits: 28%, seat: 420 USD per month}}
  manila:
    location: offshore
    country: PH
    timezone: Asia/Manila
    provider: acme
    wage: 320 PHP per hour
    night: {{from: 22:00, to: 06:00, add: 10%}}
    costs: {{benefits: 20%}}
pools:
  newark: {{site: newark, handles: {{phone: {{}}}}, staffing: 2}}
  manila: {{site: manila, handles: {{phone: {{handle_time: x1.12}}}}, staffing: 1}}
routing:
  phone: [newark, {{pool: manila, after: 15 s}}]
{CONTRACTS}scenarios:
  alone: {{pools: [newark]}}
  helped: {{pools: [newark, manila]}}
"""


@cache
def small_contract() -> Results:
    """What the experiment gave."""
    import ccsim

    with TemporaryDirectory() as folder:
        file = Path(folder) / "small.yaml"
        file.write_text(SMALL_CONTRACT, encoding="utf-8")
        return ccsim.run(file, workers=1)
