"""Which goods there are: the same tables and rules at the shop and at the hub."""
