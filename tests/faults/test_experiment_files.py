# ruff: noqa: E501 (sentences stand as they are told)
"""One small broken file per fault: what the planner is told, and where."""

from pathlib import Path

import pytest

from ccsim.config import load
from tests.faults.broken import told_of

FILES = Path(__file__).parent / "files"
TOLD = {
    "a-list": ["a-list.yaml:1:1  an experiment is a map of keys, beginning for example with title: ..."],
    "absences-too-many": [
        "absences-too-many.yaml:2:57  pools.team.shrinkage.absence_lasts: of absences that last 3 days with at least a day of work between them, absence is 75 % at most"
    ],
    "amount-without-currency": [
        "amount-without-currency.yaml:2:38  sites.newark.costs.recruiting: 1800 is not an amount of money; write amount and currency, for example 1800 USD"
    ],
    "amounts-in-an-unknown-currency": [
        "amounts-in-an-unknown-currency.yaml:2:32  sites.newark.costs.seat: there is no exchange rate for PHP; write for example currency: {report: USD, PHP: 0.02}",
        "amounts-in-an-unknown-currency.yaml:2:61  sites.newark.costs.licences: there is no exchange rate for EUR; write for example currency: {report: USD, EUR: 0.02}",
    ],
    "anchor-and-alias": [
        "anchor-and-alias.yaml:2:8  title: anchors (&) are not understood; write values out where they are used",
        "anchor-and-alias.yaml:3:14  description: aliases (*) are not understood; write the value out, or use extends",
    ],
    "attrition-bands": [
        "attrition-bands.yaml:2:68  pools.team.attrition.1.under: bands ascend by under, which is more than 0"
    ],
    "attrition-without-end": [
        "attrition-without-end.yaml:2:68  pools.team.attrition.1.under: the last band has no under: it is for all who stay longer"
    ],
    "bad-name": [
        "bad-name.yaml:3:3  pools.a.b: 'a.b' is not a name; a name has at most 60 letters, digits, spaces and - _ & +, and begins with a letter or digit"
    ],
    "bare-duration": [
        "bare-duration.yaml:4:32  contact_types.calls.handle_time.exponential: 240 has no unit; write for example 240 s or 240 min"
    ],
    "bench-and-overtime": [
        "bench-and-overtime.yaml:2:69  pools.team.replace_absent.overtime: overtime does not go with bench; give one or the other"
    ],
    "benefits-without-a-wage": [
        "benefits-without-a-wage.yaml:2:26  sites.newark.costs.benefits: benefits needs a wage, and team has none; give newark a wage"
    ],
    "break-after-shift": [
        "break-after-shift.yaml:4:39  pools.team.shifts.day.breaks.0.between: it may begin 9 h into the shift, which is only 8.5 h long"
    ],
    "callback-of-chats": [
        "callback-of-chats.yaml:3:108  contact_types.chats.callback: callback is for phone, not for chat"
    ],
    "callback-window": [
        "callback-window.yaml:2:77  contact_types.calls.callback.window: the promised window must end after it begins"
    ],
    "campaign-missing": [
        "campaign-missing.yaml:3:3  contact_types.sales: campaign is missing; write for example {preview_time: {deterministic: 30 s}, right_party: 30%}"
    ],
    "campaign-of-calls": [
        "campaign-of-calls.yaml:2:25  contact_types.calls.campaign: campaign is for outbound, not for phone"
    ],
    "change-of-calendar": [
        "change-of-calendar.yaml:3:16  scenarios.a.change.calendar: calendar is the same for all scenarios; a scenario may change contact_types, lines, sites, pools, routing, customers, outages, contracts, strings"
    ],
    "change-of-unknown-pool": [
        "change-of-unknown-pool.yaml:3:24  scenarios.a.change.pools.teem: there is no teem to change; did you mean team?"
    ],
    "costs-per-year": [
        "costs-per-year.yaml:2:32  sites.newark.costs.seat: 420 USD per year is not an amount per month; write amount, currency and month, for example 420 USD per month"
    ],
    "directive": ["directive.yaml:2:1  YAML directives (%) are not understood; remove the line"],
    "duplicate-key": ["duplicate-key.yaml:3:1  seed: the key is given twice, first in line 2"],
    "empty-file": ["empty-file.yaml  the file is empty"],
    "extends-itself": ["extends-itself.yaml:1:10  extends: extends-itself.yaml extends itself"],
    "extends-nothing": ["extends-nothing.yaml:1:10  extends: there is no file goood.yaml"],
    "extends-outside": [
        "extends-outside.yaml:1:10  extends: ../good.yaml leaves the file's folder; put it there, or into a folder below"
    ],
    "factor-too-large": [
        "factor-too-large.yaml:2:47  pools.team.handles.calls.handle_time: x100 is out of range; a factor lies from x0.05 to x20"
    ],
    "factors-on-records": [
        "factors-on-records.yaml:2:66  contact_types.calls.demand.scale: scale does not go with recorded contacts: they are what happened"
    ],
    "flex-after-nothing": [
        "flex-after-nothing.yaml:2:59  pools.team.shifts.day.flex.follows.0: there is no contact type cals; did you mean calls?"
    ],
    "foreign-beginners-too-slow": [
        "good.yaml:20:15  pools.team.handles.calls: with proficiency and learning its handle time is x30; a factor lies from x0.05 to x20"
    ],
    "half-an-agent": ["half-an-agent.yaml:2:39  pools.team.shifts.day.agents: 2.5 is not a whole number"],
    "hiring-in-two-ways": [
        "hiring-in-two-ways.yaml:2:69  pools.team.hiring.classes: classes does not go with lead_time and class_size; give one or the other"
    ],
    "hiring-without-attrition": [
        "hiring-without-attrition.yaml:2:16  pools.team.hiring: hiring replaces those who leave; it needs attrition"
    ],
    "hold-limit-of-cold-transfer": [
        "hold-limit-of-cold-transfer.yaml:4:99  pools.team.handles.calls.transfer.hold_limit: hold_limit is for warm transfers; write warm: true, or remove it"
    ],
    "infinity": [
        "infinity.yaml:2:47  pools.team.handles.calls.handle_time: .inf is not a number that can be used here; write a finite number"
    ],
    "key-of-the-site": [
        "key-of-the-site.yaml:4:5  pools.team.timezone: unknown key; it belongs to the site: sites.newark.timezone"
    ],
    "key-without-value": [
        "key-without-value.yaml:4:5  contact_types.calls.patience: a key without a value; write the value or remove the key"
    ],
    "lane-shares": ["lane-shares.yaml:3:26  routing.calls.lanes: the shares add to 110 %; they must add to 100 %"],
    "lane-shares-of-shortest-wait": [
        "lane-shares-of-shortest-wait.yaml:2:56  routing.calls.lanes.a.share: share does not go with allocate: shortest wait"
    ],
    "lane-that-does-not-handle": [
        "lane-that-does-not-handle.yaml:5:67  routing.calls.lanes.b.0: the pool mailers does not handle calls; add calls to its handles"
    ],
    "lane-without-a-share": [
        "lane-without-a-share.yaml:3:59  routing.calls.lanes.b: share is missing; write for example share: 40%, or allocate: shortest wait"
    ],
    "lanes-and-ranks": [
        "lanes-and-ranks.yaml:2:19  routing.calls.ranks: ranks does not go with lanes; write ranks within each lane"
    ],
    "lanes-protected-by-share": [
        "lanes-protected-by-share.yaml:2:19  routing.calls.protect: protect goes with allocate: shortest wait"
    ],
    "law-missing": [
        "law-missing.yaml:2:38  contact_types.calls.handle_time: 4 min does not say how it varies; write for example {exponential: 4 min}, {lognormal: {mean: 4 min, cv: 0.9}} or {deterministic: 4 min}"
    ],
    "law-parameters": [
        "law-parameters.yaml:2:50  contact_types.calls.handle_time.lognormal: give mean and cv, or mu and sigma, or median and sigma"
    ],
    "lines-for-email": ["lines-for-email.yaml:5:32  lines.trunk.types.1: mail is email; lines are for phone and chat"],
    "listed-but-not-handled": [
        "listed-but-not-handled.yaml:7:17  routing.calls.1: the pool mailers does not handle calls; add calls to its handles"
    ],
    "lives-without-shifts": [
        "lives-without-shifts.yaml:4:5  pools.team.attrition: attrition needs shifts, whose seats are people; staffing is only a number of agents",
        "lives-without-shifts.yaml:5:5  pools.team.learning: learning needs shifts, whose seats are people; staffing is only a number of agents",
        "lives-without-shifts.yaml:6:5  pools.team.lateness: lateness needs shifts, whose seats are people; staffing is only a number of agents",
        "lives-without-shifts.yaml:7:5  pools.team.replace_absent: replace_absent needs shifts, whose seats are people; staffing is only a number of agents",
        "lives-without-shifts.yaml:8:5  pools.team.on_call: on_call needs shifts, whose seats are people; staffing is only a number of agents",
        "lives-without-shifts.yaml:9:30  pools.team.shrinkage.absence_lasts: absence_lasts needs shifts, whose seats are people, not staffing",
    ],
    "merge-key": [
        "merge-key.yaml:3:10  pools.team.<<: merge keys (<<) are not understood; write the keys out, or use extends"
    ],
    "missing-is-not-zero": [
        "missing-is-not-zero.yaml:2:66  contact_types.calls.demand.table.missing: none is not understood; write zero"
    ],
    "misspelt-key": ["misspelt-key.yaml:4:17  pools.team.shrinkage.absense: unknown key; did you mean absence?"],
    "mixture-shares": [
        "mixture-shares.yaml:2:57  contact_types.calls.handle_time.hyperexponential: the shares add to 90 %; they must add to 100 %"
    ],
    "nesting-share-alone": [
        "nesting-share-alone.yaml:2:16  pools.team.learning: nesting is missing; write how long it lasts, for example nesting: 2 weeks"
    ],
    "no-exchange-rate": [
        "no-exchange-rate.yaml:2:24  sites.newark.wage: there is no exchange rate for PHP; write for example currency: {report: USD, PHP: 0.02}"
    ],
    "no-patience": [
        "no-patience.yaml:3:3  contact_types.chats: patience is missing; write for example {exponential: 4 min}, or endless if nobody abandons"
    ],
    "nobody-works": [
        "nobody-works.yaml:5:46  pools.team.shifts.late.agents: nobody works here in any scenario; give it agents or remove it"
    ],
    "not-a-number": [
        "not-a-number.yaml:2:47  pools.team.handles.calls.handle_time: .nan is not a number that can be used here; write a finite number"
    ],
    "not-a-share": ["not-a-share.yaml:4:24  pools.team.shrinkage.other: 32 is not a share; write 32% or 0.32"],
    "not-cleared": [
        "good.yaml:20:15  pools.team.handles.calls: calls carries health data, but team works in newark, which is cleared for payment; add health to the clearances of newark, route it elsewhere, or write what_if: ignore_restrictions in the scenario to see what this would change"
    ],
    "not-cleared-for-transfers": [
        "not-cleared-for-transfers.yaml:10:37  pools.experts.handles.tier-2: tier-2 carries payment data (passed on from calls), but experts works in manila, which is cleared for health; add payment to the clearances of manila, route it elsewhere, or write what_if: ignore_restrictions in the scenario to see what this would change"
    ],
    "not-cleared-in-a-lane": [
        "not-cleared-in-a-lane.yaml:7:74  routing.calls.lanes.b.0.pool: calls carries payment data, but partner works in manila, which is cleared for nothing; add payment to the clearances of manila, route it elsewhere, or write what_if: ignore_restrictions in the scenario to see what this would change"
    ],
    "not-utf8": ["not-utf8.yaml  the file is not UTF-8 (byte 11); save it as UTF-8"],
    "not-yaml": [
        "not-yaml.yaml:2:1  this is not valid YAML: while scanning a quoted scalar found unexpected end of stream; quote text with special characters, and indent with spaces"
    ],
    "on-call-named-as-a-shift": [
        "on-call-named-as-a-shift.yaml:2:26  pools.team.on_call.day: a shift of the pool is named day, too; they would share their chance"
    ],
    "on-call-too-late": [
        "on-call-too-late.yaml:2:100  pools.team.on_call.evening.lead_time: who is called comes 1 h later, but is on call for 1 h only"
    ],
    "opening-hours": [
        "opening-hours.yaml:2:41  contact_types.calls.opening_hours.mon-fry: unknown key; did you mean mon-fri?"
    ],
    "outage-of-a-channel": [
        "outage-of-a-channel.yaml:2:61  outages.a.live: live is for outages of a site, provider or country; those of a channel stop no agent",
        "outage-of-a-channel.yaml:2:73  outages.a.back_over: back_over is for outages of a site, provider or country; those of a channel stop no agent",
    ],
    "outage-of-no-time": [
        "outage-of-no-time.yaml:3:3  outages.a: write either from, for a known time, or rate, for outages at random",
        "outage-of-no-time.yaml:4:3  outages.b: write either from, for a known time, or rate, for outages at random",
        "outage-of-no-time.yaml:5:46  outages.c.lasts: an outage at a known time lasts a known time, for example 4 h",
        "outage-of-no-time.yaml:6:46  outages.d.lasts: of outages at random it must say how it varies; write for example {exponential: 4 h} or {deterministic: 4 h}",
        "outage-of-no-time.yaml:7:27  outages.e.rate: 0 per year is too small; it must be more than 0",
        "outage-of-no-time.yaml:8:27  outages.f.rate: 1 per month: months differ in length; use days, weeks or years (of 365.25 days)",
        "outage-of-no-time.yaml:9:46  outages.g.lasts: it must last more than 0 s",
        "outage-of-no-time.yaml:10:39  outages.h.timezone: timezone is for from; outages at random come at any hour",
    ],
    "outage-of-nowhere": [
        "outage-of-nowhere.yaml:3:3  outages.a: its place is missing; write exactly one of site, provider, country, channel",
        "outage-of-nowhere.yaml:4:3  outages.b: site and provider are given; write exactly one of site, provider, country, channel",
        "outage-of-nowhere.yaml:5:13  outages.c.site: there is no site nwark; did you mean newark?",
        "outage-of-nowhere.yaml:6:17  outages.d.provider: there is no provider acme; there are in-house",
        "outage-of-nowhere.yaml:7:16  outages.e.country: there is no site in PH; there are US",
        "outage-of-nowhere.yaml:8:16  outages.f.channel: there is no contact type of the channel chat; there are phone",
    ],
    "outage-unknown-in-scenario": [
        "outage-unknown-in-scenario.yaml:4:17  scenarios.a.outages.0: there is no outage strom; did you mean storm?",
        "outage-unknown-in-scenario.yaml:5:26  scenarios.b.change.outages.strom: there is no strom to change; did you mean storm?",
        "outage-unknown-in-scenario.yaml:6:16  scenarios.c.outages: write the list of the scenario's outages, for example [storm], or [] for none",
        "outage-unknown-in-scenario.yaml:6:32  scenarios.c.what_if: ignore is not known here; write yardstick, right_forecast or ignore_restrictions",
    ],
    "outbound-that-abandons": [
        "outbound-that-abandons.yaml:3:170  contact_types.sales.retrial.abandoned: no outbound contact ends abandoned; it may end blocked, disconnected and unreached"
    ],
    "overlapping-staffing": [
        "overlapping-staffing.yaml:2:49  pools.team.staffing.mon.15:00-20:00: mon 15:00-20:00 overlaps another stretch"
    ],
    "patience-of-email": [
        "good.yaml:11:5  contact_types.calls.patience: patience is for phone and chat, not for email"
    ],
    "patience-of-outbound": [
        "patience-of-outbound.yaml:3:160  contact_types.sales.patience: patience is for phone and chat, not for outbound",
        "patience-of-outbound.yaml:3:179  contact_types.sales.service_level: service_level is for phone, chat, email and back-office, not for outbound",
    ],
    "planning-interval": [
        "planning-interval.yaml:2:22  calendar.interval: a planning interval lasts 5, 10, 15, 20, 30 or 60 min"
    ],
    "precision-as-share": [
        "precision-as-share.yaml:2:27  replications.precision: 1% is not a number of points; write for example 1 point or 0.5 points"
    ],
    "problem-in-change": [
        "problem-in-change.yaml:4:50  scenarios.a.change.pools.team.shrinkage.absence: 60 is not a share; write 60% or 0.6"
    ],
    "profile-day-missing": [
        "profile-without-sunday.csv:1:1  contact_types.calls.demand.weekly.profile.file: sun is missing; write sun: 0 for a day without contacts"
    ],
    "profile-length": [
        "profile-length.yaml:6:28  contact_types.calls.demand.weekly.profile.mon-sat: 3 weights are given; a day has 24 (hours), 48 (half-hours) or 96 (quarters)"
    ],
    "protect-without-lanes": [
        "protect-without-lanes.yaml:2:19  routing.calls.protect: protect is for lanes; ranks are asked one after the other"
    ],
    "raise-in-july": [
        "raise-in-july.yaml:2:59  sites.newark.costs.raise.from: amounts rise on 1 January; write 2026-01-01"
    ],
    "rate-without-time": [
        "rate-without-time.yaml:2:40  contact_types.calls.demand.rate: 30 has no time; write for example 30 per hour"
    ],
    "recontact-to-nowhere": [
        "recontact-to-nowhere.yaml:2:70  contact_types.calls.recontact.to: there is no contact type cals; did you mean calls?"
    ],
    "reporting-currency-with-a-rate": [
        "reporting-currency-with-a-rate.yaml:2:38  currency.USD: all is told in this currency, of which one unit is worth 1; leave it out"
    ],
    "retrial-of-email": [
        "retrial-of-email.yaml:3:89  contact_types.mail.retrial: retrial is for phone, chat and outbound, not for email"
    ],
    "retrial-of-nobody-called": [
        "retrial-of-nobody-called.yaml:2:35  contact_types.calls.retrial.unreached: nobody is called back here; it needs callback"
    ],
    "retrial-without-a-delay": [
        "retrial-without-a-delay.yaml:2:35  contact_types.calls.retrial.abandoned: delay is missing"
    ],
    "same-stream": [
        "same-stream.yaml:3:33  pools.other.stream: other and team have the same stream, team; they would share their chance"
    ],
    "scenario-extends-itself": [
        "scenario-extends-itself.yaml:3:16  scenarios.a.extends: b extends itself",
        "scenario-extends-itself.yaml:4:16  scenarios.b.extends: a extends itself",
    ],
    "self-service-of-records": [
        "self-service-of-records.yaml:2:66  contact_types.calls.self_service: self_service does not go with recorded contacts: they are those that it left to agents"
    ],
    "seniority-of-numbers": [
        "seniority-of-numbers.yaml:3:60  pools.extra.seniority: seniority needs shifts, whose seats are people; staffing is only a number of agents"
    ],
    "seniority-that-descends": [
        "seniority-that-descends.yaml:2:68  pools.team.seniority.1.after: steps of seniority ascend by after"
    ],
    "shifts-and-staffing": [
        "shifts-and-staffing.yaml:2:16  pools.team.staffing: staffing does not go with shifts; give one or the other"
    ],
    "speeds-too-few": [
        "speeds-too-few.yaml:2:46  pools.team.chat.speed: 2 speeds are given for up to 3 chats at once; give one for each"
    ],
    "spread-of-too-much": [
        "spread-of-too-much.yaml:2:53  currency.PHP.spread: 101% is not a share; it must lie between 0% and 100%"
    ],
    "staffing-of-halves": ["half-agents.csv:3:2  pools.team.staffing.file: agents: 3.5 is not a whole number"],
    "sweep-of-one-value": [
        "sweep-of-one-value.yaml:3:45  scenarios.a.sweep.pools.team.shifts.day.agents: write the list of values to try, for example [10, 12, 14]"
    ],
    "sweep-of-unknown-path": [
        "sweep-of-unknown-path.yaml:3:46  scenarios.a.sweep.pools.teem.shifts.day.agents.0: pools has no teem; did you mean team?",
        "sweep-of-unknown-path.yaml:3:49  scenarios.a.sweep.pools.teem.shifts.day.agents.1: pools has no teem; did you mean team?",
    ],
    "sweep-too-large": [
        "sweep-too-large.yaml:4:5  scenarios.a.sweep: the sweep makes more than 500 scenarios; sweep fewer values"
    ],
    "table-absolute": [
        "table-absolute.yaml:2:40  contact_types.calls.demand.file: /etc/passwd.csv leaves the file's folder; put it there, or into a folder below"
    ],
    "table-column-misspelt": [
        "column-misspelt.csv:1:2  contact_types.calls.demand.file: unknown column offerd; did you mean offered?"
    ],
    "table-damaged": [
        "table-damaged.yaml:2:40  contact_types.calls.demand.file: damaged.csv.gz: the file is damaged: Not a gzipped file (b'no')"
    ],
    "table-empty": ["table-empty.yaml:2:40  contact_types.calls.demand.file: empty.csv: the table is empty"],
    "table-missing": ["table-missing.yaml:2:40  contact_types.calls.demand.file: nowhere.csv: there is no such file"],
    "table-no-workbook": [
        "table-no-workbook.yaml:2:40  contact_types.calls.demand.file: no-workbook.xlsx: this is not an XLSX workbook"
    ],
    "table-not-a-date": [
        "not-a-date.csv:2:1  contact_types.calls.demand.file: interval_start: 03/02/2026 08:00 is not a date and time; write for example 2026-03-02 08:00"
    ],
    "table-not-a-number": [
        "not-a-number.csv:3:2  contact_types.calls.demand.file: offered: many is not a number; write a number with a decimal point, 0 for none",
        "not-a-number.csv:4:2  contact_types.calls.demand.file: offered: -1 is negative",
        "not-a-number.csv:5:2  contact_types.calls.demand.file: offered: nan is not a number that can be used here",
        "not-a-number.csv:6:2  contact_types.calls.demand.file: offered: the cell is empty; write a number with a decimal point, 0 for none",
    ],
    "table-not-ascending": [
        "not-ascending.csv:3:1  contact_types.calls.demand.file: interval_start: 2026-03-02 08:00:00 stands after 2026-03-02 08:30:00; rows ascend in time"
    ],
    "table-not-utf8": [
        "not-utf8.csv:2:1  contact_types.calls.demand.file: the file is not UTF-8; save it as CSV UTF-8"
    ],
    "table-of-another-kind": [
        "table-of-another-kind.yaml:2:40  contact_types.calls.demand.file: good.yaml: a table is a file ending in .csv, .csv.gz, .xlsx"
    ],
    "table-of-other-types": [
        "other-types.csv:1:3  contact_types.calls.demand.file: no row is of the contact type calls; did you mean cals?"
    ],
    "table-of-unequal-steps": [
        "unequal.csv:4:1  contact_types.calls.demand.file: interval_start: 2026-03-02 09:15:00 does not follow 2026-03-02 08:30:00 in steps of 0:30:00"
    ],
    "table-outside": [
        "table-outside.yaml:2:40  contact_types.calls.demand.file: ../calls.csv leaves the file's folder; put it there, or into a folder below"
    ],
    "table-with-a-duplicate": [
        "duplicate.csv:4:1  contact_types.calls.demand.file: interval_start: 2026-03-02 08:30:00 is given twice"
    ],
    "table-with-a-gap": [
        "gap.csv:4:1  contact_types.calls.demand.file: interval_start: the interval at 2026-03-02 09:00:00 is missing; add it, or write missing: zero beside the file's name"
    ],
    "table-with-semicolons": [
        "semicolons.csv:1:1  contact_types.calls.demand.file: columns are separated by semicolons; separate them by commas"
    ],
    "tag": ["tag.yaml:2:7  seed: tags (!) are not understood; remove the tag"],
    "telecom-of-nothing": [
        "telecom-of-nothing.yaml:2:26  sites.newark.costs.telecom: minute or line is missing; write for example {minute: 0.018 USD}"
    ],
    "tenure-misspelt": [
        "tenure-misspelt.yaml:2:24  pools.team.tenure: experinced is not known here; write experienced or new; did you mean experienced?"
    ],
    "tenure-without-learning": [
        "tenure-without-learning.yaml:2:16  pools.team.tenure: tenure matters to learning, to attrition by tenure and to seniority; it needs one"
    ],
    "too-many-contacts": [
        "good.yaml:9:13  contact_types.calls.demand: about 2.2e+14 contacts in one replication are more than 5e+07; is a unit wrong? To raise the limit write limits: {contacts_per_replication: 2.4e+14}"
    ],
    "transfer-of-too-many": [
        "transfer-of-too-many.yaml:5:66  pools.team.handles.calls.transfer: the probabilities add to 110 %; they may add to at most 100 %"
    ],
    "transfer-to-itself": [
        "transfer-to-itself.yaml:2:49  pools.team.handles.calls.transfer.to: calls is passed on to itself; name a type of its own for the next agents"
    ],
    "transfer-to-nobody": [
        "transfer-to-nobody.yaml:3:3  contact_types.tier-2: no pool handles it; add it to a pool's handles"
    ],
    "transfer-to-outbound": [
        "transfer-to-outbound.yaml:4:60  pools.team.handles.calls.transfer.to: sales is outbound; contacts are passed on to types that come in"
    ],
    "transfer-twice": [
        "transfer-twice.yaml:4:94  pools.team.handles.calls.transfer.1.to: tier-2 is named twice; add the probabilities"
    ],
    "turnover-that-costs-nothing": [
        "turnover-that-costs-nothing.yaml:2:36  sites.newark.costs.turnover: turnover costs what hiring costs; give recruiting or training beside it"
    ],
    "two-demands": [
        "good.yaml:9:13  contact_types.calls.demand: rate and file given; give exactly one of rate, weekly, file (or table), recorded"
    ],
    "two-documents": ["two-documents.yaml:2:1  a second document begins; an experiment is one document"],
    "two-laws": [
        "good.yaml:10:18  contact_types.calls.handle_time: exponential and gamma are given; a duration follows exactly one distribution"
    ],
    "unhandled-in-scenario": ["good.yaml:7:3  contact_types.calls: no pool of its routing is there in the scenario a"],
    "unhandled-type": ["unhandled-type.yaml:3:3  contact_types.mail: no pool handles it; add it to a pool's handles"],
    "unknown-country": ["unknown-country.yaml:2:27  sites.newark.country: UK is not a country; did you mean GB?"],
    "unknown-measure": [
        "unknown-measure.yaml:2:11  compare.0: service_levle is not known here; did you mean service_level?"
    ],
    "unknown-pool-in-routing": [
        "unknown-pool-in-routing.yaml:2:32  routing.calls.1.pool: there is no pool teem; did you mean team?"
    ],
    "unknown-pool-in-scenario": [
        "unknown-pool-in-scenario.yaml:3:15  scenarios.a.pools.0: there is no pool teams; did you mean team?"
    ],
    "unknown-scenario-key": ["unknown-scenario-key.yaml:3:7  scenarios.a.pool: unknown key; did you mean pools?"],
    "unknown-site": ["unknown-site.yaml:2:22  pools.team.site: there is no site newwark; did you mean newark?"],
    "unknown-subdivision": [
        "unknown-subdivision.yaml:2:55  sites.newark.holidays.subdivision: US has no subdivision NJJ; did you mean NJ?"
    ],
    "unknown-type": [
        "unknown-type.yaml:2:26  pools.team.handles.cals: there is no contact type cals; did you mean calls?"
    ],
    "unknown-zone": [
        "unknown-zone.yaml:2:28  sites.newark.timezone: America/New_Yrok is not a time zone; did you mean America/New_York?"
    ],
    "wages-in-two-currencies": [
        "wages-in-two-currencies.yaml:3:75  sites.newark.costs.quality.wage: wages of newark are in USD; write this one in USD, too",
        "wages-in-two-currencies.yaml:4:22  pools.team.wage: wages of newark are in USD; write this one in USD, too",
    ],
    "warm-transfer-to-email": [
        "warm-transfer-to-email.yaml:4:89  pools.team.handles.calls.transfer.warm: mail is email, where nobody waits on the line; remove warm"
    ],
    "wrap-up-alone": ["good.yaml:7:3  contact_types.calls: talk_time is missing; wrap_up comes after it"],
    "wrong-word": [
        "wrong-word.yaml:2:28  sites.newark.location: in-hose is not known here; write in-house, onshore, nearshore or offshore; did you mean in-house?"
    ],
}


@pytest.mark.parametrize("fault", sorted(TOLD))
def test_a_fault_is_told_with_its_place(fault):
    """Every problem of the file stands in the message with file, line, column, key, and what to do; and no other."""
    assert told_of(FILES / f"{fault}.yaml") == TOLD[fault]


def test_every_broken_file_is_tested():
    assert {path.stem for path in FILES.glob("*.yaml")} - {"good", "full"} == set(TOLD)


@pytest.mark.parametrize("name", ["good", "full"])
def test_the_files_that_faults_are_made_from_are_good(name):
    assert load(FILES / f"{name}.yaml").scenarios
