"""Backups of the shop: made while it sells, checked, encrypted, laid in two places."""
