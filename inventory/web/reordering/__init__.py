"""Pages of reordering: what to ask for, what was asked, how goods come, and past sales of another till."""
