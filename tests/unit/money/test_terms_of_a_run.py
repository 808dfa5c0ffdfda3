"""Terms of a simulated fortnight over two months, recomputed contact by contact from its Log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from ccsim import chance, config, engine, planning
from ccsim.log import Log, Outcome
from ccsim.money.ledger import Ledger, Writer, rounded
from ccsim.money.scores import WHOLE_MONTH, Scores
from ccsim.money.terms import terms
from ccsim.plan import TICKS_PER_SECOND, Plan

pytestmark = pytest.mark.slow

FEES = [[812_345, 1_200_000]]
"""Of June and of July, in cents."""
TEXT = """
title: a fortnight
calendar: {start: 2026-06-22, weeks: 2, timezone: America/New_York}
contact_types:
  calls:
    channel: phone
    demand: {rate: 26 per hour, day_factor: 25%}
    handle_time: {exponential: 5 min}
    patience: {exponential: 3 min}
    service_level: 80% in 20 s
  mail:
    channel: email
    demand: {rate: 5 per hour}
    handle_time: {exponential: 8 min}
    service_level: {share: 90%, within: 3 h, hours: mon-fri 08:00-20:00}
sites:
  newark: {location: in-house, country: US, timezone: America/New_York}
  manila: {location: offshore, country: PH, timezone: Asia/Manila, provider: acme}
pools:
  home:
    site: newark
    handles: {calls: {}, mail: {}}
    shifts: {day: {days: mon-fri, from: 08:00, to: 18:00, agents: 2}}
  far: {site: manila, handles: {calls: {}, mail: {}}, staffing: 4}
routing:
  calls: [{pool: far, when: {hours: 06:00-22:00}}, {pool: home, after: 15 s}]
  mail: [{pool: far, when: {hours: 20:00-08:00}}, {pool: home, when: {awake: home}}]
contracts:
  care:
    provider: acme
    currency: USD
    price: [{per: contact, rate: 3 USD}]
    forecast: {share: 50%, band: 5%}
    relief: true
    at_risk: 12%
    earn_back: 1 month
    terms:
      - {type: calls, measure: service_level, target: 80%, weight: 30%, penalty: {per_point: 0.3%}, floor: 50%,
         bonus: {above: 85%, per_point: 0.2%}}
      - {type: calls, measure: abandonment, per: day, target: 8%, periods_met: 90%, weight: 30%,
         penalty: [{below: 90%, credit: 1%}, {below: 60%, credit: 2.5%}]}
      - {type: calls, measure: speed_of_answer, per: interval, pooled: false, target: 2 s, weight: 20%,
         penalty: {per_second: 0.05%}, hours: {mon-fri: 08:00-18:00}, exclude: [2026-06-24], clock: from arrival}
      - {type: mail, measure: response, target: 99.2%, within: 2 h, weight: 20%, belongs: offered to}
"""


class Run(NamedTuple):
    plan: Plan
    log: Log
    scores: Scores
    ledger: Ledger


@cache
def run() -> Run:
    """Judged as any other."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "fortnight.yaml"
        file.write_text(TEXT, encoding="utf-8")
        experiment = config.load(file)
    plan = planning.plan(experiment, "base")
    log = engine.simulate(plan, chance.draw(plan, seed=7, replication=0))
    writer = Writer("USD")
    return Run(plan, log, terms(plan, log, FEES, writer), writer.ledger())


# The same again, by hand: from here on nothing of ccsim.money is used but its rounding.

SECOND = TICKS_PER_SECOND
NEW_YORK = ZoneInfo("America/New_York")
RISK = {
    "service": Fraction("0.30"),
    "abandonment": Fraction("0.30"),
    "speed": Fraction("0.20"),
    "mail": Fraction("0.20"),
}
FULL = Fraction("0.12")


class Contact(NamedTuple):
    type: str
    arrived: int
    outcome: Outcome
    started: int
    left: int
    pool: str

    @property
    def until(self) -> int:
        """Answered or gone, or never."""
        return self.started if self.started >= 0 else self.left if self.left >= 0 else run().log.stopped


def clock(tick: int) -> datetime:
    """The wall clock in New York."""
    return (datetime.fromtimestamp(run().plan.epoch, UTC) + timedelta(seconds=tick / SECOND)).astimezone(NEW_YORK)


def tick_at(wall: datetime) -> int:
    return round((wall - datetime.fromtimestamp(run().plan.epoch, UTC)).total_seconds() * SECOND)


def contacts(type_: str) -> list[Contact]:
    """Counted ones."""
    plan, visits = run().plan, run().log.visits
    rows = zip(visits.type, visits.arrived, visits.outcome, visits.started, visits.left, visits.pool, strict=True)
    named = [
        Contact(plan.types.name[t], int(at), Outcome(o), int(s), int(gone), plan.pools.name[p] if p >= 0 else "")
        for t, at, o, s, gone, p in rows
    ]
    return [c for c in named if c.type == type_ and plan.counted_from <= c.arrived < plan.counted_to]


def next_between(tick: int, begins: int, ends: int) -> int:
    """The instant itself if the clock then reads between two hours (perhaps over midnight), else the next begin."""
    wall = clock(tick)
    inside = begins <= wall.hour < ends if begins < ends else wall.hour >= begins or wall.hour < ends
    if inside:
        return tick
    opens = wall.replace(hour=begins, minute=0, second=0, microsecond=0)
    return tick_at(opens if opens > wall else opens + timedelta(days=1))


def calls_of_acme() -> list[Contact]:
    """Answered by far; and unanswered ones that far, first in the list, could take before they were gone."""
    return [
        call
        for call in contacts("calls")
        if (call.pool == "far" if call.outcome == Outcome.ANSWERED else next_between(call.arrived, 6, 22) <= call.until)
    ]


def month_of(tick: int) -> int:
    return clock(tick).month - 6


def is_surprise(volume: int, forecast: Fraction) -> bool:
    return volume > forecast * Fraction("1.05")


def fee_share(share: Fraction, month: int) -> int:
    return rounded(share * FEES[0][month])


def held(marks: list[tuple[Fraction, bool]], better: type) -> Fraction | None:
    """Mean of periods, the excused ones (true) left out if that is better; None if all are."""
    rest = [mark for mark, excused in marks if not excused]
    return better(sum(part) / len(part) for part in ([mark for mark, _ in marks], rest)) if rest else None


def found(term: str, month: int) -> tuple[float, int, int]:
    """Value, met and credit of a month of a term, as ccsim says."""
    scores = run().scores
    row = next(
        row
        for row, key in enumerate(scores.keys)
        if term in key.term and (key.month, key.period) == (month, WHOLE_MONTH)
    )
    return scores.numerator[row] / scores.denominator[row], int(scores.met[row]), int(scores.credit[row])


def service_level(month: int) -> tuple[Fraction, bool]:
    """Value and relief of a month of days x 24 h x 26 calls."""
    in_month = [call for call in calls_of_acme() if month_of(call.arrived) == month]
    in_time = [
        call
        for call in in_month
        if call.outcome == Outcome.ANSWERED
        and call.started - min(next_between(call.arrived, 6, 22), call.started) <= 20 * SECOND
    ]
    volume = sum(month_of(call.arrived) == month for call in contacts("calls"))
    return Fraction(len(in_time), len(in_month)), is_surprise(volume, Fraction(26 * 24 * (9, 5)[month]))


def service_penalty(month: int) -> int:
    level, excused = service_level(month)
    if excused or level >= Fraction("0.8"):
        return 0
    most = RISK["service"] * FULL
    share = most if level < Fraction("0.5") else min(most, (Fraction("0.8") - level) * 100 * Fraction("0.003"))
    return fee_share(share, month)


def test_the_service_level_of_both_months():
    """A line from 80 % down, all below 50 %, a bonus above 85 %; June's penalty comes back if July is met."""
    for month in (0, 1):
        level, excused = service_level(month)
        bonus = fee_share(max(level - Fraction("0.85"), Fraction(0)) * 100 * Fraction("0.002"), month)
        credit = bonus - service_penalty(month)
        is_met = excused or level >= Fraction("0.8")
        if month == 1 and is_met:
            credit += service_penalty(0)
        assert found("service level", month) == (pytest.approx(float(level)), int(is_met), credit)


def test_days_of_abandonment():
    """At most 8 % on 90 % of days; steps on the share of days."""
    for month in (0, 1):
        marks = []
        dates = sorted({clock(call.arrived).date() for call in contacts("calls") if month_of(call.arrived) == month})
        for date in dates:
            offered = [call for call in calls_of_acme() if clock(call.arrived).date() == date]
            volume = sum(clock(call.arrived).date() == date for call in contacts("calls"))
            lost = sum(call.outcome == Outcome.ABANDONED for call in offered)
            met = Fraction(lost, len(offered)) <= Fraction("0.08")
            marks.append((Fraction(met), is_surprise(volume, Fraction(26 * 24))))
        share = held(marks, max)
        assert share is not None
        lost_share = Fraction("0.025") if share < Fraction("0.6") else Fraction("0.01") * (share < Fraction("0.9"))
        value, met, credit = found("abandonment", month)
        assert value == pytest.approx(float(sum(mark for mark, _ in marks) / len(marks)))
        assert met == (share >= Fraction("0.9"))
        penalty = fee_share(min(lost_share, RISK["abandonment"] * FULL), month)
        before = -found("abandonment", 0)[2] if month == 1 and met else 0
        assert credit == before - penalty


def test_half_hours_of_answering():
    """Means of half hours from 8 to 18 on weekdays but 24 June, from arrival on; a second costs 0.05 %."""
    for month in (0, 1):
        answered: dict[datetime, list[int]] = {}
        volume: dict[datetime, int] = {}
        own = set(calls_of_acme())
        for call in contacts("calls"):
            wall = clock(call.arrived)
            counts = wall.weekday() < 5 and 8 <= wall.hour < 18 and (wall.month, wall.day) != (6, 24)
            if not counts or month_of(call.arrived) != month:
                continue
            half = wall.replace(minute=wall.minute // 30 * 30, second=0, microsecond=0)
            volume[half] = volume.get(half, 0) + 1
            if call in own and call.outcome == Outcome.ANSWERED:
                answered.setdefault(half, []).append(call.started - call.arrived)
        marks = [
            (Fraction(sum(waits), len(waits) * SECOND), is_surprise(volume[half], Fraction(13)))
            for half, waits in sorted(answered.items())
        ]
        mean = held(marks, min)
        assert mean is not None
        share = min(max(mean - 2, Fraction(0)) * Fraction("0.0005"), RISK["speed"] * FULL)
        value, met, credit = found("speed of answer", month)
        assert value == pytest.approx(float(sum(mark for mark, _ in marks) / len(marks)))
        assert met == (mean <= 2)
        before = -found("speed of answer", 0)[2] if month == 1 and met else 0
        assert credit == before - fee_share(share, month)


def due(since: int) -> int:
    """Two hours of Monday to Friday from 8 to 20 later."""
    left, at = 2 * 3600 * SECOND, since
    while True:
        wall = clock(at)
        closes = wall.replace(hour=20, minute=0, second=0, microsecond=0)
        opens = wall.replace(hour=8, minute=0, second=0, microsecond=0)
        if wall.weekday() < 5 and wall < closes:
            at = max(at, tick_at(opens))
            if at + left <= tick_at(closes):
                return at + left
            left -= tick_at(closes) - at
        at = tick_at((wall + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0))


def test_mail_that_was_offered():
    """Far may take mail from 20 to 8: what it took, and what waited into its hours, whoever took it then."""
    stopped = run().log.stopped
    for month in (0, 1):
        in_time, of = 0, 0
        for mail in contacts("mail"):
            offered = next_between(mail.arrived, 20, 8)
            is_done = mail.outcome == Outcome.ANSWERED
            own = (is_done and mail.pool == "far") or (offered < mail.until if is_done else offered <= mail.until)
            limit = due(min(offered, mail.until))
            if month_of(mail.arrived) != month or not own or (not is_done and limit >= stopped):
                continue
            of += 1
            in_time += is_done and mail.left <= limit
        volume = sum(month_of(mail.arrived) == month for mail in contacts("mail"))
        met = Fraction(in_time, of) >= Fraction("0.992") or is_surprise(volume, Fraction(5 * 24 * (9, 5)[month]))
        penalty = 0 if met else fee_share(RISK["mail"] * FULL, month)
        before = -found("response", 0)[2] if month == 1 and met else 0
        value, *rest = found("response", month)
        assert value == pytest.approx(in_time / of)
        assert rest == [int(met), before - penalty]


def test_the_ledger_says_what_the_scores_say():
    """Line by line and month by month, and some of it is not nothing."""
    _, _, scores, ledger = run()
    for month in (0, 1):
        lines = [at for at, line in enumerate(ledger.lines) if line.month == month]
        rows = [row for row, key in enumerate(scores.keys) if key.month == month]
        assert ledger.invoiced[lines].sum() == scores.credit[rows].sum()
    moved = {line.item for line, cents in zip(ledger.lines, ledger.amount, strict=True) if cents}
    assert moved == {"penalty", "bonus", "earn-back"}
