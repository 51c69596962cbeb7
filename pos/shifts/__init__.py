"""Shifts: opened with a float, counted blind, closed; and everything that happened in them."""
