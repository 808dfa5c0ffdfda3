"""Numbers as people read them."""


def percent(share: float, digits: int = 1) -> str:
    """``82.0 %``; ``no value`` for NaN."""
    return "no value" if share != share else f"{share * 100:.{digits}f} %"
