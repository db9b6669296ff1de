"""Money is integer cents; rates are Decimal. An amount is rounded once, by a rule that has a name here."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def round_half_up(amount: Decimal) -> int:
    """Round an amount in cents to whole cents; half a cent is rounded away from zero."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def euros_to_cents(amount: Decimal) -> int:
    """Euros to cents: Decimal("12.34") to 1234.

    Raises:
        ValueError: the amount has parts of a cent.
    """
    cents = amount * 100
    if cents != cents.to_integral_value():
        raise ValueError(f"{amount} has more than two decimals")
    return int(cents)


def format_euros(cents: int) -> str:
    """1234567 to "€ 12.345,67", the Dutch notation."""
    whole, rest = divmod(abs(cents), 100)
    return f"€ {'-' if cents < 0 else ''}{whole:,}".replace(",", ".") + f",{rest:02d}"


def allocate(total_cents: int, weights: Mapping[str, int | Decimal]) -> dict[str, int]:
    """Divide cents pro rata to weights, by largest remainder; the shares add up to the total exactly.

    Every share is first rounded down. The cents that are left go, one each, to the largest remainders; equal remainders go in
    order of key. So each share differs less than a cent from its exact value, a larger remainder never gets less than a
    smaller one, and the order of the input does not matter.

    Args:
        total_cents: what to divide, in cents, zero or more.
        weights: key to weight; weights are zero or more, and not all zero.

    Returns:
        key to cents, for every key of `weights`, in order of key.

    Raises:
        ValueError: negative total, negative weight, or no positive weight.
    """
    if total_cents < 0:
        raise ValueError("the total may not be negative")
    exact = {key: Fraction(weight) for key, weight in sorted(weights.items())}
    if any(weight < 0 for weight in exact.values()):
        raise ValueError("a weight may not be negative")
    whole = sum(exact.values())
    if whole == 0:
        raise ValueError("there is no positive weight to divide by")
    shares: dict[str, int] = {}
    remainders: dict[str, Fraction] = {}
    for key, weight in exact.items():
        quota = total_cents * weight / whole
        shares[key] = quota.numerator // quota.denominator
        remainders[key] = quota - shares[key]
    left = total_cents - sum(shares.values())
    for key in sorted(remainders, key=lambda k: (-remainders[k], k))[:left]:
        shares[key] += 1
    return shares
