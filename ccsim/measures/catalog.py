"""Every measure: its name in tables and JSON, unit, kind, whom it is about, and its formula in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from ccsim.measures.tally import CONTACT_TYPE, POOL, SITE, TOTAL

KINDS = ("share", "positive", "amount", "plain", "order", "exact")
BOOKS = "books"
"""What measures of money need: costs, contracts or strings, of which books are kept."""
SATISFACTION = "satisfaction"
"""What the mean satisfaction of customers needs: a file that declares it."""


@dataclass(frozen=True)
class Measure:
    """
    What stands in one column.

    ``kind`` says how sure one can be: ``share`` (in [0, 1]), ``positive`` (counts, hours, means, cost), ``amount``
    (money, positive unless credits exceed charges) and ``plain`` (may be negative) are ratios of sums; ``order``
    (percentile, maximum) is the mean over replications of the replication's value; ``exact`` is free of chance.
    ``scopes`` are those with a value for the counted period, ``interval_scopes`` those with one per planning interval.
    ``of_waits``: no value where the type is unstable, since the waits of contacts that are never finished are unknown.
    ``needs``: the optional part of the Plan without which the measure does not exist; those of ``BOOKS`` are added
    where books are kept (``money.unit_costs``).
    """

    name: str
    unit: str
    kind: str
    scopes: tuple[str, ...]
    interval_scopes: tuple[str, ...]
    formula: str
    of_waits: bool
    needs: str


PER_INTERVAL: dict[str, tuple[str, ...]] = {
    "offered": (CONTACT_TYPE,),
    "answered": (CONTACT_TYPE,),
    "abandoned": (CONTACT_TYPE,),
    "service_level": (CONTACT_TYPE,),
    "wait_mean_s": (CONTACT_TYPE,),
    "speed_of_answer_s": (CONTACT_TYPE,),
    "queue_mean": (CONTACT_TYPE,),
    "handle_time_mean_s": (CONTACT_TYPE,),
    "customers": (CONTACT_TYPE,),
    "first_attempt_success": (CONTACT_TYPE,),
    "eventual_success": (CONTACT_TYPE,),
    "resolution_rate": (CONTACT_TYPE,),
    "resolved_share": (CONTACT_TYPE,),
    "backlog_mean": (CONTACT_TYPE,),
    "coverage": (CONTACT_TYPE,),
    "erlang_c_service_level": (CONTACT_TYPE,),
    "erlang_c_agents": (CONTACT_TYPE,),
    "required_agents": (CONTACT_TYPE,),
    "agents_scheduled": (POOL,),
    "agents_present": (POOL,),
    "occupancy": (POOL,),
}
OF_WAITS = {"wait_mean_s", "speed_of_answer_s", "wait_p50_s", "wait_p90_s", "wait_max_s", "response_mean_s"}


NEEDS = {
    **dict.fromkeys(
        (
            "first_visits",
            "retrials",
            "recontacts",
            "transfers_in",
            "transferred",
            "customers",
            "customers_cut_off",
            "first_attempt_success",
            "eventual_success",
            "resolution_rate",
            "first_contact_resolution",
            "visits_per_customer",
            "contacts_per_resolution",
            "total_wait_mean_s",
            "handle_time_per_resolution_s",
            "resolved_share",
            "transfer_rate",
            "labor_cost_per_resolution",
        ),
        "moves",
    ),
    **dict.fromkeys(
        (
            "unreached",
            "reached_share",
            "callbacks_offered",
            "callbacks_accepted",
            "callback_answered_share",
            "callback_in_window_share",
            "callback_wait_mean_s",
            "wait_error_mean_s",
            "wait_error_absolute_s",
        ),
        "dialing",
    ),
    **dict.fromkeys(
        (
            "lost_in_outage",
            "customers_lost_in_outage",
            "outage_queue_max",
            "outage_recovery_hours",
            "outage_headroom_agents",
            "outage_hours",
            "downtime_hours",
        ),
        "outages",
    ),
    "satisfaction_mean": SATISFACTION,
    **dict.fromkeys(("called_in_hours", "sent_home_hours"), "flexibility"),
    **dict.fromkeys(("stand_in_hours", "late_hours"), "attendance"),
    **dict.fromkeys(
        (
            "total_cost",
            "total_cost_per_answered",
            "total_cost_per_handled_minute",
            "total_cost_per_resolution",
            "total_cost_per_productive_hour",
        ),
        BOOKS,
    ),
}


def group(scopes: tuple[str, ...], unit: str, kind: str, formulas: dict[str, str]) -> dict[str, Measure]:
    return {
        name: Measure(
            name, unit, kind, scopes, PER_INTERVAL.get(name, ()), formula, name in OF_WAITS, NEEDS.get(name, "")
        )
        for name, formula in formulas.items()
    }


TYPES = (CONTACT_TYPE,)
STAFF = (POOL, SITE, TOTAL)

CATALOG: dict[str, Measure] = {
    **group(
        (CONTACT_TYPE, TOTAL),
        "contacts",
        "positive",
        {
            "arrived": "offered + blocked + closed",
            "offered": "A = answered + abandoned + balked + disconnected + unreached + open",
            "abandoned": "gave up after waiting",
            "balked": "left at once, since they would have had to wait",
            "blocked": "turned away because lines or waiting places were full",
            "closed": "came outside the opening hours",
            "disconnected": "were waiting at closing time, or in hand when an outage began",
            "unreached": "were called, and not reached at any of the attempts",
            "open": "unfinished when the run ended",
            "open_overdue": "deferred work unfinished when the run ended and past its due time: missed",
            "open_not_due": "deferred work unfinished when the run ended and not yet due: not in the service level",
            "first_visits": "of arrived: customers who came for the first time",
            "retrials": "of arrived: customers who came again, not having been answered",
            "recontacts": "of arrived: customers who came again, their matter not having been resolved",
            "transfers_in": "of arrived: passed on from another type",
            "transferred": "of answered: passed on to another type",
            "customers": "whose first visit arrived in the counted period, by the type of that visit",
            "customers_cut_off": "of customers: would come again only after the end of the run, and count as if not",
            "callbacks_offered": "were offered a callback, since the expected wait was too long",
            "callbacks_accepted": "took it",
            "lost_in_outage": "ended unanswered while an outage was on",
            "customers_lost_in_outage": "of customers: at some visit lost in an outage, and answered at none",
        },
    ),
    **group(
        (CONTACT_TYPE, POOL, TOTAL),
        "contacts",
        "positive",
        {"answered": "S = taken by an agent, deferred work: completed; of a pool: those it had last"},
    ),
    **group(
        TYPES,
        "share",
        "share",
        {
            "service_level": "by the type's own formula and threshold T; deferred types: S_T = completed by due time",
            "service_level_offered": "S_T / A",
            "service_level_answered": "S_T / S",
            "service_level_ignored": "S_T / (A - L_T)",
            "service_level_positive": "(S_T + L_T) / A",
            "service_level_short_excluded": "S_T / (A - L_t), t = the type's short-call limit",
            "abandonment_rate": "L / A, L = abandoned + balked; live types",
            "first_attempt_success": "customers whose first visit was answered / customers",
            "eventual_success": "customers answered at some visit / customers",
            "resolution_rate": "customers whose matter was resolved in the end / customers",
            "first_contact_resolution": "customers resolved without a recontact / customers answered at some visit",
            "callback_answered_share": "accepted callbacks that were answered / accepted callbacks",
            "callback_in_window_share": "answered by the end of the promised window / accepted callbacks with a window",
            "reached_share": "of those dialed, callbacks and campaigns: answered / (answered + unreached)",
            "target_met_share_interval": "intervals in target / those with a value and 10 or more expected contacts",
            "target_met_share_day": "days in target / days with a value",
            "target_met_share_week": "weeks in target / weeks with a value",
        },
    ),
    **group(
        (CONTACT_TYPE, TOTAL),
        "share",
        "share",
        {"satisfaction_mean": "satisfaction of customers as the file declares it: by resolution, wait and pool"},
    ),
    **group(
        TYPES,
        "s",
        "positive",
        {
            "wait_mean_s": "mean wait of all, arrival to first start, abandonment or disconnection; balked: 0",
            "speed_of_answer_s": "mean wait of the answered, arrival to first start",
            "response_mean_s": "mean time from arrival to completion; deferred types",
            "total_wait_mean_s": "known waits of all visits of a customer, added / customers",
            "handle_time_per_resolution_s": "agents' time on all visits of customers / customers resolved",
            "callback_wait_mean_s": "mean time from the offer of a callback to its answer",
            "wait_error_absolute_s": "mean of |expected - real wait|, of types with callbacks, answered without one",
        },
    ),
    **group(
        TYPES,
        "s",
        "plain",
        {"wait_error_mean_s": "mean of expected - real wait, of types with callbacks, answered without one"},
    ),
    **group(
        TYPES,
        "visits",
        "positive",
        {
            "visits_per_customer": "visits of customers / customers",
            "contacts_per_resolution": "answered visits of customers / customers resolved",
        },
    ),
    **group(
        (CONTACT_TYPE, POOL),
        "share",
        "share",
        {
            "resolved_share": "answered visits that resolved the matter / answered visits that were not passed on",
            "transfer_rate": "answered visits that were passed on / answered visits",
        },
    ),
    **group(
        TYPES,
        "contacts",
        "order",
        {"outage_queue_max": "most contacts that wait at one instant of an outage"},
    ),
    **group(
        TYPES,
        "hours",
        "order",
        {
            "outage_recovery_hours": "longest time from the end of an outage to the end of the last planning interval "
            "after it that misses the target before one meets it, intervals without contacts left aside; of outages "
            "that end in the counted period",
        },
    ),
    **group(
        TYPES,
        "agents",
        "order",
        {
            "outage_headroom_agents": "most agents missing to required_agents in a planning interval with an outage: "
            "present ones who may take the type, those shared with other types included",
        },
    ),
    **group((TOTAL,), "hours", "positive", {"outage_hours": "time in the counted period with an outage"}),
    **group(
        (CONTACT_TYPE, POOL),
        "s",
        "positive",
        {"handle_time_mean_s": "agents' time on answered contacts, wrap-up included / answered contacts"},
    ),
    **group(
        TYPES,
        "s",
        "order",
        {
            "wait_p50_s": "smallest wait that at least 50 % of all waits do not exceed",
            "wait_p90_s": "smallest wait that at least 90 % of all waits do not exceed",
            "wait_max_s": "longest wait",
            "oldest_age_max_s": "largest age of an open contact; deferred types",
        },
    ),
    **group(
        TYPES,
        "contacts",
        "positive",
        {
            "queue_mean": "time average of contacts that wait for their first start",
            "backlog_mean": "time average of open contacts; deferred types",
        },
    ),
    **group(
        TYPES,
        "contacts",
        "order",
        {
            "queue_max": "most contacts that wait for their first start at one instant",
            "backlog_max": "most open contacts at one instant; deferred types",
        },
    ),
    **group(
        TYPES,
        "hours",
        "positive",
        {"backlog_hours_mean": "time average of the agents' time that open contacts still need; deferred types"},
    ),
    **group(
        TYPES,
        "hours",
        "order",
        {"backlog_hours_max": "most agents' time that open contacts still need at one instant; deferred types"},
    ),
    **group(
        TYPES,
        "contacts per week",
        "plain",
        {"backlog_growth": "(unfinished at the end - at the start of the counted period) / its weeks"},
    ),
    **group(
        TYPES,
        "share",
        "plain",
        {"backlog_growth_share": "(unfinished at the end - at the start of the counted period) / offered"},
    ),
    **group(
        TYPES,
        "share",
        "exact",
        {
            "coverage": "open time with an agent planned on duty in a pool that may take the type / open time; not of "
            "campaigns, whose customers do not wait",
            "erlang_c_service_level": "Erlang C for the planned agents, by volume; compare service_level_offered",
            "erlang_c_unstable_share": "volume in intervals that Erlang C calls unstable or unstaffed / volume",
        },
    ),
    **group(
        TYPES,
        "share",
        "share",
        {
            "coverage_present": "open time with an agent present in a pool that may take the type / open time",
            "few_agents_share": "open time with fewer agents present than minimum_agents / open time",
        },
    ),
    **group(
        TYPES,
        "hours per day",
        "exact",
        {"understaffed_hours_per_day": "agents missing to required_agents, summed over time / days"},
    ),
    **group(
        (),
        "agents",
        "exact",
        {
            "erlang_c_agents": "planned agents less breaks, expected absence and shrinkage; the type's part",
            "required_agents": "smallest number of agents with which Erlang C meets the target",
        },
    ),
    **group(
        STAFF,
        "hours",
        "positive",
        {
            "scheduled_hours": "planned spells less unpaid breaks, absent agents included",
            "paid_hours": "scheduled + overtime, less absence where the site does not pay it",
            "present_hours": "scheduled - absence - lateness - downtime + overtime",
            "available_hours": "present - paid breaks - activities - off-phone time",
            "handling_hours": "time with a contact in hand, counted once however many are",
            "slot_hours": "time with a contact in hand, counted for each contact",
            "overtime_hours": "work outside planned spells",
            "called_in_hours": "time of agents on call who were called in",
            "stand_in_hours": "time of agents from the bench or in overtime, in place of absent ones",
            "sent_home_hours": "planned time left when agents went home early, unpaid",
            "late_hours": "time from the planned begin of spells until their agents came",
            "downtime_hours": "time on duty while an outage kept agents from work, paid and not present",
        },
    ),
    **group(STAFF, "share", "share", {"occupancy": "handling / available"}),
    **group(
        (POOL,),
        "share",
        "share",
        {"above_ceiling_share": "available time in intervals with occupancy above the ceiling / available time"},
    ),
    **group(
        (),
        "agents",
        "positive",
        {"agents_scheduled": "time average of scheduled agents", "agents_present": "time average of agents present"},
    ),
    **group(
        STAFF,
        "currency",
        "positive",
        {
            "labor_cost": "regular + premium + overtime; no value without a wage",
            "labor_cost_regular": "(paid - overtime) x wage",
            "labor_cost_premium": "paid time in a premium's hours x wage x its share; premiums and holiday pay add",
            "labor_cost_overtime": "overtime x wage x overtime factor",
        },
    ),
    **group(
        (TOTAL,),
        "currency",
        "positive",
        {
            "labor_cost_per_answered": "labor cost / answered contacts",
            "labor_cost_per_resolution": "labor cost / customers resolved",
        },
    ),
    **group(
        (TOTAL,),
        "currency",
        "amount",
        {
            "total_cost": "all that the client pays, less credits: own costs and invoices",
            "total_cost_per_answered": "total cost / answered contacts",
            "total_cost_per_handled_minute": "total cost / agents' minutes on answered contacts, wrap-up included",
            "total_cost_per_resolution": "total cost / customers resolved; where nobody comes again all answered are",
            "total_cost_per_productive_hour": "total cost / available hours",
        },
    ),
}
