"""The stories use the shop of tests/pos."""

from tests.pos.conftest import folder, shop, template

__all__ = ["folder", "shop", "template"]
