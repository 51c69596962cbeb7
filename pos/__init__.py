"""Selling: shifts, baskets, sales, receipts and reports; the shop's app, command and migrations."""
