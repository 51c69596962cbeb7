"""Goods brought back: beside the basket, against which receipt, and the refund that they become."""
