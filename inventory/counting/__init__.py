"""Counting: what stands on shelf and in stockroom, compared with the book while the shop sells."""
