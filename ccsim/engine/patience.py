"""Customers who wait and will not wait for ever."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from ccsim.engine.clock import NEVER, PATIENCE_ENDS, Alarm

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccsim.engine.clock import Clock
    from ccsim.engine.contacts import Contact


class Patience:
    """
    One alarm for all who wait, set for the first of them to give up.

    Most are served before; an event for each would ring in vain.
    """

    def __init__(self, clock: Clock, gives_up: Callable[[Contact, int], None]) -> None:
        self.clock = clock
        self.gives_up = gives_up
        self.rings = (self.ring,)
        self.waiting: list[tuple[int, int, Contact]] = []
        """Heap of (end of patience, contact number, contact). Who waits no more is dropped when it comes to the top."""
        self.alarm = Alarm()
        self.rings_at = NEVER

    def runs(self, contact: Contact, now: int) -> None:
        """The contact begins to wait, having come now."""
        ends = now + contact.patience
        heappush(self.waiting, (ends, contact.row, contact))
        if ends < self.rings_at:
            self.set_alarm(now)

    def set_alarm(self, now: int) -> None:
        if self.rings_at != NEVER:  # the alarm is set for later and cannot be moved: leave it, take another
            self.alarm = Alarm()
        self.rings_at, row, _ = self.waiting[0]
        self.clock.set(self.alarm, self.rings, self.rings_at - now, PATIENCE_ENDS + row)

    def ring(self, alarm: Alarm) -> None:
        """Who still waits at the end of its patience gives up, by number."""
        if alarm is not self.alarm:
            return
        now = self.rings_at
        self.rings_at = NEVER
        waiting = self.waiting
        while waiting and (waiting[0][0] == now or not waiting[0][2].waits):
            _, _, contact = heappop(waiting)
            if contact.waits and contact.patience >= 0:  # an outage may have sent one back who was answered before
                self.gives_up(contact, now)
        if waiting:
            self.set_alarm(now)
