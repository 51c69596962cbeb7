"""What an inspector asks: the shop as it was on a chosen day, looked at and never changed."""
