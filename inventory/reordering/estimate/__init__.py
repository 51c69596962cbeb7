"""Estimates of demand and stock: plain mathematics on fractions, which knows neither money nor quantities.

Nothing here is ever stored or paid. House rules allow fractions in this room only, and this room imports nothing but
the standard library and itself; `rounding.py` is the one way back to whole thousandths.
"""
