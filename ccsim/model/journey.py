"""A contact is rarely one visit: customers try again, come back, are passed on, are called back (rule 13)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ccsim.model.base import Amount, Factor, Frozen, Name, Seconds, Share, listed, slip
from ccsim.model.law import Law
from ccsim.model.losses import Churn, Satisfaction

Chances = Annotated[tuple[Share, ...], BeforeValidator(listed), Field(min_length=1, max_length=100)]
"""Probabilities by visit, the first visit first; the last one goes on. Short form: one for all."""
Attempts = Annotated[int, Field(ge=1, le=20)]
DIAL_TIME = {"deterministic": "20 s"}


class Return(Frozen):
    """A customer comes again after a delay, as the same contact type or as another."""

    delay: Law
    to: Name | None = None
    """Contact type of the next visit (a call becomes an email); the same one if not given."""
    in_opening_hours: bool = False
    """The delay runs only while the type of the next visit is open, so that nobody comes to closed doors."""


class Retrial(Return):
    """After a visit that was not answered."""

    probability: Chances


class Retrials(Frozen):
    """By outcome. Nobody comes again after an outcome that is not named."""

    short_forms = "name the outcome, for example {abandoned: {probability: 60%, delay: {exponential: 10 min}}}"

    abandoned: Retrial | None = None
    balked: Retrial | None = None
    blocked: Retrial | None = None
    closed: Retrial | None = None
    disconnected: Retrial | None = None
    unreached: Retrial | None = None


class Recontact(Return):
    """After a visit that was answered and did not resolve the matter."""

    probability: Share = 1.0
    """Of those unresolved, who come again."""


class Transfer(Frozen):
    """
    The contact goes on to another type, with its own handle time.

    ``warm``: the agent holds until one of the next type answers, at most ``hold_limit``; then the transfer turns cold.
    ``keeps_clock``: it stands in the next queue at the place of its first arrival, else at that of the transfer.
    """

    to: Name
    probability: Share
    warm: bool = False
    hold_limit: Seconds = 60.0
    keeps_clock: bool = False

    @model_validator(mode="after")
    def _holds_if_warm(self) -> Self:
        if not self.warm and "hold_limit" in self.model_fields_set:
            raise slip("hold_limit is for warm transfers; write warm: true, or remove it", "hold_limit")
        return self


class Callback(Frozen):
    """
    Virtual queue: who would have to wait longer than ``when_over`` may be called back, in its turn.

    ``window``: promised time after the offer, [earliest, latest], instead of as soon as an agent is free.
    """

    when_over: Seconds
    predictor: Literal["last wait", "queue length"] = "queue length"
    """``queue length``: those waiting x mean handle time / agents on shift; ``last wait``: of the last one answered."""
    accepted: Share
    window: tuple[Seconds, Seconds] | None = None
    dial_time: Law = Law.model_validate(DIAL_TIME)
    reached: Annotated[Share, Field(gt=0)] = 0.93
    """At each attempt."""
    attempts: Attempts = 3
    retry_after: Seconds = 900.0

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if self.window is not None and self.window[0] >= self.window[1]:
            raise slip("the promised window must end after it begins", "window")
        return self


class Campaign(Frozen):
    """Outbound contacts: each is previewed and dialed, and talked to if the right party answers."""

    preview_time: Law
    """Preview and dialing, of every attempt."""
    right_party: Annotated[Share, Field(gt=0)]
    """At each attempt."""
    attempts: Attempts = 1
    retry_after: Seconds = 86400.0


class SelfService(Frozen):
    """A share of the demand does without an agent; what is left takes longer, since the easy contacts are gone."""

    share: Annotated[Share, Field(lt=1)]
    remaining_handle_time: Factor = 1.0


class Proficiency(Frozen):
    """How well a pool speaks a language, and how far away it is: factors on what ``handles`` says."""

    handle_time: Factor = 1.0
    resolves: Factor = 1.0
    """The probability is capped at 1."""
    transfers: Factor = 1.0
    """Each probability is capped so that all transfers of a type stay at most 1."""


class Customers(Frozen):
    """``at_most``: further visits of one customer, whatever their reason; what service that fails costs the client."""

    at_most: Annotated[int, Field(ge=0, le=100)] = 5
    abandoned: Amount | None = None
    """Cost of each contact given up for good: abandoned or balked, and the customer does not come again."""
    churn: Churn | None = None
    satisfaction: Satisfaction | None = None
