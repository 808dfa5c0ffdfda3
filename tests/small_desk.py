"""A small desk, two ways to staff it: enough of everything for tests of results and runs, simulated in milliseconds."""

from __future__ import annotations

SMALL_DESK = """\
title: A small desk <b>
description: Does it pay to move a small desk to Manila?
calendar: {start: 2026-03-06, days: 3, timezone: America/New_York}   # the clocks change on 8 March
replications: 6
seed: 7
currency: {report: USD, PHP: 0.0175}
contact_types:
  phone:
    channel: phone
    demand: {rate: 12 per hour, day_factor: {cv: 20%}}
    handle_time: {exponential: 6 min}
    patience: {exponential: 4 min}
    service_level: 80% in 20 s
  email:
    channel: email
    demand: {rate: 2 per hour}
    handle_time: {exponential: 6 min}
    service_level: 95% in 4 hours
  calls-back:
    channel: phone
    demand: {rate: 1 per hour}
    handle_time: {exponential: 3 min}
    patience: endless
sites:
  newark: {location: in-house, country: US, timezone: America/New_York, wage: 20 USD per hour}
  manila: {location: offshore, country: PH, timezone: Asia/Manila, wage: 320 PHP per hour}
pools:
  newark-care:
    site: newark
    handles: {phone: {}, email: {}, calls-back: {}}
    shifts:
      day: {from: 08:00, to: 20:00, agents: 3, breaks: [{between: [3 h, 5 h], length: 30 min}]}
      night: {from: 20:00, to: 08:00, agents: 2}
    shrinkage: {absence: 10%}
  manila-care:
    site: manila
    handles: {phone: {handle_time: x1.2}, email: {}, calls-back: {}}
    staffing: 2
scenarios:
  in-house: {pools: [newark-care]}
  offshore: {pools: [manila-care]}
"""
