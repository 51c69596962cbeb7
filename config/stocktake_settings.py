"""Settings of stocktaking: who accepts a count, and how much is counted each day."""

from dataclasses import dataclass

from config.settings_file import WrongValue


@dataclass(frozen=True)
class StocktakeSettings:
    """How the shop counts its goods."""

    other_person_posts: bool
    """Whoever counted everything alone does not post it, while another manager or owner works here."""
    rolling_products: int
    """How many products the daily list asks for; 0: none."""

    def __post_init__(self) -> None:
        if not 0 <= self.rolling_products <= 50:
            raise WrongValue("rolling_products", "must be from 0 to 50.")
