"""Consignment: what is agreed with producers, and what they are owed."""
