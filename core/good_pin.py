"""PINs that a colleague guesses within ten tries are refused: rows on the pad, repetitions, birthdays."""

from datetime import date
from itertools import pairwise

from core.errors import RuleBroken
from core.i18n import N_

# Patterns of the pad that stand in every list of common PINs and follow none of the rules below.
_COMMON = frozenset(
    {"147258", "147369", "159357", "159753", "258369", "258456", "321654", "357159", "741852", "852963"}
)


class PinTooEasy(RuleBroken):
    """Ten tries are enough for it."""

    message = N_("This PIN is guessed too easily. Choose one without rows, repetitions or a birthday.")


def refuse_easy(pin: str) -> None:
    """Refuse six digits that many people choose, or that others know of a person."""
    if is_row(pin) or is_repetition(pin) or is_birthday(pin) or pin in _COMMON:
        raise PinTooEasy()


def is_row(pin: str) -> bool:
    """Whether the digits stand still, or run up or down: 000000, 123456, 456789, 987654."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({0}, {1}, {9})


def is_repetition(pin: str) -> bool:
    """Whether one or two digits make it all, or a half, a third or pairs repeat: 121212, 300000, 123123, 112233."""
    pairs = pin[0] == pin[1] and pin[2] == pin[3] and pin[4] == pin[5]
    return len(set(pin)) <= 2 or pin[:3] == pin[3:] or pin[:3] == pin[:2:-1] or pairs


def is_birthday(pin: str) -> bool:
    """Whether it can be read as day, month and year of two digits, as birthdays are written here."""
    try:
        date(2000 + int(pin[4:]), int(pin[2:4]), int(pin[:2]))
    except ValueError:
        return False
    return True
