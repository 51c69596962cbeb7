"""Moving: between shelf and stockroom, out of the books with a reason, and to other points."""
