"""
Shrinkage other than absence: time away from contacts, not fewer heads (rule 9).

Each stretch of a present agent loses, in expectation, exactly the share ``other`` of its present time (the stretch
less its unpaid breaks): a whole number of blocks, rounded by a draw, which lie without overlap at drawn places of the
stretch with its breaks cut out. A block that meets a break goes on after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ccsim.chance.stretches import Blocks, Stretches, by_seat
from ccsim.plan import BlockKind

if TYPE_CHECKING:
    from ccsim.chance.experience import Experience
    from ccsim.chance.streams import Streams
    from ccsim.plan import Bools, Floats, Ints, Plan


@dataclass(frozen=True)
class Desk:
    """Time at the desk: chosen stretches with their breaks cut out, in columns [stretch, piece between breaks]."""

    begins: Ints
    """Where each piece begins. [ticks]"""
    worked_before: Ints
    """Desk time before each piece. [ticks]"""
    worked_after: Ints
    present: Ints
    """Present time of each stretch: less its unpaid breaks. [ticks]"""

    @property
    def time(self) -> Ints:
        return self.worked_after[:, -1]


def off_phone(plan: Plan, streams: Streams, planned: Stretches, known: Experience | None = None) -> Blocks:
    """
    Off-phone blocks of all stretches, paid.

    In training the whole stretch is one, interrupted by breaks; who is nesting has at most ``nesting_share`` of present
    time for contacts. ``as: heads`` takes whole agents away instead: one block, interrupted by breaks, fills their
    whole stretch. Blocks that would not fit into the time at the desk become as many equal, shorter ones that hold the
    share without a draw.
    """
    other, as_heads = plan.shrinkage.other[planned.line], plan.shrinkage.as_heads[planned.line]
    training = Blocks.none()
    if known is not None and plan.careers is not None:
        training = whole_stretches(planned, np.flatnonzero(known.training & ~planned.absent))
        nests = 1 - plan.careers.nesting_share[planned.line]
        other = np.where(known.training, 0.0, np.where(known.nesting, np.maximum(other, nests), other))
        as_heads = as_heads & ~known.nesting
    rows = np.flatnonzero((other > 0) & ~planned.absent)
    return training.and_(of_share(plan, streams, planned, rows, other, as_heads)) if len(rows) else training


def whole_stretches(planned: Stretches, rows: Ints) -> Blocks:
    """One block over all desk time of each of these stretches: training."""
    desk, ones = at_desk(planned, rows), np.ones(len(rows), np.int64)
    return placed(desk, rows, ones, desk.time, np.zeros((len(rows), 1)), BlockKind.TRAINING)


def of_share(plan: Plan, streams: Streams, planned: Stretches, rows: Ints, other: Floats, by_heads: Bools) -> Blocks:
    """Blocks that take the share ``other`` of the present time of these stretches, or of the agents at work."""
    shrinkage = plan.shrinkage
    desk = at_desk(planned, rows)
    line = planned.line[rows]
    share, block = other[rows] * desk.present, np.maximum(shrinkage.block[line], 1)
    fits = (share // block + 1) * block <= desk.time
    number = np.where(
        fits,
        np.floor(share / block + by_seat(streams, "off-phone blocks", plan, planned, rows)),
        np.ceil(share / block),
    ).astype(np.int64)
    length = np.where(
        fits, block, np.minimum(np.rint(share / np.maximum(number, 1)), desk.time // np.maximum(number, 1))
    ).astype(np.int64)
    as_heads = by_heads[rows]
    number = np.where(as_heads, taken_away(plan, streams, planned, rows, as_heads), number)
    length = np.where(as_heads, desk.time, length)
    return placed(desk, rows, number, length, places(plan, streams, planned, rows, number))


def at_desk(planned: Stretches, rows: Ints) -> Desk:
    """
    These stretches with their breaks cut out, each break taken in full after the one before it, none beyond the end.
    """
    blocks = planned.blocks
    count = np.bincount(blocks.row, minlength=len(planned.agent))[rows]
    order = np.lexsort((blocks.due, blocks.row))
    first = np.searchsorted(blocks.row[order], rows)
    begins, ends = planned.begins[rows], planned.ends[rows]
    present = ends - begins
    piece_begins, piece_ends = [begins], []
    for k in range(int(count.max(initial=0))):
        has = count > k
        which = order[np.where(has, first + k, 0)]
        leaves = np.where(has, np.clip(blocks.due[which], piece_begins[-1], ends), ends)
        returns = np.where(has, np.minimum(leaves + blocks.length[which], ends), ends)
        present = present - np.where(has & ~blocks.paid[which], returns - leaves, 0)
        piece_ends.append(leaves)
        piece_begins.append(returns)
    piece_ends.append(ends)
    worked_after = np.cumsum(np.transpose(piece_ends) - np.transpose(piece_begins), axis=1)
    worked_before = np.hstack([np.zeros((len(rows), 1), np.int64), worked_after[:, :-1]])
    return Desk(np.transpose(piece_begins), worked_before, worked_after, present)


def taken_away(plan: Plan, streams: Streams, planned: Stretches, rows: Ints, as_heads: Bools) -> Ints:
    """
    1 for the stretches of agents whom the spreadsheet rule takes away on that date, else 0.

    Of the n present agents of a line and date n x ``other`` are taken, rounded by a draw; those with the lowest drawn
    rank.
    """
    away = np.zeros(len(rows), np.int64)
    rows_by_heads = np.flatnonzero(as_heads)
    rank = by_seat(streams, "heads taken away", plan, planned, rows[rows_by_heads])
    line, date = planned.line[rows[rows_by_heads]], planned.date[rows[rows_by_heads]]
    for line_, date_ in sorted(set(zip(line.tolist(), date.tolist(), strict=True))):
        mine = np.flatnonzero((line == line_) & (date == date_))
        ranks = np.unique(rank[mine])  # one for each agent: parts of a split shift share it
        up = streams.uniforms("heads rounded", plan.agents.line_name[line_], date_, 1)[0]
        taken = int(len(ranks) * plan.shrinkage.other[line_] + up)
        away[rows_by_heads[mine]] = np.isin(rank[mine], ranks[:taken])
    return away


def places(plan: Plan, streams: Streams, planned: Stretches, rows: Ints, number: Ints) -> Floats:
    """Places of the blocks of each stretch [stretch, block] in ascending order; 1 beyond its number of blocks."""
    drawn = np.ones((len(rows), int(number.max(initial=0))))
    for k in range(drawn.shape[1]):
        for part in np.unique(planned.part[rows]):
            these = np.flatnonzero((number > k) & (planned.part[rows] == part))
            drawn[these, k] = by_seat(streams, f"off-phone place {part} {k}", plan, planned, rows[these])
    return np.sort(drawn, axis=1)


def placed(
    desk: Desk, rows: Ints, number: Ints, length: Ints, place: Floats, kind: BlockKind = BlockKind.OFF_PHONE
) -> Blocks:
    """Blocks at these places of the desk time that they leave over, each cut where a break meets it."""
    block = np.arange(place.shape[1])
    begins = (place * (desk.time - number * length)[:, None]).astype(np.int64) + block * length[:, None]
    ends = begins + length[:, None]
    piece_begins = np.maximum(begins[:, :, None], desk.worked_before[:, None, :])
    piece_length = np.minimum(ends[:, :, None], desk.worked_after[:, None, :]) - piece_begins
    due = desk.begins[:, None, :] + piece_begins - desk.worked_before[:, None, :]
    row, k, piece = np.nonzero((piece_length > 0) & (block < number[:, None])[:, :, None])
    return Blocks(
        row=rows[row],
        due=due[row, k, piece],
        length=piece_length[row, k, piece],
        paid=np.ones(len(row), np.bool_),
        kind=np.full(len(row), int(kind)),
    )
