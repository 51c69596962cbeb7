"""Goods: what we have, where it is, and whose it is."""
