"""Discounts: given at the till, by promotions, by prices set by right, by rounding cash; and who bears them."""
