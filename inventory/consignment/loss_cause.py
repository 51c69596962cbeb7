"""Why goods in the point's keeping are lost, and who answers for it (Luật Thương mại 2005, Điều 175)."""

import enum


class LossCause(enum.StrEnum):
    """What became of goods that nobody bought."""

    THEFT = "theft"
    EXPIRY = "expiry"
    BREAKAGE = "breakage"
    COUNT = "count"
    """A count found fewer than the book says, and nobody knows why."""


class Bearer(enum.StrEnum):
    """One of the two sides of an agreement: who bears a loss or a discount, who ends an agreement."""

    SHOP = "shop"
    PRODUCER = "producer"
