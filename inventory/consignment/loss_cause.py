"""Why goods in the point's keeping are lost, and who answers for it (Luật Thương mại 2005, Điều 175)."""

import enum


class LossCause(enum.StrEnum):
    """What became of goods that nobody bought."""

    THEFT = "theft"
    EXPIRY = "expiry"
    BREAKAGE = "breakage"
    COUNT = "count"
    """A count found fewer than the book says, and nobody knows why."""


class ClaimCause(enum.StrEnum):
    """Why a producer's goods are gone: what agreements name, and what no agreement needs to name."""

    THEFT = "theft"
    EXPIRY = "expiry"
    BREAKAGE = "breakage"
    COUNT = "count"
    USED = "used"
    """Eaten, given to taste or used up by the shop, which pays for it as a customer would."""
    RECALL = "recall"
    """Destroyed because it was faulty: whoever hands goods over answers for their quality (Điều 173)."""
    OTHER = "other"


class Bearer(enum.StrEnum):
    """One of the two sides of an agreement: who bears a loss or a discount, who ends an agreement."""

    SHOP = "shop"
    PRODUCER = "producer"
