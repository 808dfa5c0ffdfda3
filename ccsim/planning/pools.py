"""Pools in numbers: who handles what, how fast, and what first (rules 1, 5 and 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.plan import UNITS_PER_TICK, ContactChoice, Pools
from ccsim.planning.rows import ints, key

if TYPE_CHECKING:
    from ccsim.model.pool import Pool
    from ccsim.plan import Floats, Ints
    from ccsim.planning.rows import Rows

CONTACT_CHOICES = {choice.name.lower().replace("_", " "): choice for choice in ContactChoice}


def pools(rows: Rows) -> Pools:
    """All pools of the scenario."""
    all_pools = list(rows.pools.values())
    speed = _speeds(all_pools)
    factor = _factors(rows)
    return Pools(
        name=tuple(rows.pools),
        stream=tuple(key(name, pool) for name, pool in rows.pools.items()),
        site=ints(rows.site(pool.site) for pool in all_pools),
        concurrency=ints(_concurrency(pool) for pool in all_pools),
        mixes_calls=np.array([pool.chat is not None and pool.chat.mix_calls for pool in all_pools], dtype=np.bool_),
        interruptible=np.array([pool.interruptible for pool in all_pools], dtype=np.bool_),
        contact_choice=ints(CONTACT_CHOICES[pool.choose] for pool in all_pools),
        pooled_leavers=np.array([_leavers(pool) == "pooled" for pool in all_pools], dtype=np.bool_),
        rate=_rates(rows, speed, factor),
        priority=_priorities(rows),
        factor=factor,
        speed=speed,
    )


def _concurrency(pool: Pool) -> int:
    return 1 if pool.chat is None else pool.chat.concurrency


def _leavers(pool: Pool) -> str:
    """Named by a shift, or a number that drops (rule 8)."""
    return pool.leavers or ("named" if pool.staffing is None else "pooled")


def _speeds(all_pools: list[Pool]) -> Floats:
    """[P, K]; a list shorter than the concurrency goes on with its last speed."""
    widest = max((_concurrency(pool) for pool in all_pools), default=1)
    speed = np.full((len(all_pools), widest), np.nan)
    for row, pool in enumerate(all_pools):
        written = (1.0,) if pool.chat is None else pool.chat.speed[: pool.chat.concurrency] or (1.0,)
        speed[row, : _concurrency(pool)] = written[-1]
        speed[row, : len(written)] = written
    return speed


def _factors(rows: Rows) -> Floats:
    """[P, T] handle-time factors, the pool's language included; NaN where a pool does not handle a type."""
    factor = np.full((len(rows.pools), len(rows.types)), np.nan)
    for row, pool in enumerate(rows.pools.values()):
        for name, handles in pool.handles.items():
            fluency = pool.proficiency_in(rows.types[name].language)
            factor[row, rows.type(name)] = handles.handle_time * fluency.handle_time
    return factor


def _rates(rows: Rows, speed: Floats, factor: Floats) -> Ints:
    """[P, T, K]: max(1, round(65536 speed[k] / factor)); only chats are slowed by what else is open."""
    is_chat = np.array([kind.channel == "chat" for kind in rows.types.values()], dtype=np.bool_)
    full = np.where(np.isnan(speed), np.nan, 1.0)
    paces = np.where(is_chat[None, :, None], speed[:, None, :], full[:, None, :])
    rate = np.maximum(1.0, np.rint(UNITS_PER_TICK * paces / factor[:, :, None]))
    return np.where(np.isnan(rate), 0, np.nan_to_num(rate)).astype(np.int64)


def _priorities(rows: Rows) -> Ints:
    """[P, T] as written, else 1 for live and 0 for deferred and outbound types; -1 = the pool does not handle it."""
    priority = np.full((len(rows.pools), len(rows.types)), -1, dtype=np.int64)
    for row, pool in enumerate(rows.pools.values()):
        for name, handles in pool.handles.items():
            default = rows.types[name].default_priority
            priority[row, rows.type(name)] = default if handles.priority is None else handles.priority
    return priority
