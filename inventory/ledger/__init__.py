"""Stock as a book: what moved, what was there on any past day, what it was worth and whose it was."""
