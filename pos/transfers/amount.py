"""Is what has arrived what was asked for? The counter's last stop before goods go over it.

A speaker that says "200 đồng" for 200.000, a screenshot with three zeros painted on, a finger that slipped: a miss by a
factor of 1,000 is never taken. A short or larger amount can be true; then the clerk must say so a second time.
"""

from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money

FACTOR = 1_000


class WrongArrival(RuleBroken):
    """What has arrived is not what was asked for; nothing was taken."""

    may_be_accepted = False


class ThousandthArrived(WrongArrival):
    """35 đồng for 35.000: the oldest trick at the speaker."""

    message = N_("STOP: only %(arrived)s has arrived, a thousandth of %(asked)s. Do not hand over. "
                 "Read the amount in the bank's own message again, digit by digit.")  # fmt: skip


class ThousandfoldArrived(WrongArrival):
    """35.000.000 for 35.000: three zeros too many were typed, or sent."""

    message = N_("STOP: %(arrived)s is a thousand times %(asked)s. Read the bank's own message again. If it really "
                 "says so, fetch a manager, and give nothing back in cash.")  # fmt: skip


class ShortArrival(WrongArrival):
    """Less has come than was asked for."""

    may_be_accepted = True
    message = N_("Only %(arrived)s of %(asked)s has arrived: %(missing)s is missing. Do not hand over yet. Let the "
                 "customer send the rest, or take what has come and the rest another way.")  # fmt: skip


class LargerArrival(WrongArrival):
    """More has come than was asked for."""

    may_be_accepted = True
    message = N_("%(arrived)s has arrived, %(excess)s more than %(asked)s. Give nothing back in cash. Take the order "
                 "as paid: the manager sends the rest back by the bank.")  # fmt: skip


def need_right_amount(*, asked: Money, arrived: Money, accepted: bool = False) -> None:
    """Stop an amount that is not the one asked for; a short or larger one passes once it was `accepted`.

    An amount of a thousandth or a thousandfold never passes: in a shop it is always a slip or a trick.
    """
    if arrived == asked:
        return
    if arrived.dong * FACTOR == asked.dong:
        raise ThousandthArrived(arrived=arrived, asked=asked)
    if arrived.dong == asked.dong * FACTOR:
        raise ThousandfoldArrived(arrived=arrived, asked=asked)
    if accepted:
        return
    if arrived < asked:
        raise ShortArrival(arrived=arrived, asked=asked, missing=asked - arrived)
    raise LargerArrival(arrived=arrived, asked=asked, excess=arrived - asked)
