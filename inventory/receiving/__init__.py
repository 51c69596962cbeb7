"""Receiving: what a producer brings, from the slip to the lot."""
