"""
A small desk over three weeks whose customers come again, are passed on and called back, and whose site goes dark.

The provider's contacts are cheap and resolve less; its agents are on call, leave early, come late and are replaced.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.results import Results

TEXT = """
title: Is the cheaper contact the cheaper resolution?
calendar: {start: 2026-03-02, weeks: 3, warm_up: 1 day, timezone: America/New_York, interval: 60 min}
replications: 5
seed: 3
contact_types:
  phone:
    channel: phone
    demand: {rate: 10 per hour}
    handle_time: {exponential: 6 min}
    patience: {exponential: 4 min}
    service_level: 80% in 20 s
    retrial:
      abandoned: {probability: 60%, delay: {exponential: 10 min}}
      disconnected: {probability: 80%, delay: {exponential: 5 min}}
    recontact: {delay: {exponential: 4 h}, probability: 90%}
    callback: {when_over: 1 min, accepted: 50%, reached: 70%}
  tier2:
    channel: phone
    demand: none
    handle_time: {exponential: 10 min}
    patience: {exponential: 8 min}
    service_level: 80% in 60 s
sites:
  newark: {location: in-house, country: US, timezone: America/New_York, wage: 26 USD per hour}
  manila: {location: offshore, country: PH, timezone: Asia/Manila, wage: 17 USD per hour, provider: acme}
pools:
  home:
    site: newark
    handles: {phone: {resolves: 90%, transfer: {to: tier2, probability: 10%, warm: true}}}
    shifts: {day: {from: 08:00, to: 20:00, agents: 2}, night: {from: 20:00, to: 08:00, agents: 2}}
  away:
    site: manila
    handles: {phone: {resolves: 45%, handle_time: x1.1, transfer: {to: tier2, probability: 10%}}}
    shifts: {day: {from: 21:00, to: 09:00, agents: 3}, night: {from: 09:00, to: 21:00, agents: 3}}
    shrinkage: {absence: 10%}
    replace_absent: {bench: 1}
    lateness: {share: 20%, by: {exponential: 10 min}}
    on_call: {gig: {from: 08:00, to: 08:00, agents: 1, when_waiting: 3, lead_time: 30 min, stays: 2 h}}
    early_leave: {after_idle: 20 min, keep_idle: 1, share: 20%}
  experts: {site: newark, handles: {tier2: {}}, staffing: 1}
outages:
  power: {site: manila, from: 2026-03-11 10:00, lasts: 2 h, back_over: 30 min}
scenarios:
  in-house: {pools: [home, experts], outages: []}
  offshore: {pools: [away, experts]}
"""


@cache
def small_journeys() -> Results:
    """What the experiment gave; the log of the first replication is kept."""
    from ccsim import config, runner

    with TemporaryDirectory() as folder:
        file = Path(folder) / "journeys.yaml"
        file.write_text(TEXT, encoding="utf-8")
        return runner.run(config.load(file), workers=1, keep_log="first")
