"""What contacts cost by the prices of a contract: month by month, exactly, before anything is rounded."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ccsim.contracts import Per
from ccsim.money.bands import cost
from ccsim.money.pay import exact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccsim.contracts import Contract, Excess, Price
    from ccsim.money.pay import Fractions
    from ccsim.plan import Plan

    ByType = dict[int, Fractions]
    """By row of ``Types``, [M] each."""

AT_VOLUME = (Per.CONTACT, Per.OUTCOME)
"""Forms whose price at the volume of the forecast is known before anything happens."""


def charges(plan: Plan, price: Price, units: ByType) -> ByType:
    """What the units of each type cost; where types share bands, in proportion to their units. [M]"""
    if len(price.bands) == 1:
        return {type_: number * price.bands[0].rate for type_, number in units.items()}
    together = added(plan, units.values())
    whole = at_bands(plan, price, together)
    mean = exact(amount / number if number else Fraction(0) for amount, number in zip(whole, together, strict=True))
    return {type_: number * mean for type_, number in units.items()}


def excess_charges(plan: Plan, excess: Excess | None, price: Price, usual: ByType, beyond: ByType) -> ByType:
    """What contacts beyond the forecast's band cost: a rate of their own, or so many times what they would cost. [M]"""
    if excess is None or not beyond:
        return {}
    if excess.rate is not None:
        return {type_: number * excess.rate for type_, number in beyond.items()}
    assert excess.factor is not None
    normal, more = added(plan, usual.values()), added(plan, beyond.values())
    last = (at_bands(plan, price, normal + more) - at_bands(plan, price, normal)) * excess.factor
    mean = exact(amount / number if number else Fraction(0) for amount, number in zip(last, more, strict=True))
    return {type_: number * mean for type_, number in beyond.items()}


def at_volume(plan: Plan, contract: Contract, volume: ByType) -> Fractions:
    """What contacts and outcomes would cost if exactly as many as forecast were answered. [M]"""
    priced = [price for price in contract.prices if price.per in AT_VOLUME]
    return added(
        plan,
        (
            at_bands(plan, price, added(plan, (volume[type_] for type_ in price.types)) * (price.share or 1))
            for price in priced
        ),
    )


def at_bands(plan: Plan, price: Price, units: Fractions) -> Fractions:
    """[M]"""
    return exact(cost(price.bands, number, share) for number, share in zip(units, plan.months.share, strict=True))


def nothing(plan: Plan) -> Fractions:
    """[M]"""
    return exact(Fraction(0) for _ in plan.months.name)


def added(plan: Plan, amounts: Iterable[Fractions]) -> Fractions:
    """[M]"""
    total = nothing(plan)
    for amount in amounts:
        total = total + amount
    return total


def at_least_nothing(amounts: Fractions) -> Fractions:
    """Zero in place of less."""
    return exact(max(Fraction(0), amount) for amount in amounts)
