"""Going on from a backup, and the monthly drill of it."""
