"""
One scenario in numbers, without chance: what flows from ``planning`` to everything behind it.

Only arrays and the meaning of their columns. Conventions, here and in ``workload`` and ``log``:

- Times are whole ticks of 2**-20 s (int64) since the start of the simulation; the counted period begins at
  ``Plan.counted_from``, after the warm-up. "Did not happen" and "no limit" are -1, never 0.
- Work is counted in units of 1/65536 tick. An agent who serves at ``rate`` does ``rate`` units a tick, so that a
  contact of ``work`` units ends after ceil(work / rate) ticks (rule 1).
- Where there is one for each visit or segment, row numbers are int32 and codes int8 (``Rows``): millions of them must
  fit into memory. Widen them before arithmetic.
- CSR: one array for all rows and an array of offsets; the rows of i are ``offset[i]:offset[i + 1]``.
- Types, pools, sites and lines stand in the order of their stream keys (their names unless renamed), never in the
  order of the file, so that reordering the file moves nothing. ``Names`` keeps the order of the file for display.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

    from ccsim.contracts import Contracts
    from ccsim.costs import Costs, Exchange
    from ccsim.strings import Satisfaction, Strings

    Ints = NDArray[np.int64]
    Rows = NDArray[np.signedinteger[Any]]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

TICKS_PER_SECOND = 1 << 20
UNITS_PER_TICK = 1 << 16
UNITS_PER_SECOND = TICKS_PER_SECOND * UNITS_PER_TICK


class Channel(IntEnum):
    """
    How a contact reaches the center, or the center its customer. Email and back-office are deferred; the others are
    live, outbound contacts without patience.
    """

    PHONE = 0
    CHAT = 1
    EMAIL = 2
    BACK_OFFICE = 3
    OUTBOUND = 4

    @property
    def is_deferred(self) -> bool:
        return self in (Channel.EMAIL, Channel.BACK_OFFICE)


class AgentChoice(IntEnum):
    """Which agent with room a contact goes to, within one rank (rule 7)."""

    LONGEST_IDLE = 0
    LEAST_LOADED = 1
    MOST_LOADED = 2
    RANDOM = 3
    IN_ORDER = 4


class ContactChoice(IntEnum):
    """Which waiting contact an agent with room takes, within the highest priority (rule 7)."""

    LONGEST_WAITING = 0
    DUE_FIRST = 1
    WEIGHTED = 2
    LONGEST_QUEUE = 3


class Formula(IntEnum):
    """Service-level formulas (world rules, "Measures"); ``offered`` is the default."""

    OFFERED = 0
    ANSWERED = 1
    IGNORED = 2
    POSITIVE = 3
    SHORT_EXCLUDED = 4


class Cause(IntEnum):
    """Why a visit takes place."""

    FIRST = 0
    RETRIAL = 1
    RECONTACT = 2
    TRANSFER = 3


class Allocation(IntEnum):
    """How a contact is given to one of the lanes of its type when it arrives."""

    SHARE = 0
    SHORTEST_WAIT = 1


class Predictor(IntEnum):
    """Expected wait of who joins a queue (rule 13)."""

    QUEUE_LENGTH = 0
    """(waiting + 1) x mean handle time / agents on shift of the pools that may take the type."""
    LAST_WAIT = 1
    """Wait of the last one answered of the type who had to wait."""


class SpellKind(IntEnum):
    ON_DUTY = 0
    ON_CALL = 1
    """At home, ready to be called in between begin and end."""
    BENCH = 2
    """Takes over a shift of somebody absent."""
    OVERTIME = 3
    """Takes over a shift of somebody absent, in overtime."""


class DemandKind(IntEnum):
    """Where arrivals come from: a Poisson process around the forecast, recorded counts, or recorded times."""

    POISSON = 0
    COUNTS = 1
    TIMES = 2


@dataclass(frozen=True)
class Law:
    """
    A distribution of a duration, in seconds, in one canonical form per family.

    ========== =========================================================
    family     parameters
    ========== =========================================================
    constant   value
    exponential mean
    lognormal  mu, sigma (of the logarithm of seconds)
    gamma      shape, scale (Erlang-k is gamma with shape k)
    weibull    shape, scale
    uniform    low, high
    empirical  the sorted sample, each value equally likely
    mixture    weights (sum 1); ``parts`` are the components
    ========== =========================================================

    ``mean`` and ``cv`` (standard deviation / mean) are those of the law as written. ``endless`` (patience only) has
    mean inf.
    """

    family: str
    parameters: tuple[float, ...]
    mean: float
    cv: float
    parts: tuple[Law, ...] = ()


@dataclass(frozen=True)
class Types:
    """Contact types, T rows. Laws are per type; levels per interval multiply them (see ``Forecast``)."""

    name: tuple[str, ...]
    stream: tuple[str, ...]
    channel: Ints
    weight: Ints
    """Whole-number weight of the wait, for ``ContactChoice.WEIGHTED``."""
    max_waiting: Ints
    """Most contacts that may wait, -1 = no limit."""
    line_group: Ints
    """Row of ``Lines``, -1 = no limit on lines."""
    at_close_disconnect: Bools
    """Waiting contacts are disconnected at closing time (else served)."""
    finish_if_under: Ints
    """
    Deferred work in hand at shift end with less base work left than this is finished, else handed over. [units; 0 =
    always hand over]
    """
    hand_over_work: Ints
    """Base work added by a hand-over at shift end. [units]"""
    resume_work: Ints
    """Base work added each time interrupted work is resumed. [units]"""
    interrupted_returns: Bools
    """Interrupted deferred work goes back to the queue (else it waits for its agent)."""
    agent_choice: Ints
    """``AgentChoice``"""
    opening_offset: Ints
    opening_from: Ints
    opening_to: Ints
    """Opening hours (CSR by type), merged, ascending, clipped to the simulation. [ticks; from <= t < to is open]"""
    work_law: tuple[Law, ...]
    """Base talk or handling."""
    wrap_law: tuple[Law | None, ...]
    patience_law: tuple[Law | None, ...]
    """None for deferred types and for types whose customers never abandon."""
    balk: Floats
    """Share of those who would have to wait that leaves at once."""


@dataclass(frozen=True)
class Lines:
    """Groups of telephone lines, each limiting waiting plus talking contacts of its types."""

    name: tuple[str, ...]
    limit: Ints


@dataclass(frozen=True)
class Pools:
    """Agent pools, P rows."""

    name: tuple[str, ...]
    stream: tuple[str, ...]
    site: Ints
    concurrency: Ints
    mixes_calls: Bools
    interruptible: Bools
    contact_choice: Ints
    """``ContactChoice``"""
    pooled_leavers: Bools
    """
    At a shift end nobody is named: idle agents leave first, then whoever is free next (else the agents named by the
    shift).
    """
    rate: Ints
    """
    [P, T, max concurrency] units of work per tick with k contacts open in column k - 1; 0 = pool does not handle the
    type.
    """
    priority: Ints
    """[P, T] whole number, higher first; -1 = does not handle."""
    factor: Floats
    """
    [P, T] handle-time factor as written (x1.12), NaN = does not handle. For measures and Erlang, never for the
    engine.
    """
    speed: Floats
    """[P, max concurrency] speed of one chat with k open, NaN beyond the pool's concurrency. For Erlang."""


@dataclass(frozen=True)
class Routing:
    """
    Steps of each type (CSR by type), ranks ascending; within a rank in the order of its list, or of the rows where the
    type has no list.

    Already struck to the scenario: only pools it has, and the first rank joins at once where a pool was struck.
    """

    offset: Ints
    pool: Ints
    rank: Ints
    after: Ints
    """Wait in this queue from which the pool may take the contact. [ticks]"""
    window: Ints
    """Row of ``Windows``, -1 = always."""
    awake: Ints
    """Only while some agent of this pool is on shift, -1 = no such condition."""
    asleep: Ints
    """Only while no agent of this pool is on shift, -1 = no such condition."""
    keep_free: Ints
    """Taken only while more than this number of agents of the pool are idle; 0 = no reserve."""
    lane: Ints
    """Lane of the type, counted from 0; always 0 where the type has one queue. Steps of a type ascend by it."""


@dataclass(frozen=True)
class Lanes:
    """
    Types whose contacts are allocated to several queues (CSR by type; one row for a type with one queue).

    A lane has its own queue and its own steps (``Routing.lane``); a contact stays in its lane.
    """

    offset: Ints
    name: tuple[str, ...]
    allocation: Ints
    """[T] ``Allocation``"""
    share: Floats
    """
    Per lane, adding to 1 within a type. Where contacts are allocated by share lanes stand in the order of their names,
    where the wait decides in that of the file, which is a rule there.
    """
    protect: Ints
    """
    [T] shortest wait: the first lane is kept while its expected wait is at most this; -1 = the shortest is taken
    (ties: the first). [ticks]
    """
    mean_work: Ints
    """[T] mean handle time for the expected wait. [ticks]"""


@dataclass(frozen=True)
class Moves:
    """
    Ways in which a customer comes again or goes on after a visit, M rows by (from type, cause, outcome or to type).

    A visit has at most one successor. After an unanswered one the retrial of its outcome comes if its uniform lies
    below ``probability``. After an answered one the transfers are tried in their order, each with its own uniform
    against ``transfers``; if none takes it, it is resolved with probability ``resolves``; if it is not, the recontact
    comes if its uniform lies below ``probability``.
    """

    from_type: Ints
    to_type: Ints
    cause: Ints
    """``Cause``, never FIRST."""
    outcome: Ints
    """``log.Outcome`` after which a retrial may come; -1 for others."""
    probability: Floats
    """[M, at_most] after the customer's visit a, counted from 0; NaN for transfers."""
    delay_law: tuple[Law | None, ...]
    """None for transfers, which happen at once."""
    in_opening_hours: Bools
    """The delay runs only while ``to_type`` is open."""
    warm: Bools
    hold_limit: Ints
    """[ticks]"""
    keeps_clock: Bools
    at_most: int
    """Further visits of one customer."""
    resolves: Floats
    """[P, T] probability that a contact handled by an experienced agent of the pool is resolved; NaN = not handled."""
    transfers: Floats
    """[P, M] probability that a contact goes on by this transfer, given that no earlier one took it; 0 for others."""


@dataclass(frozen=True)
class Dialing:
    """Types whose customers are called by agents: callbacks (offered) and campaigns (all). [T] each."""

    is_campaign: Bools
    """Every contact is dialed from its first start."""
    offer_over: Ints
    """A callback is offered to who would wait and whose expected wait is more than this; -1 = never. [ticks]"""
    predictor: Ints
    """``Predictor``"""
    mean_work: Ints
    """Mean handle time for ``Predictor.QUEUE_LENGTH``. [ticks]"""
    accepts: Floats
    window_from: Ints
    """
    Begin of the promised window after the offer, 0 if none is promised: who accepts joins the queue then. A window that
    would not lie in the type's opening hours as a whole is the first one after it that does. [ticks]
    """
    window_to: Ints
    """End of the promised window after the offer; -1 = none promised, and who accepts joins at once. [ticks]"""
    dial_law: tuple[Law | None, ...]
    reached: Floats
    """Probability at each attempt."""
    attempts: Ints
    retry_after: Ints
    """From the end of a vain attempt until the contact joins its queue again. [ticks]"""


@dataclass(frozen=True)
class Flexibility:
    """What agents' hours do with the queue (rule 14). [P] each; -1 = not used."""

    leave_after_idle: Ints
    """[ticks]"""
    leave_keep_idle: Ints
    leave_at_least_left: Ints
    """[ticks]"""
    call_when_waiting: Ints
    """[lines of ``Agents``] on-call lines: somebody is called while more contacts than this wait; else -1."""
    call_lead: Ints
    """[lines] [ticks]"""
    call_stays: Ints
    """[lines] [ticks]"""
    call_pause: Ints
    """[lines] between two calls to agents of a line. [ticks]"""


@dataclass(frozen=True)
class Windows:
    """Times in which a routing step holds: W windows (CSR), merged and ascending. [ticks]"""

    offset: Ints
    begins: Ints
    ends: Ints


@dataclass(frozen=True)
class Agents:
    """
    Agents, N rows in the order (pool, line, seat). A line is a shift line of the file, the heads of a pool staffed by
    numbers, or agents who come only if needed (``Attendance.kind``).
    """

    pool: Ints
    line: Ints
    seat: Ints
    line_name: tuple[str, ...]
    """
    Stream key of each line: ``pool/shift``; of those who come if needed ``pool/shift/bench``, ``pool/shift/overtime``
    and ``pool/on call/name``.
    """


@dataclass(frozen=True)
class Shifts:
    """
    Planned spells, before chance: one row per agent and stretch of a local date. S rows, ordered by (agent, begins).

    For pools staffed by numbers (``Pools`` with rows in ``Heads``) there are none here: ``chance`` makes them from
    ``Heads``.
    Spells that began before the simulation begin at tick 0 and have lost the breaks due before it.
    """

    agent: Ints
    begins: Ints
    ends: Ints
    date: Ints
    """Local date of the start (proleptic ordinal), which decides on absence and holidays."""
    block_offset: Ints
    block_due: Ints
    block_length: Ints
    block_paid: Bools
    block_kind: Ints
    """Breaks and activities (CSR by shift), ``BlockKind``."""


class BlockKind(IntEnum):
    BREAK = 0
    ACTIVITY = 1
    OFF_PHONE = 2
    TRAINING = 3


@dataclass(frozen=True)
class Heads:
    """
    Number of agents of pools staffed by numbers (CSR by pool): from ``begins`` on, ``number`` agents. Ends with the
    simulation.
    """

    offset: Ints
    begins: Ints
    number: Ints
    date: Ints
    """Local date of ``begins``; a row starts at every local midnight."""


@dataclass(frozen=True)
class Shrinkage:
    """Per line of ``Agents``. ``absence`` and ``other`` are shares [0, 1); total = 1 - (1 - absence)(1 - other)."""

    absence: Floats
    other: Floats
    """Of present time."""
    block: Ints
    """Length of one off-phone block. [ticks]"""
    as_heads: Bools
    """The spreadsheet rule: other shrinkage takes whole agents away, rounded by a draw."""


@dataclass(frozen=True)
class Careers:
    """
    Who holds the seats one after the other, and how much they have learned; per line of ``Agents`` unless said.

    Careers run on the local calendar, in whole dates: somebody hired on a date trains for ``training`` days and is then
    on the floor. Tenure counts from hiring, experience from the first day on the floor. After w whole weeks there the
    handle time is 1 + (``new_handle_time`` - 1) x 0.5 ** (w / ``half_life``) times the usual one, and the resolution
    likewise.
    """

    opens: Ints
    """Local date (ordinal) on which the line's first people have ``tenure``: its first day, or that of tick 0."""
    closes: Ints
    """Last local date of the line; nobody is hired for it after that."""
    spread: Floats
    """Coefficient of variation of a lognormal factor on each person's handle time, mean 1; 0 = all alike."""
    tenure: Floats
    """Of the line's first people; inf = experienced. [days]"""
    training: Floats
    """On the payroll, away from contacts. [days]"""
    nesting: Floats
    """First days on the floor, in which only ``nesting_share`` of present time is for contacts. [days]"""
    nesting_share: Floats
    new_handle_time: Floats
    new_resolves: Floats
    half_life: Floats
    """[weeks]"""
    band_offset: Ints
    band_until: Floats
    """Bands of tenure (CSR by line), ascending, the last until inf. [days]"""
    band_hazard: Floats
    """Rate at which people leave in each band. [1/day]"""
    class_size: Ints
    """[P] so many vacant seats make a hiring class; 0 = classes start as planned."""
    lead: Ints
    """[P] from the vacancy that completes a class to its first day. [days]"""
    class_offset: Ints
    class_date: Ints
    class_agents: Ints
    """Planned hiring classes (CSR by pool), ascending in their local date: how many seats each fills at most."""


@dataclass(frozen=True)
class Attendance:
    """Who comes, when, and who comes instead; per line of ``Agents`` unless said."""

    kind: Ints
    """
    ``SpellKind`` of the line's spells. Lines on duty have ``Shifts`` or ``Heads``; those on call have the windows
    below; those that stand in (bench, overtime) work the shifts of somebody absent, as chance has it.
    """
    absence_lasts: Floats
    """Mean length of an absence, in working dates of the seat; 1 = every date is drawn on its own."""
    late: Floats
    """Share of shifts that begin late."""
    late_law: tuple[Law | None, ...]
    breaks_late_law: tuple[Law | None, ...]
    """How much later than due each break is taken."""
    stand_in: Ints
    """Line of those who stand in for its absent; -1 = nobody does."""
    replaced: Floats
    """Share of absences for which somebody stands in. A bench has no more than its seats on a date."""
    willing: Floats
    """Share of shifts whose agent goes home early if the rule allows it."""
    call_agent: Ints
    call_date: Ints
    call_begins: Ints
    call_ends: Ints
    """
    Windows in which agents may be called in, ordered by (agent, begins), with the local date of their begin (ordinal).
    [ticks]
    """


@dataclass(frozen=True)
class OutageLaws:
    """Outages, known and at random, O rows in the order of their stream keys."""

    name: tuple[str, ...]
    stream: tuple[str, ...]
    pools: Bools
    """[O, P] agents of these pools are out."""
    types: Bools
    """[O, T] contacts of these types are blocked."""
    requeues: Bools
    begins: Ints
    """Of a known outage, perhaps before tick 0; 0 for those at random. [ticks]"""
    rate: Floats
    """At random: while none of the row is on, one begins at this rate; NaN for known outages. [1/s]"""
    lasts: tuple[Law, ...]
    back_over: Ints
    """Agents come back at drawn times up to this after the end. [ticks]"""


@dataclass(frozen=True)
class Forecast:
    """
    Demand, per type: days (CSR by type) and pieces of constant rate (CSR by type), each piece within one local day.

    Pieces are ascending and may leave holes (no demand). For ``DemandKind.COUNTS`` ``contacts`` are the recorded
    counts, each piece a whole interval, of the day in which it begins; for ``TIMES`` they are the counts per planning
    interval and ``times`` the arrivals themselves.
    """

    kind: Ints
    day_offset: Ints
    day_date: Ints
    """Local date (ordinal) in the zone of the customers."""
    day_from: Ints
    day_to: Ints
    day_period: Ints
    """Period of the forecast error that the day belongs to (week, month or horizon); part of the stream's key."""
    piece_offset: Ints
    piece_from: Ints
    piece_to: Ints
    piece_contacts: Floats
    """Expected contacts in the piece, holidays and scale included, factors of chance not."""
    piece_handle_level: Floats
    """Multiplies base work (talk and wrap-up) of contacts that arrive in the piece."""
    piece_patience_level: Floats
    piece_day: Ints
    """Row of the day, counted over all types like the arrays ``day_*``."""
    day_cv: Floats
    """[T] coefficient of variation of the day factor (gamma, mean 1), 0 = none."""
    day_group: tuple[str, ...]
    """[T] stream key under which the day factor is shared."""
    error_cv: Floats
    error_group: tuple[str, ...]
    actual: Floats
    """[T] so many times the forecast comes, on average; only chance knows of it."""
    time_offset: Ints
    times: Ints
    """Recorded arrival times (CSR by type), ascending. [ticks]"""
    backlog_offset: Ints
    backlog_age: Ints
    """Opening backlog (CSR by type): ages of deferred contacts waiting at tick 0. [ticks]"""


@dataclass(frozen=True)
class Promises:
    """
    What was promised: targets, planning intervals, hours that count. For chance (due times) and measures, never the
    engine.
    """

    edges: Ints
    """I + 1 edges of the planning intervals of the counted period; all of one length. [ticks]"""
    interval_day: Ints
    interval_week: Ints
    """[I] day and week of the counted period, counted from 0, by local date of the reporting zone."""
    zone: tuple[str, ...]
    utc_offset: Ints
    """[Z, I] offset of each zone from UTC at the start of each interval. [s]"""
    type_zone: Ints
    site_zone: Ints
    reporting_zone: int
    threshold: Ints
    """[T] ticks, -1 = no target. For deferred types on completion, in the hours of ``business_*``."""
    share: Floats
    """[T] target share, NaN = no target."""
    formula: Ints
    """[T] ``Formula``"""
    short_call: Ints
    """[T] limit of a short call, -1 = none. [ticks]"""
    business_offset: Ints
    business_from: Ints
    business_to: Ints
    """
    Hours in which response time counts (CSR by type); empty = calendar time. They reach beyond the end of the
    simulation.
    """
    minimum_agents: int
    """For the share of open time with fewer agents present than this."""
    occupancy_ceiling: float


@dataclass(frozen=True)
class Months:
    """Calendar months of the reporting zone, cut to the counted period: what invoices are written for."""

    name: tuple[str, ...]
    """[M] ``2026-03``"""
    edges: Ints
    """[M + 1] from the begin to the end of the counted period. [ticks]"""
    share: tuple[Fraction, ...]
    """[M] share of the month's days that are counted."""


@dataclass(frozen=True)
class Sites:
    """Sites of the scenario's pools, with what an hour of their agents costs."""

    name: tuple[str, ...]
    location: tuple[str, ...]
    country: tuple[str, ...]
    provider: tuple[str, ...]
    currency: tuple[str, ...]
    exchange: Floats
    """Units of the reporting currency per unit of the site's currency."""
    wage: Floats
    """Per paid hour, in the site's currency; NaN = not given."""
    overtime: Floats
    """Multiplies the wage of overtime hours (1.5 = half as much again)."""
    pays_absence: Bools
    premium_offset: Ints
    premium_from: Ints
    premium_to: Ints
    premium_share: Floats
    """
    Premiums by local hour (CSR by site): added share of the wage in these times; overlapping premiums add. [ticks]
    """


@dataclass(frozen=True)
class Names:
    """The order of the file, for display: rows of ``Types``, ``Pools`` and ``Sites``."""

    types: tuple[int, ...]
    pools: tuple[int, ...]
    sites: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Plan:
    """One scenario in numbers, the same for all replications."""

    scenario: str
    epoch: int
    """UTC time of tick 0. [s since 1970-01-01]"""
    counted_from: int
    counted_to: int
    run_end: int
    """End of the run-on: what is unfinished then is open. [ticks]"""
    currency: str
    types: Types
    lines: Lines
    pools: Pools
    routing: Routing
    windows: Windows
    agents: Agents
    shifts: Shifts
    heads: Heads
    shrinkage: Shrinkage
    forecast: Forecast
    promises: Promises
    months: Months
    sites: Sites
    names: Names
    lanes: Lanes | None = None
    """None: every type has one queue."""
    moves: Moves | None = None
    """None: nobody comes again or goes on."""
    dialing: Dialing | None = None
    """None: nobody is called."""
    flexibility: Flexibility | None = None
    """None: hours do not depend on the queue."""
    careers: Careers | None = None
    """None: agents are all alike, and stay."""
    attendance: Attendance | None = None
    """None: agents come on time or are absent for a date, and nobody stands in for them."""
    outages: OutageLaws | None = None
    """None: nothing ever goes dark."""
    contracts: Contracts | None = None
    """None: nobody is paid by contract."""
    costs: Costs | None = None
    """None: of what a site costs no more is known than the wages of ``Sites``."""
    strings: Strings | None = None
    """None: nothing is paid beside own costs and invoices, and customers who give up or leave cost nothing."""
    satisfaction: Satisfaction | None = None
    """None: it is not said how satisfied customers are."""
    exchange: dict[str, Exchange] = field(default_factory=dict)
    """By currency, the reporting one (at rate one, without spread) included."""
