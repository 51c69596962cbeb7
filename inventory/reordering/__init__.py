"""Reordering: what sells, when it runs out, what to ask a producer to bring, and whether it came."""
