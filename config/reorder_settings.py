"""Settings of reordering: how sure a shelf is never empty, how often to order, and what a feast sells at first."""

from dataclasses import dataclass

from config.settings_file import WrongValue

_BOUNDS = {
    "service_percent": (50, 99),
    "lead_days": (0, 365),
    "review_days": (1, 365),
    "history_days": (28, 730),
    "line_cost": (0, 1_000_000),
    "holding_percent": (0, 100),
    "tet_percent": (50, 800),
    "feast_percent": (50, 800),
}


@dataclass(frozen=True)
class ReorderSettings:
    """How the shop orders where neither product nor producer says otherwise."""

    service_percent: int
    lead_days: int
    review_days: int
    history_days: int
    line_cost: int
    holding_percent: int
    tet_percent: int
    feast_percent: int

    def __post_init__(self) -> None:
        for name, (least, most) in _BOUNDS.items():
            if not least <= getattr(self, name) <= most:
                raise WrongValue(name, f"must be from {least} to {most}.")

    def feast(self, code: str) -> int:
        """What a feast sells of an ordinary day, in percent, while no earlier year is known."""
        return self.tet_percent if code == "tet" else self.feast_percent
